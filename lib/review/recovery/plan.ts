import { seconds } from "../duration";
import { Manifest } from "../manifest";
import { indented, numbered, table } from "../markdown";
import { instruction, onNow } from "../runbook/shell";
import { DeclaredRecovery } from "./declared";
import { FENCE, failback, fenceSteps, fencedOf } from "./fence";
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
      ...(schedule.some(isByHand) ? [FOLLOW] : []),
      ...together(schedule),
      ...schedule.map((_, index) => step(manifest, { declared, outcome, title }, index)),
      ...(fenced.length > 0 ? [`## ${last - 1}. ${FENCE}`, ...fenceSteps(declared.owner, fenced)] : []),
      `## ${last}. Know that it is over`,
      over(manifest, outcome, fenced.length > 0),
      ...(seconds(goal.rto) > rto
        ? [`${told(seconds(goal.rto) - rto)} of the objective are left for what goes wrong.`]
        : []),
      ...failback(declared, outcome),
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

/** How the commands of a plan are followed, and what to do where one fails. */
const FOLLOW =
  "Paste the blocks as they stand, in order, each step in one shell that begins with `export AWS_PAGER=`: else a long answer swallows what is pasted after it. Where a command is refused, read what it says, and do not go on to what needs it. A wait that says the same error again and again waits for what was refused before it: end it with Ctrl-C.";

function isByHand({ way }: Term): boolean {
  return way?.steps !== undefined && !way.selfHealing;
}

/** Steps of people that begin at one time: who did one after the other would miss the objective. */
function together(schedule: readonly Term[]): string[] {
  const byPeople = schedule.map((term, index) => ({ ...term, step: index + 1 })).filter(isByHand);
  const begins = [...new Set(byPeople.map(({ from }) => from))];
  const groups = begins.map((at) => byPeople.filter(({ from }) => from === at).map(({ step }) => step));
  return groups
    .filter((steps) => steps.length > 1)
    .map((steps) => {
      const named = `${steps.slice(0, -1).join(", ")} and ${steps[steps.length - 1]}`;
      return `Steps ${named} begin together, the longest first: while one waits, begin the next in another shell, or share them out.`;
    });
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

/** Whether the alarms of the stack are lost with what was: all of an account, and those that stand in the lost region. */
function alarmsLost({ stack }: Manifest, { scenario, schedule }: Outcome): boolean {
  const stoodThere = ({ what, way }: Term) => way && !way.leadsRequests && what.startsWith(`${stack}/`);
  return scenario === "account" || (scenario === "region" && schedule.some(stoodThere));
}

function over(manifest: Manifest, outcome: Outcome, fenced: boolean): string {
  const { scenario, goal } = outcome;
  // Elsewhere other stacks serve now: their alarms count, too.
  const now = () => indented(onNow(manifest, scenario === "region" ? "region" : "stack"));
  const asked = manifest.alarms.length > 0 && !alarmsLost(manifest, outcome);
  const on = asked ? ` What is still on?\n\n${now()}` : "";
  const quiet = alarmsLost(manifest, outcome)
    ? "The alarms of what serves now are OK (those of what was lost are lost with it)"
    : "The alarms that rang are OK again";
  const missing = goal.rpo === "0 seconds" ? "nothing" : `no more than ${goal.rpo}`;
  return numbered([
    `${quiet}, and requests of real users are answered.${on}`,
    `Compare the newest data with what other systems know: ${missing} may be missing.`,
    ...(scenario === "corruption"
      ? ["Carry over, or write off, what was written between the last good moment and the discovery."]
      : []),
    ...(fenced ? [`Everything under "${FENCE}" holds, and nobody applies the stacks of that region.`] : []),
    "Write down when it was over, and keep the times as a record: it replaces what is assumed here.",
  ]);
}
