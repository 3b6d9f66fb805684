import { Duration } from "../core/duration";
import { Hours } from "./coverage";

/** Somebody who takes turns: a `Rotation`, or the id of a schedule that exists. */
export interface Scheduled {
  readonly scheduleId: string;
}

/** Who is told at the same time, and how long they have. */
export interface Level {
  /** Rotations, and ids of PagerDuty users. */
  readonly tell: readonly (Scheduled | string)[];
  /** How long until the next level is told, unless somebody acknowledges. @default "10 minutes" */
  readonly within?: Duration;
}

/** What is different about some alarms, by a part of their name. */
export interface AlarmRoute {
  /** A part of the names of the alarms: `"orders-prod-database-"`. */
  readonly named: string;
  /** How the alert is marked; how loudly it is told follows from its urgency, not from this. @default - as it comes */
  readonly severity?: "critical" | "error" | "warning" | "info";
  /** The id of an escalation policy of others, who are told in place of these. @default - these are told */
  readonly escalationPolicy?: string;
  /** What is added to the incident for who is told. @default - nothing */
  readonly note?: string;
}

/** What an {@link OnCall} can be told. */
export interface OnCallProps {
  /** Who is told first, and who if they do not answer: at least two levels, each with somebody new. */
  readonly levels: readonly [Level, Level, ...Level[]];
  /** How often it begins again where nobody answers at all (1-9). @default 3 */
  readonly repeats?: number;
  /**
   * When somebody is at work, Monday to Friday where no days are named. Tickets of that time are told at once, others wait
   * for it.
   *
   * @default - there is no service for tickets, they go another way
   */
  readonly support?: Hours & { readonly timeZone: string };
  /** What is different about some alarms, by name of the route. @default - all alarms are told alike */
  readonly routes?: Readonly<Record<string, AlarmRoute>>;
  /** The service region of the PagerDuty account, as its web address has it. @default "us" */
  readonly serviceRegion?: "us" | "eu";
  /** How long until an incident that was acknowledged, and is still open, is told again. @default "30 minutes" */
  readonly remindAfter?: Duration;
}
