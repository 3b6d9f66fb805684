import { Urgency } from "./signal";

/** An alarm that pages, for what acts on it: rollbacks, stop conditions. */
export interface PageAlarm {
  /** Known at synthesis: who names an alarm by this does not refer to it. */
  readonly name: string;
  readonly arn: string;
  /** Not every service that stops on an alarm takes a composite one. */
  readonly kind: "metric" | "composite";
  /** The path of the construct that it watches. @default - it watches none of this library */
  readonly path?: string;
}

/** Where alarms go, for what makes alarms of its own. An `Alarms` is one. */
export interface AlarmRouting {
  /** The ARN of the SNS topic of each urgency. */
  readonly notify: Readonly<Record<Urgency, string>>;
  /** The address under which runbooks are published, without a slash at its end. */
  readonly runbooks: string;
  /** The alarms that page; what makes one adds it. */
  readonly pages: PageAlarm[];
}
