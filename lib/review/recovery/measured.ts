import { complain } from "../complaint";
import { Duration, moving, seconds } from "../duration";
import { DeclaredRecovery, Measurement, Reckoned, Way } from "./declared";

/** Bases that a measurement replaces even where it is better: nobody has looked before. */
const GUESSES = ["assumed", "vendor-typical"];

/**
 * A way back with what was measured of it: the worst record of the same mechanism counts, for a restore as a rate.
 *
 * What follows from settings or a contract gives way only to a worse record: a good day proves nothing about it. So does a
 * restore to one that was timed without its size: data grow. No
 * figure gets below its floor, and what is copied later than it is written never loses nothing.
 */
export function withMeasured(path: string, way: Way, records: readonly Measurement[]): Way {
  const own = records.filter(({ construct, mechanism }) => mechanism === way.mechanism && isAt(path, construct));
  if (own.length === 0) return way;
  const restored = measuredRate(way, own);
  const guesses = way.gibPerHour ? [] : GUESSES;
  const rto = worst(own, ({ rto }) => rto);
  const rpo = worst(own, ({ rpo }) => rpo);
  const least: Duration = seconds(way.rpo.value) > 0 ? "1 second" : "0 seconds";
  return {
    ...restored,
    rto: rto ? replaced(restored.rto, rto, way.floor?.rto?.value ?? "0 seconds", guesses) : restored.rto,
    rpo: rpo ? replaced(way.rpo, rpo, way.floor?.rpo?.value ?? least, GUESSES) : way.rpo,
  };
}

/** Records that change nothing: of a mechanism that the construct does not come back by, or of a rate where none counts. */
export function idleRecords({ path, components, measured }: DeclaredRecovery): string[] {
  return measured.flatMap(({ construct, mechanism, gibPerHour, on }) => {
    const component = components.find((each) => isAt(each.path, construct));
    if (!component) return [];
    const ways = Object.values(component.recovers).flat();
    const known = [...new Set(ways.map((way) => way.mechanism))];
    const mend = `the record of ${on} changes nothing; write it as recovers does, or delete it`;
    if (!known.includes(mechanism)) {
      const must = `be a way back of ${construct}: ${known.join(", ")}`;
      return [complain(path, { prop: "measured.mechanism", must, got: mechanism, mend })];
    }
    const restores = ways.some((way) => way.mechanism === mechanism && way.gibPerHour !== undefined);
    if (gibPerHour === undefined || restores) return [];
    const must = `be left out of ${mechanism}, whose time does not follow from its size`;
    return [complain(path, { prop: "measured.gibPerHour", must, got: gibPerHour, mend: "write rto" })];
  });
}

/** Whether a record names a construct: by its path, or by the path below the stack. */
export function isAt(path: string, construct: string): boolean {
  return path === construct || path.endsWith(`/${construct}`);
}

function measuredRate(way: Way, records: readonly Measurement[]): Way {
  const slowest = records
    .filter(({ gibPerHour }) => gibPerHour !== undefined)
    .reduce<Measurement | undefined>((worst, each) => (rateOf(each) < rateOf(worst) ? each : worst), undefined);
  if (!slowest || !way.gibPerHour) return way;
  const sizeGib = (seconds(way.rto.value) / 3600) * way.gibPerHour.value;
  const gibPerHour = rateOf(slowest);
  const source = `${sizeGib.toFixed(0)} GiB at ${gibPerHour} GiB an hour, ${told(slowest)}`;
  return {
    ...way,
    gibPerHour: { value: gibPerHour, ...measured(slowest) },
    rto: { value: moving(sizeGib, gibPerHour), basis: "measured", source },
  };
}

function rateOf(record: Measurement | undefined): number {
  return record?.gibPerHour ?? Infinity;
}

function worst(
  records: readonly Measurement[],
  of: (record: Measurement) => Duration | undefined,
): Reckoned | undefined {
  const measurements = records.flatMap((record) => {
    const value = of(record);
    return value === undefined ? [] : [{ value, ...measured(record) }];
  });
  return measurements.sort((a, b) => seconds(b.value) - seconds(a.value))[0];
}

function replaced(declared: Reckoned, record: Reckoned, floor: Duration, guesses: readonly string[]): Reckoned {
  const isWorse = seconds(record.value) > seconds(declared.value);
  if (!isWorse && !guesses.includes(declared.basis)) return declared;
  return seconds(record.value) < seconds(floor) ? { ...record, value: floor } : record;
}

function measured(record: Measurement) {
  return { basis: "measured", source: told(record) };
}

function told({ on, evidence }: Measurement): string {
  return `measured on ${on}: ${evidence}`;
}
