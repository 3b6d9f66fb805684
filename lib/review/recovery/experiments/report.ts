import { Manifest } from "../../manifest";
import { table } from "../../markdown";
import { SCENARIOS, Way } from "../declared";
import { DeclaredExperiment, DeclaredSchedule } from "./declared";
import { leftOnRequest } from "./on-request";
import { claimed, script } from "./script";

type Scenario = (typeof SCENARIOS)[number];

/** How often something is done in a year. */
const A_YEAR = { week: 52, month: 12, quarter: 4, "half year": 2, year: 1 } as const;

type Rhythm = keyof typeof A_YEAR;

/**
 * How often people break something where no schedule does: what happens more often is tried more often, and what nobody
 * has tried for half a year is not known any more.
 */
const CADENCE: Readonly<Record<Scenario, Rhythm>> = {
  instance: "month",
  zone: "quarter",
  region: "half year",
  corruption: "half year",
  account: "year",
};

/** `game-days.md`: what is broken and how often, and a script for people for each experiment. */
export function gameDays(manifest: Manifest): Record<string, string> {
  const { stack, experiments } = manifest;
  if (experiments.length === 0) return {};
  const ordered = [...experiments].sort((a, b) => rank(a) - rank(b));
  const parts = [
    `# Game days of ${stack}`,
    "Each experiment begins only while its alarms are quiet, ends at once when one of them rings, and fails where the service is not back in the time that is claimed.",
    calendar(ordered),
    PREPARATION,
    ...ordered.map((experiment, index) => script(manifest, experiment, index + 1)),
    ...untested(manifest),
    ...onRequest(manifest),
  ];
  return { "game-days.md": parts.join("\n\n") + "\n" };
}

function rank({ scenario }: DeclaredExperiment): number {
  return SCENARIOS.indexOf(scenario as Scenario);
}

function calendar(experiments: readonly DeclaredExperiment[]): string {
  const rows = experiments.map((experiment, index) => {
    const { name, of, takesMinutes, schedule } = experiment;
    const begun = schedule ? `by itself, ${dayOf(schedule)} ${schedule.timeZone}` : "people";
    const often = `every ${rhythmOf(experiment)}`;
    return [`${index + 1}`, name, of, lossOf(experiment), often, `${takesMinutes} minutes`, begun];
  });
  const why = experiments.flatMap(({ name, schedule }) =>
    schedule?.acknowledged ? [`${name} may start by itself: ${schedule.acknowledged}`] : [],
  );
  const runs = sum(experiments.map((each) => A_YEAR[rhythmOf(each)]));
  const minutes = sum(experiments.map((each) => A_YEAR[rhythmOf(each)] * each.takesMinutes));
  return [
    "## Calendar",
    "In this order, one at a time: who has not seen one instance lost should not take a zone away.",
    table(["", "experiment", "of", "is lost", "how often", "takes", "started by"], rows).join("\n"),
    `That is ${runs} runs a year, which take ${Math.ceil(minutes / 60)} hours without what people do around them.`,
    ...why,
  ].join("\n\n");
}

/** Of a month or a quarter, it is the first such day. */
function dayOf({ every, window }: DeclaredSchedule): string {
  return every === "week" ? window : `the first ${window}`;
}

function rhythmOf({ scenario, schedule }: DeclaredExperiment): Rhythm {
  return schedule?.every ?? CADENCE[scenario as Scenario];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

/** What the calendar calls it: the zone or the region where there is one. */
function lossOf({ zone, degraded, region, scenario }: DeclaredExperiment): string {
  if (region !== undefined) return `the way to ${region}`;
  if (zone === undefined || degraded === undefined) return zone ?? scenario;
  return degraded === "slow" ? `the speed of ${zone}` : `packets of ${zone}`;
}

const PREPARATION = [
  "## Before each",
  "1. Three people: one leads and types, one only watches users, by the dashboard of the entrance, and may say stop, and one writes down times and what surprises.",
  "2. Say in the channel of the service what is broken, when, and who leads. Tell whoever is on call: pages are real.",
  "3. No deployment runs, no incident is open, no other experiment does, and the traffic is that of a normal hour, or of a load test at the peak: a claim that holds at night is not the claim.",
  "4. Count what it would break: a step that finds more than its quota fails (https://docs.aws.amazon.com/fis/latest/userguide/fis-quotas.html).",
  "5. Read the hypothesis aloud. Who expects something else says so before, not after.",
].join("\n");

/** Claims that heal by themselves and that no experiment puts to the test. */
function untested({ constructs, experiments }: Manifest): string[] {
  const tested = new Set(
    experiments.flatMap(({ scenario, faults }) =>
      faults.flatMap(({ path, claim: way }) => (way ? [`${path} ${scenario} ${way.mechanism}`] : [])),
    ),
  );
  const rows = constructs.flatMap(({ path, recovers }) =>
    Object.entries((recovers ?? {}) as Record<string, readonly Way[]>).flatMap(([scenario, ways]) =>
      ways
        .filter(({ selfHealing, mechanism }) => selfHealing && !tested.has(`${path} ${scenario} ${mechanism}`))
        .map((way) => [path, scenario, way.mechanism, claimed(way), way.rto.basis]),
    ),
  );
  if (rows.length === 0) return [];
  return [
    "## Untested",
    "These are claimed to heal by themselves, and nothing here breaks them by an action of their own: believe them less.",
    table(["part", "loss", "comes back by", "claimed", "rests on"], rows).join("\n"),
  ];
}

/** What nobody has asked for, and how to. */
function onRequest(manifest: Manifest): string[] {
  const rows = leftOnRequest(manifest).map(({ path, does, write }) => [path, does, `\`${write}\``]);
  if (rows.length === 0) return [];
  return [
    "## On request",
    "These are no experiments yet: write the last column in `Experiments` for one that answers a question of yours.",
    table(["part", "what would be broken", "write"], rows).join("\n"),
  ];
}
