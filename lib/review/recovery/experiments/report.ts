import { inWords, seconds } from "../../duration";
import { Manifest } from "../../manifest";
import { shell } from "../../markdown";
import { Way, SCENARIOS } from "../declared";
import { isAt } from "../measured";
import { DeclaredExperiment, DeclaredStop } from "./declared";
import { leftOnRequest } from "./on-request";

type Scenario = (typeof SCENARIOS)[number];

/**
 * How often people break something where no schedule does: what happens more often is tried more often, and what nobody
 * has tried for half a year is not known any more.
 */
const CADENCE: Readonly<Record<Scenario, string>> = {
  instance: "every month",
  zone: "every quarter",
  region: "twice a year",
  corruption: "twice a year",
  account: "every year",
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
    const { name, of, scenario, takesMinutes, schedule } = experiment;
    const often = schedule ? `every ${schedule.every}` : CADENCE[scenario as Scenario];
    const begun = schedule ? `by itself, ${schedule.window} ${schedule.timeZone}` : "people";
    return `| ${index + 1} | ${name} | ${of} | ${lossOf(experiment)} | ${often} | ${takesMinutes} minutes | ${begun} |`;
  });
  const why = experiments.flatMap(({ name, schedule }) =>
    schedule?.acknowledged ? [`${name} may start by itself: ${schedule.acknowledged}`] : [],
  );
  return [
    "## Calendar",
    "In this order: who has not seen one instance lost should not take a zone away.",
    table(["", "experiment", "of", "is lost", "how often", "takes", "started by"], rows),
    ...why,
  ].join("\n\n");
}

/** What the calendar calls it: the zone or the region where there is one. */
function lossOf({ zone, degraded, region, scenario }: DeclaredExperiment): string {
  if (region !== undefined) return `the way to ${region}`;
  if (zone === undefined || degraded === undefined) return zone ?? scenario;
  return degraded === "slow" ? `the speed of ${zone}` : `packets of ${zone}`;
}

const PREPARATION = [
  "## Before each",
  "1. Say in the channel of the service what is broken, when, and who leads. Tell whoever is on call: pages are real.",
  "2. No deployment runs, no incident is open, and the traffic is that of a normal hour, or of a load test at the peak: a claim that holds at night is not the claim.",
  "3. One person only watches users, by the dashboard of the entrance, and may say stop.",
  "4. Read the hypothesis aloud. Who expects something else says so before, not after.",
].join("\n");

function script(manifest: Manifest, experiment: DeclaredExperiment, number: number): string {
  const { name, hypothesis, faults, stopOn, takesMinutes, tag } = experiment;
  const region = manifest.place ? ` --region ${manifest.place.region}` : "";
  const claims = [...new Set(faults.flatMap(({ path, claim: way }) => (way ? [claim(manifest, path, way)] : [])))];
  const broken = faults.map(({ path, does, action, target, after }) => {
    const then = after === undefined ? "" : `, after \`${after}\``;
    return `| ${path} | ${does}${then} | \`${action}\` | ${target ? target.selection : ""} |`;
  });
  return [
    `## ${number}. ${name}`,
    `**Hypothesis.** ${hypothesis}`,
    table(["what is broken", "how", "action", "how many"], broken),
    table(["part", "comes back by", "claimed", "rests on", "measured"], claims),
    `It ends at once when one of these rings:\n\n${stopOn.map(stop).join("\n")}`,
    "Start it, and note the time:",
    shell(
      `template=$(aws fis list-experiment-templates${region} --query "experimentTemplates[?tags.Name=='${tag}'].id" --output text)`,
      `experiment=$(aws fis start-experiment${region} --experiment-template-id "$template" --query experiment.id --output text)`,
    ),
    "How far is it?",
    shell(`aws fis get-experiment${region} --id "$experiment" --query experiment.state`),
    "Whoever watches users says stop:",
    shell(`aws fis stop-experiment${region} --id "$experiment"`),
    [
      "1. When did users feel it, and for how long? Which alarm told first?",
      `2. The state is \`completed\` after about ${takesMinutes} minutes: the hypothesis holds. \`stopped\` or \`failed\`: it does not, or an alarm was on before; the reason stands beside it.`,
      "3. Write what was measured into the records of the repository, the worst number, and what surprised as an issue with an owner.",
    ].join("\n"),
    ...faults.flatMap(({ path, claim: way }) => (way ? [record(path, way)] : [])).slice(0, 1),
  ].join("\n\n");
}

function claim({ recoveries }: Manifest, path: string, way: Way): string {
  const records = recoveries.flatMap(({ measured }) => measured);
  const own = records.filter(({ construct, mechanism }) => mechanism === way.mechanism && isAt(path, construct));
  const worst = own
    .filter(({ rto }) => rto !== undefined)
    .sort((a, b) => seconds(b.rto ?? "0 seconds") - seconds(a.rto ?? "0 seconds"))[0];
  const measured = worst ? `${worst.rto} on ${worst.on} (${worst.evidence})` : "not yet";
  return `| ${path} | ${way.mechanism} | ${claimed(way)} | ${way.rto.basis}: ${way.rto.source} | ${measured} |`;
}

function claimed({ rto, rpo, scaleUp }: Way): string {
  const load = scaleUp ? `, ${scaleUp.value} more to carry the load` : "";
  return `${rto.value}, losing ${rpo.value} of data${load}`;
}

function stop({ name, seconds: length, insteadOf }: DeclaredStop): string {
  const when =
    length === undefined
      ? "nothing here says after how long"
      : length === 0
        ? "with the first bad minute"
        : `after ${inWords(length)} of outage at the earliest`;
  const instead = insteadOf === undefined ? "" : `, in place of \`${insteadOf}\`, which would end it too early`;
  return `- \`${name}\`: ${when}${instead}`;
}

/** What a record of it looks like; its numbers are those of the day. */
function record(path: string, { mechanism }: Way): string {
  const construct = path.split("/").slice(1).join("/");
  const rest = { on: "YYYY-MM-DD", evidence: "EXP…, and who led", rto: "… seconds" };
  return `\`\`\`json\n${JSON.stringify({ construct, mechanism, ...rest })}\n\`\`\``;
}

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
        .map((way) => `| ${path} | ${scenario} | ${way.mechanism} | ${claimed(way)} | ${way.rto.basis} |`),
    ),
  );
  if (rows.length === 0) return [];
  return [
    "## Untested",
    "These are claimed to heal by themselves, and nothing here breaks them by an action of their own: believe them less.",
    table(["part", "loss", "comes back by", "claimed", "rests on"], rows),
  ];
}

/** What nobody has asked for, and how to. */
function onRequest(manifest: Manifest): string[] {
  const rows = leftOnRequest(manifest).map(({ path, does, write }) => `| ${path} | ${does} | \`${write}\` |`);
  if (rows.length === 0) return [];
  return [
    "## On request",
    "These are no experiments yet: write the last column in `Experiments` for one that answers a question of yours.",
    table(["part", "what would be broken", "write"], rows),
  ];
}

function table(heads: readonly string[], rows: readonly string[]): string {
  return [`| ${heads.join(" | ")} |`, `|${" --- |".repeat(heads.length)}`, ...rows].join("\n");
}
