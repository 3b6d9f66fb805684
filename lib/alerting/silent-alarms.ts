import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Construct } from "constructs";
import { Watchable } from "../core/declarations";
import { Duration } from "../core/duration";
import { requireDuration, requireForm } from "../core/guard";
import { register } from "../core/hook";
import { Signals } from "../core/signal";
import { Key } from "../parts/key";
import { Statement, mayPublish } from "../parts/policy";
import { ScheduledFunction } from "../parts/scheduled-function";
import { requireKeyArn } from "../parts/key-arn";
import { alarmPrefix } from "./alarm-prefix";

const CODE = join(__dirname, "../alerting/functions/silent-alarms.js");

/** Where the number of silent alarms is published. */
const SILENT = { namespace: "SreConstructs/Alarms", metric: "SilentAlarms" };

/** What a {@link SilentAlarms} can be told. */
export interface SilentAlarmsProps {
  /** How the names of the alarms begin. @default - as those that `Alarms` makes in this stack: by its path */
  readonly prefix?: string;
  /** How long an alarm may have no data. @default "6 hours" */
  readonly after?: Duration;
  /** The ARN of a KMS key that CloudWatch Logs may use. @default - a key of its own */
  readonly key?: string;
}

/**
 * Tells of alarms that cannot ring, since they have had no data for hours: a metric that nobody publishes any more, or
 * that nobody ever did. They look like any other alarm, and no alarm tells of them.
 *
 * A function counts them every hour and names them in its log. Watch this construct: it is one of the watchers.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html#alarm-evaluation
 */
export class SilentAlarms extends Construct implements Watchable {
  readonly function: ScheduledFunction;
  private readonly prefix: string;
  private readonly after: Duration;

  constructor(scope: Construct, id: string, props: SilentAlarmsProps = {}) {
    super(scope, id);
    register(this, props, "SilentAlarmsProps");
    if (props.key !== undefined) requireKeyArn(this, "key", props.key);
    const { prefix = alarmPrefix(this), after = "6 hours" } = props;
    requireForm(this, "prefix", prefix, /^[\x20-\x7e]{1,255}$/, "the beginning of a name");
    const seconds = requireDuration(this, "after", after, "10 minutes", "14 days");
    this.prefix = prefix;
    this.after = after;
    this.function = new ScheduledFunction(this, "function", {
      does: "Counts the alarms that have no data",
      files: { "index.js": readFileSync(CODE, "utf8") },
      every: "1 hour",
      data: { ...SILENT, prefix, seconds },
      may: MAY,
      key: props.key ?? new Key(this, "key", { usedBy: ["logs"] }).arn,
    });
  }

  get signals() {
    return {
      silentAlarms: {
        kind: "errors",
        means: `an alarm has had no data for ${this.after}: it cannot ring`,
        measure: {
          metric: {
            namespace: SILENT.namespace,
            name: SILENT.metric,
            statistic: "Maximum",
            dimensions: { Prefix: this.prefix },
          },
        },
        bad: "above",
        unit: "alarms",
        ticket: 0,
        period: "1 hour",
        breaches: "1 of 1",
        firstSteps: [
          `Which, and what do they watch? aws cloudwatch describe-alarms --state-value INSUFFICIENT_DATA --alarm-name-prefix '${this.prefix}' --query 'MetricAlarms[].[StateUpdatedTimestamp,AlarmName,Namespace,MetricName]' --output text`,
          `Are their metrics published, by other dimensions perhaps? aws cloudwatch describe-alarms --state-value INSUFFICIENT_DATA --alarm-name-prefix '${this.prefix}' --query 'MetricAlarms[?Namespace].[Namespace,MetricName]' --output text | sort -u | while read -r namespace metric; do aws cloudwatch list-metrics --namespace "$namespace" --metric-name "$metric" --query 'Metrics[].[MetricName,to_string(Dimensions)]' --output text; done.`,
          "By other dimensions: what it watches was renamed or replaced outside of Terraform; apply the stack again. Not at all: the setting that publishes it is off; the page of the signal says which.",
          "What it watches is gone or stopped on purpose: take the alarm away, or tune what silence means.",
        ],
        mitigate: [
          "Until it can ring, somebody looks: the dashboard of the service has what it watches, once an hour for a page.",
          "The setting that publishes its metric was turned off by hand: apply the stack again, which turns it on.",
        ],
        rationale: "One alarm that cannot ring is one too many.",
        source:
          "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html#alarm-evaluation",
      },
      ...this.function.health("nobody knows which alarms cannot ring"),
    } satisfies Signals;
  }
}

/** Alarms cannot be read by name alone; the number is written to one namespace. */
const MAY: readonly Statement[] = [
  { Sid: "ReadsAlarms", Effect: "Allow", Action: "cloudwatch:DescribeAlarms", Resource: "*" },
  mayPublish("PublishesTheirNumber", SILENT.namespace),
];
