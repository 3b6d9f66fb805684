import { Place } from "../core/place";
import { ExperimentPlan, PlannedFault } from "./plan";

/** Where documents of Systems Manager are read from. */
export type Where = Pick<Required<Place>, "partition" | "region">;

/** What the action of a fault is told: by the fault itself, and by what the experiment is of. */
export function parametersOf(plan: ExperimentPlan, each: PlannedFault, where: Where): Record<string, string> {
  return {
    ...commandOf(each, where),
    ...each.fault.parameters,
    ...togetherOf(plan, each),
    ...zoneOf(plan, each, "actionParameter"),
    ...regionOf(plan, each),
  };
}

/** `PT10M`, as the service takes a duration. */
export function minutesIn(parameter: string): number {
  const [, hours = "0", minutes = "0"] = /^PT(?:(\d+)H)?(?:(\d+)M)?$/.exec(parameter) ?? [];
  return Number(hours) * 60 + Number(minutes);
}

/** The document that a command runs, and what it is told, as the action takes them. */
function commandOf({ fault: { command } }: PlannedFault, { partition, region }: Where): Record<string, string> {
  if (!command) return {};
  return {
    documentArn: `arn:${partition}:ssm:${region}::document/${command.document}`,
    documentParameters: JSON.stringify(command.parameters),
  };
}

/** What cuts a region off ends together: else the half of it would be back before the claim of the other is tested. */
function togetherOf({ region, faults }: ExperimentPlan, { fault }: PlannedFault): Record<string, string> {
  if (region === undefined || fault.parameters?.duration === undefined) return {};
  const durations = faults.flatMap(({ fault: { parameters } }) => parameters?.duration ?? []);
  const [longest] = durations.sort((a, b) => minutesIn(b) - minutesIn(a));
  return { duration: longest };
}

/** The region that is cut off, under the name that the action takes it by. */
function regionOf({ region }: ExperimentPlan, { fault }: PlannedFault): Record<string, string> {
  const name = fault.region?.actionParameter;
  return region !== undefined && name !== undefined ? { [name]: region } : {};
}

type By = "filter" | "targetParameter" | "actionParameter";

/** The zone, under the name that the fault takes it by; nothing where it takes it otherwise. */
export function zoneOf({ zone }: ExperimentPlan, { fault }: PlannedFault, by: By): Record<string, string> {
  const narrowing = fault.zone?.by as Partial<Record<By, string>> | undefined;
  const name = narrowing?.[by];
  return zone !== undefined && name !== undefined ? { [name]: zone } : {};
}
