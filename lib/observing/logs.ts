import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { CloudwatchLogSubscriptionFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-subscription-filter";
import { Construct } from "constructs";
import { Queryable, Watchable } from "../core/declarations";
import { requireKnown, requireWhole } from "../core/guard";
import { register } from "../core/hook";
import { nameOf } from "../core/naming";
import { Queries } from "../core/query";
import { Key } from "../parts/key";
import { requireKeyArn } from "../parts/key-arn";
import { logGroup, requireLogGroupName } from "../parts/log-group";
import { archiveTo } from "./archive";
import { LogsProps } from "./logs-props";
import { GENERAL_QUERIES } from "./logs-queries";
import { COUNTED, WatchedLogs, logsSignals } from "./logs-signals";
import { mask } from "./masks";
import { saveQueries } from "./saved-queries";

/**
 * Where a service logs: encrypted, kept for as long as the posture says, its errors counted, its silence noticed, its
 * questions saved.
 *
 * A line is one JSON object with the fields of docs/logging.md: `level`, `message`, `version`, `zone`, `traceId`,
 * `durationMs`. Errors and fatals are counted by `level`; a line of another form is kept and not counted. Every line goes
 * to the archive, where one is named. A `Dashboard` that shows it sees which version answers.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export class Logs extends Construct implements Watchable, Queryable {
  readonly group: CloudwatchLogGroup;
  readonly archive?: CloudwatchLogSubscriptionFilter;
  /** The name of the group, known at synthesis. */
  readonly name: string;
  private readonly watched: WatchedLogs;
  private readonly asked: Queries;

  constructor(scope: Construct, id: string, props: LogsProps = {}) {
    super(scope, id);
    register(this, props, "LogsProps");
    const { name = `/services/${nameOf(this, "log-group")}`, days, errorsPerMinute, archive, masks = [], key } = props;
    requireKnown(this, "name", name);
    requireLogGroupName(this, "name", name);
    if (errorsPerMinute !== undefined) requireWhole(this, "errorsPerMinute", errorsPerMinute, 0, Infinity);
    if (key !== undefined) requireKeyArn(this, "key", key);

    this.name = name;
    const keyArn = key ?? new Key(this, "key", { usedBy: ["logs"] }).arn;
    this.group = logGroup(this, "Resource", { name, keyArn, days });
    const namespace = `Logs/${nameOf(this, "metric-namespace")}`;
    this.watched = { name, namespace, errorsPerMinute, archived: archive !== undefined };
    for (const [level, metric] of Object.entries(COUNTED)) this.count(level, metric);
    if (archive !== undefined) this.archive = archiveTo(this, this.group.name, archive);
    mask(this, this.group.name, masks);
    const asked = { ...GENERAL_QUERIES, ...props.queries };
    this.asked = saveQueries(this, { logGroups: [name], references: [this.group.name], asked });
  }

  get arn(): string {
    return this.group.arn;
  }

  get signals() {
    return logsSignals(this.watched);
  }

  get queries(): Queries {
    return this.asked;
  }

  /** A minute with lines and without errors counts 0: the metric is there before the first error is. */
  private count(level: string, name: string): void {
    new CloudwatchLogMetricFilter(this, level, {
      name: level,
      logGroupName: this.group.name,
      pattern: `{ $.level = "${level}" }`,
      metricTransformation: { name, namespace: this.watched.namespace, value: "1", defaultValue: "0", unit: "Count" },
    });
  }
}
