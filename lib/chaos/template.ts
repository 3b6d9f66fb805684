import { FaultTarget } from "../core/fault";
import { nameOf } from "../core/naming";
import { lengthOf } from "../review/recovery/schedule";
import { Where, parametersOf, zoneOf } from "./parameters";
import { ExperimentPlan, PlannedFault } from "./plan";
import { spanOf } from "./sequence";
import { Stop } from "./stop-alarms";

/** One step of an experiment. */
export interface Action {
  readonly id: string;
  readonly description: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly startAfter: readonly string[];
  /** The key and the name of a target. @default - it has none */
  readonly target?: { readonly key: string; readonly name: string };
}

/** What an experiment does, whichever way it is written. */
export interface Template {
  readonly actions: Readonly<Record<string, Action>>;
  readonly targets: Readonly<Record<string, FaultTarget>>;
}

/** How long the service may take to see an alarm, and CloudWatch to have the last minute. */
const SLACK_SECONDS = 120;

/** A parameter holds 1024 characters, an ARN of an alarm up to 310. */
const ARNS_A_PARAMETER = 3;

/** Minutes that an experiment takes: until faults and claims are over, and each alarm has rung where nothing is back. */
export function minutesOf({ faults }: ExperimentPlan, outage: number, stops: readonly Stop[]): number {
  const spans = faults.map((each) => spanOf(each, faults));
  const claimed = faults.flatMap(({ claim }) => (claim ? [lengthOf(claim)] : []));
  const certain = Math.max(outage, ...claimed, ...stops.map((stop) => stop.certain));
  const last = Math.max(...spans.map(({ begin }) => begin));
  const over = spans.map(({ begin, length }) => begin + length);
  return Math.max(last + Math.ceil((certain + SLACK_SECONDS) / 60), ...over);
}

/**
 * The steps of an experiment: nothing is wrong to begin with; then the faults, all at once but what comes after another,
 * and the time that is claimed; in the end nothing is wrong any more. Where it is not so, the experiment has failed.
 */
export function templateOf(plan: ExperimentPlan, stops: readonly Stop[], minutes: number, where: Where): Template {
  const alarms = stops.filter(({ kind }) => kind === "metric");
  const steady = asserted("steady", "nothing is wrong before", alarms, []);
  const faults = Object.fromEntries(plan.faults.map((each) => [nameOfFault(each), each]));
  const broken = Object.entries(faults).map(([name, each]) => {
    const { action, does, target, after } = each.fault;
    const parameters = parametersOf(plan, each, where);
    const startAfter = after === undefined ? Object.keys(steady) : [nameOfFault({ ...each, name: after })];
    const step = { id: action, description: described(does), parameters, startAfter };
    return [name, target ? { ...step, target: { key: target.key, name } } : step] as const;
  });
  const recovery: Action = {
    id: "aws:fis:wait",
    description: "what is claimed has its time, and the alarms that would tell of a claim that is false",
    parameters: { duration: `PT${minutes}M` },
    startAfter: Object.keys(steady),
  };
  const before = ["recovery", ...Object.keys(faults)];
  return {
    actions: {
      ...steady,
      ...Object.fromEntries(broken),
      recovery,
      ...asserted("back", "nothing is wrong any more", alarms, before),
    },
    targets: Object.fromEntries(
      Object.entries(faults).flatMap(([name, each]) => {
        const { target } = each.fault;
        return target ? [[name, narrowed(plan, each, target)]] : [];
      }),
    ),
  };
}

function asserted(name: string, description: string, stops: readonly Stop[], startAfter: readonly string[]) {
  const groups = Array.from({ length: Math.ceil(stops.length / ARNS_A_PARAMETER) }, (_, index) =>
    stops.slice(index * ARNS_A_PARAMETER, (index + 1) * ARNS_A_PARAMETER),
  );
  const step = (group: readonly Stop[]): Action => ({
    id: "aws:cloudwatch:assert-alarm-state",
    description,
    parameters: { alarmArns: group.map(({ arn }) => arn).join(","), alarmStates: "OK" },
    startAfter,
  });
  return Object.fromEntries(groups.map((group, index) => [index === 0 ? name : `${name}-${index + 1}`, step(group)]));
}

function nameOfFault({ construct, name }: PlannedFault): string {
  return nameOf(construct, "experiment-action", name);
}

function narrowed(plan: ExperimentPlan, each: PlannedFault, target: FaultTarget): FaultTarget {
  const filtered = Object.entries(zoneOf(plan, each, "filter")).map(([path, zone]) => [path, [zone]] as const);
  return {
    ...target,
    filters: { ...target.filters, ...Object.fromEntries(filtered) },
    parameters: { ...target.parameters, ...zoneOf(plan, each, "targetParameter") },
  };
}

const LONGEST_DESCRIPTION = 512;

/** A text as the service takes it. */
export function described(text: string): string {
  return text.length <= LONGEST_DESCRIPTION ? text : `${text.slice(0, LONGEST_DESCRIPTION - 3)}...`;
}
