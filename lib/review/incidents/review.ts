import { inWords } from "../duration";
import { Manifest } from "../manifest";
import { numbered, section, table } from "../markdown";
import { outcomesOf } from "../recovery/rule";
import { label } from "../service/diagram";
import { SEVERITIES, Severity } from "../severities";
import { SEEN, promised, spentInAnHour } from "../slo/words";

/** Where the template stands below `reliability/<stack>`. */
export const REVIEW = "post-incident-review.md";

/**
 * `post-incident-review.md`: what is written after an incident of this stack. It asks what made sense to those who were
 * there, not who is to blame.
 *
 * @see https://sre.google/sre-book/postmortem-culture/
 */
export function reviewTemplate(manifest: Manifest): string {
  return (
    [
      `# Review of an incident of ${manifest.stack}: what failed, in words of a user`,
      "Copy this page, fill in what stands as `…`, and read it aloud with those who were there. Everybody did what made sense with what they knew: ask what made it so.",
      ...section("Summary", summary(manifest)),
      ...section("Impact", impact(manifest)),
      ...section("Timeline", timeline()),
      ...section("Times", times(manifest)),
      ...section("Contributing factors", factors()),
      ...section("What went well, what did not, where we were lucky", ["- Well: …", "- Not well: …", "- Lucky: …"]),
      ...section("Action items", actions()),
      ...section("Before it is closed", closing(manifest)),
    ].join("\n\n") + "\n"
  );
}

function summary({ services, stack }: Manifest): string[] {
  const names = services.map(({ path }) => label(path, stack)).join(", ") || stack;
  return table(
    ["", ""],
    [
      ["Severity", "SEV…, at its worst"],
      ["Service", names],
      ["Began, over", "YYYY-MM-DD HH:MM UTC, YYYY-MM-DD HH:MM UTC"],
      ["Led by, written by", "…, …"],
      ["In two sentences", "…"],
    ],
  );
}

/** What was spent, of which budget: the hours of a total outage are known, a part of them is that part of it. */
function impact({ objectives, stack }: Manifest): string[] {
  const rows = objectives.map((objective) => {
    return [label(objective.path, stack), promised(objective), spentInAnHour(objective), "… %"];
  });
  return [
    "- Who could not do what, how many of them: …",
    "- Data that were lost or wrong: …",
    ...(rows.length > 0 ? ["", ...table(["objective", "promise", "what an hour costs", "spent by this"], rows)] : []),
  ];
}

function timeline(): string[] {
  const rows = [
    ["HH:MM", "It began: the first bad minute on the graph", "…"],
    ["HH:MM", "Noticed: the first alarm rang, or the first person said so", "the alarm's name"],
    ["HH:MM", "Acknowledged: somebody worked on it", "…"],
    ["HH:MM", "Severity was said, roles were given", "…"],
    ["HH:MM", "What was tried, and what it showed", "…"],
    ["HH:MM", "Mitigated: users no longer felt it", "…"],
    ["HH:MM", "Over: the cause is gone, all alarms are OK", "…"],
  ];
  return table(["UTC", "what", "how we know"], rows);
}

function times(manifest: Manifest): string[] {
  const rows = [
    ["To detect (MTTD is their mean)", "began to noticed", expectedDetection(manifest), "…"],
    ["To acknowledge", "noticed to acknowledged", SEVERITIES.map(byName).join(", "), "…"],
    ["To mitigate", "noticed to mitigated", "sooner than to recover", "…"],
    ["To recover (MTTR is their mean)", "noticed to over", expectedRecovery(manifest), "…"],
  ];
  const queries = manifest.constructs.flatMap((construct) => Object.values(construct.queries ?? {}));
  const measured = queries.some(({ shows }) => shows === "incidents");
  return [
    ...table(["time", "from, to", "expected", "was"], rows),
    ...(measured ? ["", "What the alarms say, by month: [saved queries](runbooks/queries.md)."] : []),
  ];
}

function byName({ name, respondsWithin }: Severity): string {
  return `${name} ${respondsWithin}`;
}

/** The slowest that a total outage may take to page, by the windows of the objectives. */
function expectedDetection({ objectives }: Manifest): string {
  const pages = objectives.flatMap(({ windows }) => {
    const fires = windows.filter(({ urgency }) => urgency === "page").map(({ firesAfter }) => firesAfter);
    return fires.length > 0 ? [Math.min(...fires)] : [];
  });
  return pages.length > 0
    ? `a total outage pages after ${inWords(Math.ceil(Math.max(...pages)))}, and ${SEEN}`
    : "no objective says";
}

function expectedRecovery({ recoveries, alarms }: Manifest): string {
  const goals = recoveries.flatMap((declared) =>
    outcomesOf(declared, alarms).map(({ scenario, goal }) => `${scenario} ${goal.rto}`),
  );
  return goals.length > 0 ? `by loss: ${goals.join(", ")}` : "no objective says";
}

/** There is never one cause: each row is something without which it would have been less. */
function factors(): string[] {
  const rows = [
    ["What set it off", "a change, a load, a loss, a date", "…"],
    ["What let it through", "a test, a review, a rollout without a stage", "…"],
    ["What made it larger", "a retry, a queue, a missing limit, a shared part", "…"],
    ["What made it longer", "an alarm that did not ring, a runbook that was wrong, nobody to ask", "…"],
  ];
  return table(["factor", "such as", "here"], rows);
}

function actions(): string[] {
  const rows = ["prevent", "detect sooner", "mitigate sooner", "learn"].map((kind) => [
    "…",
    kind,
    "a name",
    "YYYY-MM-DD",
    "…",
  ]);
  return [
    ...table(["what is done", "so that we", "owner", "until", "ticket"], rows),
    "",
    "An item without a name and a day is a wish: leave it out.",
  ];
}

function closing({ budgets, experiments }: Manifest): string[] {
  return [
    numbered([
      "The runbook that was read is right now. What had to be found out at night stands in it: its text is in the declaration of the signal.",
      "The alarm that should have rung first does, and the ones that told nothing new no longer page.",
      ...(budgets.length > 0 ? ["What the budget's policy asks for was done."] : []),
      ...(experiments.length > 0
        ? ["Can it be broken on purpose? Then an experiment does, and [game days](game-days.md) have it."]
        : []),
      "What was measured is in the records of recovery: it replaces what was assumed.",
    ]),
  ];
}
