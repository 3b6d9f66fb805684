import { IConstruct } from "constructs";
import { refuse, requireDay } from "./guard";
import { note, notesOf } from "./notes";
import { requireKind, requireProps } from "./props";

/** A safeguard given up, and why. */
export interface Waiver {
  /** Why, in a sentence for the reviewer of the plan. */
  readonly waived: string;
  /**
   * The last day (`YYYY-MM-DD`) on which the reason holds; a command that is given a date asks for it, synthesis never.
   *
   * @default - until somebody takes it back
   */
  readonly until?: string;
}

/**
 * The safeguards that a whole construct can be excused from. A library of patterns adds its own by declaration merging.
 */
export interface Safeguards {
  /** Every watchable construct is watched. */
  readonly watched: true;
  /** Everything that holds data is backed up. */
  readonly "backed-up": true;
  /** Backups are restored from, in a test. */
  readonly proven: true;
  /** A message that cannot be processed becomes a dead letter, and never work that is done twice at the same time. */
  readonly redelivery: true;
  /** What is left after the loss of a zone carries the stated load. */
  readonly "zone-loss": true;
  /** Every client of a connection pool that needs a connection to the database at the same time has one. */
  readonly "pool-size": true;
  /** What is deployed meets the objectives of recovery. */
  readonly "recovery-objective": true;
  /** After the loss of a region something leads requests to another one. */
  readonly "traffic-shift": true;
  /** What AWS Backup audits carries the objectives as they are stated. */
  readonly "audited-objective": true;
  /** An experiment has a target, and breaks nothing else. */
  readonly "experiment-target": true;
  /** A standby has all that it must take over from. */
  readonly "standby-parity": true;
  /** A standby needs nothing of the region that may be lost. */
  readonly "standby-independence": true;
  /** Images reach the replica of their repository. */
  readonly "image-replication": true;
  /** CloudWatch accepts the alarm. */
  readonly "valid-alarm": true;
  /** Somebody is on call at all hours, and is not alone. */
  readonly "on-call": true;
  /** An alarm tells somebody, who knows what to do. */
  readonly actionable: true;
  /** What is promised is not more than providers promise of what it depends on. */
  readonly "sla-ceiling": true;
  /** Each window of an objective can fire. */
  readonly "burn-window": true;
  /** CloudWatch accepts the dashboard. */
  readonly "valid-dashboard": true;
  /** There are so many requests that one failure says little. */
  readonly "enough-traffic": true;
  /** What sampling records of the stated requests is within the budget of traces. */
  readonly "trace-budget": true;
}

/** The name of a safeguard. */
export type Safeguard = keyof Safeguards;

/** A waiver as the manifest lists it. */
export interface RecordedWaiver extends Waiver {
  readonly safeguard: string;
}

/**
 * Excuses a construct from a safeguard. Synthesis prints it and the manifest lists it; nothing else turns a safeguard
 * off.
 *
 * @throws where the reason is empty or `until` is not a day
 */
export function waive(construct: IConstruct, safeguard: Safeguard, waiver: Waiver): void {
  requireKind("waive", "construct", construct, "construct");
  recordWaiver(construct, safeguard, waiver);
  note(construct, "excused", safeguard);
}

/** Records a waiver of any name: what {@link waive} does for a construct, patterns do for a part of it. */
export function recordWaiver(construct: IConstruct, safeguard: string, waiver: Waiver): void {
  requireProps(construct, waiver, "Waiver", "waiver");
  if (waiver.waived.trim() === "") {
    refuse(construct, { prop: "waived", must: "say why, in a sentence", got: waiver.waived });
  }
  if (waiver.until !== undefined) requireDay(construct, "until", waiver.until);
  note(construct, "waiver", { safeguard, waived: waiver.waived, until: waiver.until } satisfies RecordedWaiver);
}

/** What a construct is excused from. */
export function waiversOf(construct: IConstruct): RecordedWaiver[] {
  return notesOf<RecordedWaiver>(construct, "waiver");
}

/** Whether a choice gives up a safeguard instead of tuning it. */
export function isWaiver(choice: unknown): choice is Waiver {
  return typeof choice === "object" && choice !== null && "waived" in choice;
}
