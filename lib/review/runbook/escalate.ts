import { Manifest } from "../manifest";
import { ELSEWHERE, levelsOf } from "../on-call";
import type { RunbookEntry } from "../runbooks";
import { SEVERITIES, Severity } from "../severities";

/** As long as one person looks for a cause alone. */
export const ALONE = "15 minutes";

/** Whether anybody is told of anything in a stack: then there is a guide to what follows. */
export function isTold({ alarms, objectives, constructs }: Manifest): boolean {
  return alarms.length + objectives.length > 0 || constructs.some(({ kept }) => kept.watched !== undefined);
}

/** What a signal begins as: a page where any of its alarms pages. */
export function severityOf({ alarms, signal }: RunbookEntry): Severity {
  const isPage = alarms.some(({ urgency }) => urgency === "page") || signal.urgency === "page";
  return begunBy(isPage ? "page" : "ticket");
}

/** What an alarm of an urgency begins as. */
export function begunBy(urgency: "page" | "ticket"): Severity {
  return SEVERITIES.find((severity) => severity.urgency === urgency) ?? SEVERITIES[SEVERITIES.length - 1];
}

/** Whom to call, and when. */
export function escalation(manifest: Manifest, severity: Severity): string[] {
  return [
    `It begins as **${severity.name}** (response: ${severity.respondsWithin}). Who is told: ${severity.told.join("; ")}.`,
    "",
    `- You have no idea after ${ALONE}, or nothing above helps: call the next level.`,
    "- Users feel it and it does not end: it is SEV1, whatever it began as. Name an incident lead.",
    "- Data may be lost, or a zone or the region is gone: the lead decides on a plan of recovery.",
    ...(manifest.onCall.length > 0 ? [] : ["", ELSEWHERE]),
    ...manifest.onCall.flatMap((onCall) => ["", `\`${onCall.path}\` tells, in this order:`, "", ...levelsOf(onCall)]),
    "",
    "How an incident is led: [incident response](../../incident-response.md).",
  ];
}
