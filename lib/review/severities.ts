import { Duration } from "./duration";

/** How bad an incident is, and what follows from it. */
export interface Severity {
  readonly name: "SEV1" | "SEV2" | "SEV3" | "SEV4";
  /** What it means to those who use the service. */
  readonly means: string;
  /** How soon somebody works on it. */
  readonly respondsWithin: string;
  /** Who is told, and by whom. */
  readonly told: readonly string[];
  /** The urgency of the alarms that begin as one of these; nothing where no alarm does: a person says so. */
  readonly urgency?: "page" | "ticket";
  /** How often those who wait for it hear of it, also when there is nothing new. @default - they read the ticket */
  readonly updates?: Duration;
  /** Whether there is a review afterwards. */
  readonly reviewed: boolean;
}

/**
 * Every incident is one of these; when in doubt, the worse one. Whoever is on call may raise it or lower it as more is
 * known.
 *
 * @see https://sre.google/sre-book/managing-incidents/
 */
export const SEVERITIES: readonly Severity[] = [
  {
    name: "SEV1",
    means: "People cannot use the service, or data is being lost.",
    respondsWithin: "5 minutes",
    told: [
      "the engineer on call, by a page",
      "an incident lead, by the engineer on call",
      "the owner of the service and those who talk to customers, by the incident lead",
    ],
    urgency: "page",
    updates: "30 minutes",
    reviewed: true,
  },
  {
    name: "SEV2",
    means: "Some people, or one function, are not served; or nobody will be within hours.",
    respondsWithin: "4 hours",
    told: ["the engineer on call, by whoever finds it", "the owner of the service, by the engineer on call"],
    updates: "2 hours",
    reviewed: true,
  },
  {
    name: "SEV3",
    means: "Nobody is hurt yet; something has broken that would hurt them next time.",
    respondsWithin: "the next working day",
    told: ["the team, by a ticket"],
    urgency: "ticket",
    reviewed: false,
  },
  {
    name: "SEV4",
    means: "Something is odd, and nothing follows from it.",
    respondsWithin: "when the team next looks at its dashboards",
    told: ["nobody: it stands on the dashboard"],
    reviewed: false,
  },
];
