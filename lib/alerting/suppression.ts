import { CloudwatchCompositeAlarm } from "@cdktf/provider-aws/lib/cloudwatch-composite-alarm";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Lazy } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { nameOf } from "../core/naming";
import { ServiceGraph } from "../core/service-graph";
import { onService } from "../core/service-news";
import { neededBy } from "../core/service-order";
import { AlarmHandle } from "./define-alarms";

/** What is watched, and the alarms of it. */
export interface Watched {
  readonly target: IConstruct;
  /** Where its alarms stand. */
  readonly scope: Construct;
  readonly pages: readonly AlarmHandle[];
  readonly tickets: readonly AlarmHandle[];
  /** Speaks for its tickets. @default - it has none */
  readonly ticket?: CloudwatchCompositeAlarm;
}

/** How long a ticket waits for the alarm that would explain it. */
const WAIT_SECONDS = 60;

/** What looks back longer, such as at the days of a certificate, is set off by no outage: nobody waits for it. */
const LONGEST_SECONDS = 3600;

function isQuick(seconds: number): boolean {
  return seconds <= LONGEST_SECONDS;
}

/**
 * Keeps the tickets of a construct back while what it needs pages: one cause is one page, not a page and tickets all the
 * way up. Pages are never kept back, nor is anything lost: a ticket that is still on afterwards is opened then.
 *
 * A composite has one suppressor, so each gets a composite of its own over all that holds it back: the pages of what it
 * needs, near and far, and a deployment.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Composite_Alarm_Suppression.html
 */
export class Suppression {
  private readonly watched: Watched[] = [];
  private readonly graphs: ServiceGraph[] = [];
  private readonly held = new Set<Watched>();

  /** `deploying` is on while a deployment runs. */
  constructor(
    scope: IConstruct,
    private readonly deploying?: CloudwatchMetricAlarm,
  ) {
    onService(scope, (graph) => {
      this.graphs.push(graph);
      this.hold();
    });
  }

  /** In whatever order constructs are watched and services are declared, the same alarms come of it. */
  add(watched: Watched): void {
    this.watched.push(watched);
    this.hold();
  }

  private hold(): void {
    for (const each of this.watched) {
      if (each.ticket === undefined || this.held.has(each) || this.holders(each).length === 0) continue;
      this.held.add(each);
      this.suppress(each, each.ticket);
    }
  }

  private suppress(watched: Watched, ticket: CloudwatchCompositeAlarm): void {
    const { target, scope, tickets } = watched;
    // What is watched or needed later holds it back as well.
    const rule = () =>
      this.holders(watched)
        .map(({ alarmName }) => `ALARM("${alarmName}")`)
        .join(" OR ");
    const suppressor = new CloudwatchCompositeAlarm(scope, "suppressor", {
      alarmName: nameOf(target, "alarm", "suppressor"),
      alarmDescription: `On while the tickets of ${target.node.path} wait: what it needs pages, or a deployment runs.`,
      alarmRule: Lazy.stringValue({ produce: rule }),
      actionsEnabled: false,
    });
    ticket.putActionsSuppressor({
      alarm: suppressor.alarmName,
      waitPeriod: WAIT_SECONDS,
      // As long as its slowest ticket takes to get quiet: each page would be a ticket as well.
      extensionPeriod: Math.max(WAIT_SECONDS, ...tickets.map(({ seconds }) => seconds).filter(isQuick)),
    });
  }

  /** The alarms that hold the tickets of a construct back, in an order that does not depend on who came first. */
  private holders({ target }: Watched): CloudwatchMetricAlarm[] {
    // What one service needs may be what another one runs, which needs more.
    const needed = neededBy(
      target,
      this.graphs.flatMap(({ edges }) => edges),
    );
    const pages = this.watched
      .filter((other) => needed.includes(other.target))
      .sort((a, b) => (a.target.node.path < b.target.node.path ? -1 : 1))
      .flatMap(({ pages: alarms }) => alarms.map(({ alarm }) => alarm));
    return this.deploying ? [...pages, this.deploying] : pages;
  }
}
