import { Token } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { inWords } from "../core/duration";
import { refuse, requireThat } from "../core/guard";
import { notesOf } from "../core/notes";
import { placeOf } from "../core/place";
import { PageAlarm } from "../core/routing";
import { DeclaredAlarm } from "../review/manifest";
import { DeclaredStop } from "../review/recovery/experiments/declared";
import { alarmNamed, stillDown, timingOf } from "./still-down";

/** @see https://docs.aws.amazon.com/fis/latest/userguide/fis-quotas.html */
const MOST_ALARMS = 5;

/** Refuses what the service would not stop on: none, too many, those of another place, or composites alone. */
export function requireStops(scope: Construct, given: readonly PageAlarm[], entrance?: IConstruct): void {
  const must = `name 1 to ${MOST_ALARMS} alarms`;
  const isList = Array.isArray(given) && given.every(({ name }) => typeof name === "string");
  const words = "be a list of alarms";
  requireThat(scope, isList, { prop: "stopOn", must: words, got: given, mend: "give alarms.pagesOf(…)" });
  const names = given.map(({ name }) => name);
  if (given.length === 0 || given.length > MOST_ALARMS) {
    const mend = `name those that users feel: ${suggestion(entrance)}`;
    refuse(scope, { prop: "stopOn", must, got: names, mend });
  }
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  requireThat(scope, twice.length === 0, { prop: "stopOn", must: "name each alarm once", got: twice });
  for (const alarm of given) requireHere(scope, alarm);
  if (given.every(({ kind }) => kind === "composite")) {
    const mend = `it is not confirmed that an experiment stops on a composite one: add a page of the entrance, ${suggestion(entrance)}`;
    refuse(scope, { prop: "stopOn", must: "hold a metric alarm", got: names, mend });
  }
}

/** Refuses an alarm of another place: AWS takes it as a template is made, and refuses it as the experiment starts. */
function requireHere(scope: Construct, { name, arn }: PageAlarm): void {
  const { account, region } = placeOf(scope);
  const form = `:cloudwatch:${region}:${account}:alarm:`;
  const mend = "an experiment stops on alarms of its own account and region";
  const made = alarmNamed(scope, name);
  const at = made && (made.regionInput ?? placeOf(made).region);
  const must = `be an alarm of ${region} in ${account}`;
  requireThat(scope, Token.isUnresolved(arn) || arn.includes(form), { prop: `stopOn.${name}`, must, got: arn, mend });
  requireThat(scope, at === undefined || at === region, { prop: `stopOn.${name}`, must, got: at, mend });
}

/** What to write, by the pages of the entrance where it is watched already. */
function suggestion(entrance: IConstruct | undefined): string {
  const pages = entrance ? notesOf<DeclaredAlarm>(entrance, "alarm").filter(({ urgency }) => urgency === "page") : [];
  const names = pages.slice(0, MOST_ALARMS).map(({ name }) => name);
  const picked = names.length > 0 ? names : ["…"];
  return `alarms.pages.filter(({ name }) => ${JSON.stringify(picked)}.includes(name))`;
}

/** An alarm that ends an experiment, as the template names it. */
export interface Stop extends DeclaredStop {
  readonly arn: string;
  readonly kind: PageAlarm["kind"];
  /** Seconds after which it has rung where the service is still down. */
  readonly certain: number;
}

/** What ends an experiment, and what had to be done about it. */
export interface Stops {
  readonly stops: readonly Stop[];
  readonly conflicts: readonly string[];
}

/**
 * The stop alarms of an experiment that claims an outage: one that would ring within it, and so end each test of a
 * claim that is true, gives way to one of the same measure that rings when the service is still down after it. Composite
 * ones cannot be made slower: they are left out.
 */
export function stopsFor(scope: Construct, given: readonly PageAlarm[], outage: number): Stops {
  const kept = given.filter(({ kind }) => outage === 0 || kind === "metric");
  const stops = kept.map((alarm) => stopFor(scope, alarm, outage));
  const left = given.filter((alarm) => !kept.includes(alarm)).map(({ name }) => name);
  return { stops, conflicts: outage === 0 ? [] : conflictsOf(stops, left, inWords(outage)) };
}

function conflictsOf(stops: readonly Stop[], left: readonly string[], claimed: string): string[] {
  const lengths = [...new Set(stops.filter(({ insteadOf }) => insteadOf).map(({ certain }) => certain))];
  const early = lengths.map((certain) => {
    const names = stops.flatMap((stop) => (stop.certain === certain && stop.insteadOf) || []);
    return `${names.join(", ")} would ring within the claimed ${claimed}: the experiment stops when the same is measured for ${inWords(certain)} on end`;
  });
  const unknown = stops.filter(({ seconds }) => seconds === undefined).map(({ name }) => name);
  const quick = `would ring: within the claimed ${claimed}, it ends a test of what is true`;
  return [
    ...early,
    ...(left.length > 0 ? [`${left.join(", ")} may ring within the claimed ${claimed}, and ends nothing here`] : []),
    ...(unknown.length > 0 ? [`nothing here says when ${unknown.join(", ")} ${quick}`] : []),
  ];
}

function stopFor(scope: Construct, { name, arn, kind }: PageAlarm, outage: number): Stop {
  const alarm = alarmNamed(scope, name);
  const timing = alarm && timingOf(alarm);
  if (!alarm || !timing) return { name, arn, kind, certain: outage };
  const { datapoints, periods, period } = timing;
  // A period that is bad for a part of it counts as bad: an outage touches one more than it fills.
  const touched = outage === 0 ? 0 : Math.ceil(outage / period) + 1;
  const seconds = (datapoints - 1) * period;
  if (touched < datapoints) return { name, arn, kind, seconds, certain: periods * period };
  const longer = touched + 1;
  const held = stillDown(scope, alarm, name, { datapoints: longer, periods: longer, period });
  return {
    name: held.alarmNameInput as string,
    arn: held.arn,
    kind: "metric",
    seconds: touched * period,
    insteadOf: name,
    certain: longer * period,
  };
}
