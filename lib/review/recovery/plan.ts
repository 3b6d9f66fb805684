import { seconds } from "../duration";
import { Manifest } from "../manifest";
import { indented, numbered, table } from "../markdown";
import { instruction, onNow } from "../runbook/shell";
import { DeclaredRecovery, Way } from "./declared";
import { FENCE, fenceSteps, fencedOf } from "./fence";
import { Outcome, told } from "./reckon";
import { Term } from "./schedule";
import { selfHealing } from "./watch";

/** What people do before anything is brought back. */
const PREPARATION: Readonly<Record<string, readonly string[]>> = {
  detection: [
    "Read the page that rang, or the report of who noticed. Write down the time: the recovery time counts from the loss, not from now.",
    "Open a channel for the incident, and name who leads it.",
  ],
  decision: [
    "Is it this loss, and not a lesser one that heals by itself? Look at the runbooks of the alarms that rang.",
    "Decide to recover, say so in the channel, and stop deployments.",
  ],
};

/** Bad data stay bad while they are written: this comes before any restore. */
const STOP_WRITING = "Stop what writes the bad data: take the last change back, or stop what writes.";

/** What a plan is made of. */
export interface Planned {
  readonly declared: DeclaredRecovery;
  readonly outcome: Outcome;
  readonly title: string;
}

/** A plan to follow after one loss: each step with its owner, its time and what to do. Its times add up to the objective. */
export function recoveryPlan(manifest: Manifest, { declared, outcome, title }: Planned): string {
  const { schedule, goal, rto, lost } = outcome;
  const fenced = fencedOf(declared, outcome);
  const last = schedule.length + (fenced.length > 0 ? 2 : 1);
  return (
    [
      `# ${title}: ${declared.of}`,
      `Back within ${goal.rto}, losing ${losing(goal.rpo)}. Led by ${declared.owner}.`,
      ...(schedule.length > 0 && schedule.every(({ way }) => way?.selfHealing)
        ? ["Nobody has to act: each step comes by itself. Watch that it does, in its time."]
        : []),
      ...(lost.length > 0 ? [`There is no way back for ${lost.join(", ")}: this plan is not complete.`] : []),
      timetable(declared, outcome),
      ...schedule.map((_, index) => step(manifest, { declared, outcome, title }, index)),
      ...(fenced.length > 0 ? [`## ${last - 1}. ${FENCE}`, ...fenceSteps(declared.owner, fenced)] : []),
      `## ${last}. Know that it is over`,
      over(manifest, { declared, outcome, title }, fenced.length > 0),
      ...(seconds(goal.rto) > rto
        ? [`${told(seconds(goal.rto) - rto)} of the objective are left for what goes wrong.`]
        : []),
    ].join("\n\n") + "\n"
  );
}

function timetable(declared: DeclaredRecovery, outcome: Outcome): string {
  const { owner } = declared;
  const { schedule, goal, rto } = outcome;
  const rows = schedule.map((term, index) => {
    const who = term.way?.selfHealing ? "by itself" : owner;
    return [`${index + 1}`, titleOf(term), who, told(term.from), told(term.to), told(term.to - term.from)];
  });
  const decided = schedule.find(({ what, way }) => !way && what === "decision")?.to ?? 0;
  const fence =
    fencedOf(declared, outcome).length > 0
      ? [[`${schedule.length + 1}`, FENCE, `somebody beside ${owner}`, told(decided), "", "beside the others"]]
      : [];
  const reserve = seconds(goal.rto) - rto;
  const rest = reserve > 0 ? [["", "reserve", "", told(rto), goal.rto, told(reserve)]] : [];
  return table(["step", "what", "who", "from", "to", "takes"], [...rows, ...fence, ...rest]).join("\n");
}

function titleOf({ what, way }: Term): string {
  return way ? `${what}: ${way.mechanism}` : what === "detection" ? "Notice" : "Decide";
}

function losing(rpo: string): string {
  return rpo === "0 seconds" ? "nothing" : `at most ${rpo}`;
}

function step(manifest: Manifest, planned: Planned, index: number): string {
  const { declared, outcome } = planned;
  const term = outcome.schedule[index];
  const who = term.way?.selfHealing ? "By itself" : `By ${declared.owner}`;
  const when = `${who}, from ${told(term.from)} to ${told(term.to)} after the loss (${term.figure.basis}: ${term.figure.source}).`;
  return [`## ${index + 1}. ${titleOf(term)}`, when, ...instructions(manifest, planned, term)].join("\n\n");
}

function instructions(manifest: Manifest, { declared, outcome }: Planned, { what, way }: Term): string[] {
  const isBad = outcome.scenario === "corruption" && what === "decision";
  if (!way) return [numbered([...(isBad ? [STOP_WRITING] : []), ...(PREPARATION[what] ?? [])])];
  if (way.steps) return [numbered(way.steps.map((each) => instruction({}, each)))];
  if (!way.selfHealing) return [`Bring \`${what}\` back by ${way.mechanism}.`];
  const component = declared.components.find(({ path }) => path === what);
  const { scenario } = outcome;
  return selfHealing(manifest, { path: what, others: component?.recovers[scenario] ?? [], way, scenario });
}

function over(manifest: Manifest, { declared, outcome }: Planned, fenced: boolean): string {
  const { scenario, goal } = outcome;
  const asked = ` What is still on?\n\n${indented(onNow(manifest))}`;
  const isLost = scenario === "region" && standsHere(manifest, declared);
  const on = isLost ? " Ask where it serves now: alarms are lost with their region." : asked;
  const missing = goal.rpo === "0 seconds" ? "nothing" : `no more than ${goal.rpo}`;
  return numbered([
    `The alarms that rang are OK again, and requests of real users are answered.${manifest.alarms.length > 0 ? on : ""}`,
    `Compare the newest data with what other systems know: ${missing} may be missing.`,
    ...(scenario === "corruption"
      ? ["Carry over, or write off, what was written between the last good moment and the discovery."]
      : []),
    ...(fenced ? [`Everything under "${FENCE}" holds, and nobody applies the stacks of that region.`] : []),
    "Write down when it was over, and keep the times as a record: it replaces what is assumed here.",
  ]);
}

/** Whether the stack stands in the region that is lost: what only leads requests elsewhere stands outside of it. */
function standsHere({ stack }: Manifest, { components }: DeclaredRecovery): boolean {
  const leads = (way: Way) => way.leadsRequests ?? false;
  return components.some(({ path, recovers }) => path.startsWith(`${stack}/`) && !recovers.region?.some(leads));
}
