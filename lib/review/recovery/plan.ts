import { seconds } from "../duration";
import { numbered } from "../markdown";
import { instruction } from "../runbook/shell";
import { DeclaredRecovery } from "./declared";
import { FENCE, fenceSteps, fencedOf } from "./fence";
import { Outcome, told } from "./reckon";
import { Term } from "./schedule";

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

/** A plan to follow after one loss: each step with its owner, its time and what to do. Its times add up to the objective. */
export function recoveryPlan(declared: DeclaredRecovery, outcome: Outcome, title: string): string {
  const { scenario, schedule, goal, rto, lost } = outcome;
  const fenced = fencedOf(declared, outcome);
  const last = schedule.length + (fenced.length > 0 ? 2 : 1);
  return (
    [
      `# ${title}: ${declared.of}`,
      `Back within ${goal.rto}, losing at most ${goal.rpo}. Led by ${declared.owner}.`,
      ...(lost.length > 0 ? [`There is no way back for ${lost.join(", ")}: this plan is not complete.`] : []),
      timetable(declared, outcome),
      ...schedule.map((term, index) => step(declared, term, index + 1)),
      ...(fenced.length > 0 ? [`## ${last - 1}. ${FENCE}`, ...fenceSteps(declared.owner, fenced)] : []),
      `## ${last}. Know that it is over`,
      over(scenario, goal.rpo, fenced.length > 0),
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
    return `| ${index + 1} | ${titleOf(term)} | ${who} | ${told(term.from)} | ${told(term.to)} | ${told(term.to - term.from)} |`;
  });
  const decided = schedule.find(({ what, way }) => !way && what === "decision")?.to ?? 0;
  const fence =
    fencedOf(declared, outcome).length > 0
      ? [`| ${schedule.length + 1} | ${FENCE} | somebody beside ${owner} | ${told(decided)} | | beside the others |`]
      : [];
  const reserve = seconds(goal.rto) - rto;
  const rest = reserve > 0 ? [`| | reserve | | ${told(rto)} | ${goal.rto} | ${told(reserve)} |`] : [];
  return [
    "| step | what | who | from | to | takes |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows,
    ...fence,
    ...rest,
  ].join("\n");
}

function titleOf({ what, way }: Term): string {
  return way ? `${what}: ${way.mechanism}` : what === "detection" ? "Notice" : "Decide";
}

function step({ owner }: DeclaredRecovery, term: Term, number: number): string {
  const who = term.way?.selfHealing ? "By itself" : `By ${owner}`;
  const when = `${who}, from ${told(term.from)} to ${told(term.to)} after the loss (${term.figure.basis}: ${term.figure.source}).`;
  return [`## ${number}. ${titleOf(term)}`, when, ...instructions(term)].join("\n\n");
}

function instructions({ what, way }: Term): string[] {
  if (!way) return [numbered(PREPARATION[what] ?? [])];
  if (way.steps) return [numbered(way.steps.map((each) => instruction({}, each)))];
  return [
    way.selfHealing
      ? `Watch it: \`${what}\` comes back without anybody. If it is not back at the end of its time, say so in the channel, and take the next way back.`
      : `Bring \`${what}\` back by ${way.mechanism}.`,
  ];
}

function over(scenario: string, rpo: string, fenced: boolean): string {
  return numbered([
    "The alarms that rang are OK again, and requests of real users are answered.",
    `Compare the newest data with what other systems know: no more than ${rpo} may be missing.`,
    ...(scenario === "corruption"
      ? ["Carry over, or write off, what was written between the last good moment and the discovery."]
      : []),
    ...(fenced ? [`Everything under "${FENCE}" holds, and nobody applies the stacks of that region.`] : []),
    "Write down when it was over, and keep the times as a record: it replaces what is assumed here.",
  ]);
}
