import { DeclaredAlarm, Manifest } from "../manifest";
import { indented, numbered, section, table } from "../markdown";
import { ELSEWHERE, levelsOf } from "../on-call";
import { LOSSES, planPath } from "../recovery/report";
import { outcomesOf } from "../recovery/rule";
import { ALONE } from "../runbook/escalate";
import { ROLLBACK, rollbacksOf } from "../runbook/mitigate";
import { runbookPath } from "../runbook/path";
import { changes, onNow } from "../runbook/shell";
import { label } from "../service/diagram";
import { SEVERITIES, Severity } from "../severities";
import { REVIEW } from "./review";

/** Where the guide stands below `reliability/<stack>`. */
export const RESPONSE = "incident-response.md";

/**
 * Who does what.
 *
 * @see https://sre.google/sre-book/managing-incidents/
 */
const ROLES: readonly (readonly [string, string, string])[] = [
  [
    "Incident lead",
    "whoever is on call, until somebody takes over aloud",
    "decides, gives roles away, asks for the next step and its end; touches nothing",
  ],
  [
    "Operations",
    "the engineer on call, and whom the lead names",
    "the only ones who change anything; say it before they do",
  ],
  [
    "Communications",
    "named by the lead from SEV1 on",
    "tells owner and customers, at the times below, what is known and what is not",
  ],
  ["Scribe", "named by the lead from SEV1 on", "writes the timeline as it happens: time, who, what was seen or done"],
];

/** `incident-response.md`: how an incident of this stack is led, by its severity. */
export function responseGuide(manifest: Manifest): string {
  const { stack } = manifest;
  return (
    [
      `# Incident response of ${stack}`,
      "In doubt it is an incident, and the worse severity. It can be lowered; lost time cannot be had back.",
      ...section("Severity", severities(manifest)),
      ...section("Roles", [
        "One person has one role. Whoever is alone has all of them, and gives them away as others come.",
        "",
        ...table(["role", "who", "does"], ROLES),
      ]),
      ...section("The first 15 minutes", firstMinutes(manifest)),
      ...section("Who hears of it, and when", communication()),
      ...section("When to escalate", escalate(manifest)),
      ...section("When to roll back", rollBack(manifest)),
      ...section("When to fail over", failOver(manifest)),
      ...section("When it is over", over(manifest)),
    ].join("\n\n") + "\n"
  );
}

function severities({ alarms }: Manifest): string[] {
  return table(
    ["severity", "means", "response", "who is told", "begins as one", "review"],
    SEVERITIES.map((severity) => {
      const { name, means, respondsWithin, told, reviewed } = severity;
      return [
        name,
        means,
        respondsWithin,
        told.join("; "),
        begins(severity, alarms),
        reviewed ? "always" : "if it taught something",
      ];
    }),
  );
}

function begins({ urgency }: Severity, alarms: readonly DeclaredAlarm[]): string {
  if (urgency === undefined) return "nothing by itself: a person says so";
  const count = alarms.filter((alarm) => alarm.urgency === urgency && alarm.signal !== undefined).length;
  return `each ${urgency} (${count} alarms here)`;
}

function firstMinutes(manifest: Manifest): string[] {
  return [
    numbered([
      "**Minute 0.** Acknowledge the page. Write down the time: from now on you lead, until somebody else does.",
      "**Minute 1.** Read the runbook that the alarm names; all of them: [index](runbooks/README.md).",
      `**Minute 2.** What else is on? One cause rings in several places:\n\n${indented(onNow(manifest))}`,
      "**Minute 5.** Say the severity in the channel, in one line: what users see, since when, who leads.",
      `**Minute 5.** Did something change in the last hours? Take it back now, and ask why afterwards:\n\n${indented(changes(manifest))}`,
      "**Minute 10.** Do users still feel it? Mitigate before you understand, by the runbook: roll back, take the zone out, send traffic elsewhere, turn the feature off.",
      `**Minute 15.** Not better, or no idea: escalate. Nobody looks for a cause alone for more than ${ALONE}.`,
    ]),
  ];
}

function communication(): string[] {
  const rows = SEVERITIES.map(({ name, updates, told }) => {
    return [
      name,
      updates === undefined ? "no updates: it is read where it stands" : `every ${updates}`,
      told[told.length - 1],
    ];
  });
  return [
    ...table(["severity", "updates", "they reach"], rows),
    "",
    "Also when there is nothing new: silence is read as bad news. Each word says when the next one comes.",
    "",
    "> **SEV…: what fails, in words of a user, since HH:MM UTC.** What we do: … Led by: … Next word at HH:MM.",
  ];
}

function escalate({ onCall }: Manifest): string[] {
  const levels = onCall.flatMap((each) => ["", `\`${each.path}\` tells, in this order:`, "", ...levelsOf(each)]);
  return [
    `- After ${ALONE} without a cause or a way back.`,
    "- A second service is hurt, or it grows.",
    "- Data may be lost, or somebody may have got in: at once, before anything is deleted.",
    "- Whoever leads has been at it for four hours: hand over aloud, with the timeline.",
    ...(levels.length > 0 ? levels : ["", ELSEWHERE]),
  ];
}

function rollBack(manifest: Manifest): string[] {
  const links = rollbacksOf(manifest).map(({ path, title }) => {
    return `- \`${label(path, manifest.stack)}\`: [${title}](runbooks/${runbookPath(manifest.stack, path, ROLLBACK)})`;
  });
  return [
    "When something went out within the hour before it began, whether or not it looks guilty: to be wrong costs minutes. Not when the change moved data in a way that the old version cannot read.",
    "",
    ...links,
    `- In the stack \`${manifest.stack}\`: revert the commit and apply it again.`,
  ];
}

/** Which losses there is a plan for, and who decides. */
function failOver({ recoveries, alarms, constructs }: Manifest): string[] {
  const rows = recoveries.flatMap((declared) =>
    outcomesOf(declared, alarms).map((outcome) => {
      const { scenario, goal } = outcome;
      const plan = `[plan](${planPath(declared, outcome)})`;
      return [declared.of, LOSSES[scenario], goal.rto, goal.rpo, declared.owner, plan];
    }),
  );
  const rule =
    "When what is lost does not come back by itself in its time, or a rollback is no answer. It may cost the newest data: the lead decides, and says so.";
  if (rows.length > 0)
    return [rule, "", ...table(["service", "lost", "back within", "losing at most", "led by", "how"], rows)];
  const some = constructs.some(({ recovers }) => recovers !== undefined);
  const where = some ? "Each runbook lists the ways back of what it is about." : "Nothing here declares a way back.";
  return [rule, "", `No objective of recovery is declared in this stack, so there is no plan. ${where}`];
}

function over({ objectives }: Manifest): string[] {
  return [
    numbered([
      "The alarms that rang are OK for as long as they look back, and users can do again what they could not.",
      ...(objectives.length > 0
        ? ["No objective burns: its runbook says which alarms tell. Look at what is left of the budget."]
        : []),
      "Say that it is over where you said that it began. Switch back on what was held back: deployments, jobs, shifts.",
      `Within two days: the [review](${REVIEW}), for each SEV1 and SEV2.`,
    ]),
  ];
}
