import { Breakable } from "../core/declarations";
import { PageAlarm } from "../core/routing";
import { ServiceGraph } from "../core/service-graph";

/** When an experiment starts by itself: within a window in which people are there to watch. */
export interface ExperimentSchedule {
  readonly every: "week" | "month" | "quarter";
  /**
   * A weekday and the hours in which it begins and ends: `"tue 10:00-12:00"`. Of a month or quarter, its first such
   * day.
   */
  readonly window: string;
  /** Such as `"Europe/Paris"`. @default "UTC" */
  readonly timeZone?: string;
  /** Why it may run without somebody who starts it. @default - none: needed where the posture protects from deletion */
  readonly acknowledged?: string;
}

/** A report of each experiment, by the fault injection service. */
export interface ExperimentReports {
  /** Days that a report is kept. */
  readonly keepDays: number;
  /** The ARN of a CloudWatch dashboard whose graphs the report shows. @default - the report has no graphs */
  readonly dashboard?: string;
}

/** What an `Experiments` can be told. */
export interface ExperimentsProps {
  /** The service whose parts are broken: what it runs, its entrance and what it needs; or one construct. */
  readonly on: ServiceGraph | Breakable;
  /** What these stand in, such as a network: broken with them in the outage of a zone. @default - nothing */
  readonly standsOn?: readonly Breakable[];
  /**
   * Experiments that take nothing away, but make something slow or weak, by their names: `fleet-cpu-stress`,
   * `slow-eu-west-1a`, `lossy-eu-west-1a`; `"all"` for all that the parts know. An error lists the names.
   *
   * @default - none: what a service must survive comes first
   */
  readonly include?: "all" | readonly string[];
  /**
   * Other regions that are cut off, each in one experiment: no traffic from the networks to there, no replication. The
   * quota of routes for each route table must be raised first: `docs/experiments.md` says to what.
   *
   * @default - none; replication is paused for each replica alone
   */
  readonly isolate?: readonly string[];
  /**
   * One to five alarms, each of which ends an experiment at once: what users feel, best the pages of the entrance. They
   * are read here: define experiments after what is watched. Composite ones need a metric alarm beside them, and end
   * only what claims no outage.
   */
  readonly stopOn: readonly PageAlarm[];
  /**
   * Experiments that start by themselves, by their names; how they ended is a signal. Start the first one by hand: it
   * makes the role that the service has for itself.
   *
   * @default - people start them
   */
  readonly schedules?: Readonly<Record<string, ExperimentSchedule>>;
  /** @default - no reports: each is charged for; logs are written in any case */
  readonly reports?: ExperimentReports;
  /**
   * The ARN of the KMS key for the logs; the CloudWatch Logs service must be allowed to use it.
   *
   * @default - a key of its own
   */
  readonly key?: string;
}
