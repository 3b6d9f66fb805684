import { XrayEncryptionConfig } from "@cdktf/provider-aws/lib/xray-encryption-config";
import { XrayGroup } from "@cdktf/provider-aws/lib/xray-group";
import { XraySamplingRule } from "@cdktf/provider-aws/lib/xray-sampling-rule";
import { TerraformElement, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Queryable, Watchable } from "../core/declarations";
import { refuse, requireForm, requireKnown, requireWhole } from "../core/guard";
import { register } from "../core/hook";
import { kebab, nameOf } from "../core/naming";
import { placeOf } from "../core/place";
import { Queries } from "../core/query";
import { requireKeyArn } from "../parts/key-arn";
import { requireLogGroupName } from "../parts/log-group";
import { Statement } from "../parts/policy";
import { collectorFaults } from "./collector-checks";
import { CollectorConfig } from "./collector-props";
import { collectorText, traceCollector } from "./collector";
import { FIRST_PRIORITY, REST, ResolvedRule, judgeBudget, rulesOf, tracesPerSecond } from "./sampling";
import { saveQueries } from "./saved-queries";
import { TracesProps } from "./traces-props";
import { tracesQueries } from "./traces-queries";
import { WatchedTraces, tracesSignals } from "./traces-signals";

/**
 * Traces of a service within a budget: which requests are sampled, how they are grouped, what its collector does and what
 * it may.
 *
 * What the rules record of the stated requests must fit the budget, or synthesis fails and says which number to change;
 * what is really recorded is a ticket above it. The group of faults says in which share of the traces the service failed.
 * `collector` is the file of an OpenTelemetry collector whose pipelines are known to hold together; `statements` is what
 * the role of an instance or a task needs. How a line of a log leads to its trace, and back, stands in docs/tracing.md.
 *
 * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-console-sampling.html
 * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-console-groups.html
 */
export class Traces extends Construct implements Watchable, Queryable {
  /** All traces of the service. */
  readonly group: XrayGroup;
  /** Those of its traces in which something failed. */
  readonly faultGroup: XrayGroup;
  /** By the name of each rule; `rest` is that of all other requests. */
  readonly rules: Readonly<Record<string, XraySamplingRule>>;
  readonly encryption?: XrayEncryptionConfig;
  readonly queries: Queries;
  /** What the collector does, as data. */
  readonly collectorConfig: CollectorConfig;
  private readonly watched: WatchedTraces;

  constructor(scope: Construct, id: string, props: TracesProps) {
    super(scope, id);
    register(this, props, "TracesProps");
    const {
      service,
      tracesPerMonth = 5_000_000,
      priority = FIRST_PRIORITY,
      insights = false,
      logs = [],
      accountKey,
    } = props;
    requireKnown(this, "service", service);
    // As it stands in a filter and in a rule, where * and ? would mean others as well.
    requireForm(
      this,
      "service",
      service,
      /^[\w.:/%&#=+@-][\w .:/%&#=+@-]{0,63}$/,
      "1 to 64 letters, digits and _.:/%&#=+-@",
    );
    requireWhole(this, "tracesPerMonth", tracesPerMonth, 1, Infinity);
    for (const name of logs) requireLogGroupName(this, "logs", name);
    if (accountKey !== undefined) requireKeyArn(this, "accountKey", accountKey);
    const rules = rulesOf(this, props);
    judgeBudget(this, rules, tracesPerMonth);
    const perSecond = rules.reduce((sum, rule) => sum + tracesPerSecond(rule), 0);
    this.collectorConfig = props.collector ?? traceCollector({ region: placeOf(this).region, logGroups: logs });
    const [fault] = collectorFaults(this.collectorConfig);
    if (fault) refuse(this, { ...fault, prop: `collector.${fault.prop}` });

    const insightsConfiguration = { insightsEnabled: insights, notificationsEnabled: insights };
    const [all, faults] = [nameOf(this, "trace"), nameOf(this, "trace", "faults")];
    this.group = new XrayGroup(this, "Resource", {
      groupName: all,
      filterExpression: `service("${service}")`,
      insightsConfiguration,
    });
    this.faultGroup = new XrayGroup(this, "faults", {
      groupName: faults,
      filterExpression: `service("${service}") { fault }`,
      insightsConfiguration: { insightsEnabled: false, notificationsEnabled: false },
    });
    this.rules = Object.fromEntries(
      rules.map((rule, index) => [rule.name, this.sample(rule, service, priority + index)]),
    );
    if (accountKey !== undefined) this.encryption = this.encrypted(accountKey);
    const rest = nameOf(this, "trace", REST);
    this.watched = { all, faults, service, rest, tracesPerMonth, perSecond, insights };
    this.queries = logs.length === 0 ? {} : saveQueries(this, { logGroups: logs, asked: tracesQueries() });
  }

  /** The configuration of the collector as the file that it reads. */
  get collector(): string {
    return collectorText(this.collectorConfig);
  }

  /** What the role of an instance or a task needs to send traces and to ask for the rules. X-Ray knows no resources. */
  get statements(): Statement[] {
    return [
      {
        Sid: "SendsTraces",
        Effect: "Allow",
        Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
        Resource: "*",
      },
      {
        Sid: "AsksWhatToSample",
        Effect: "Allow",
        Action: ["xray:GetSamplingRules", "xray:GetSamplingTargets"],
        Resource: "*",
      },
    ];
  }

  get signals() {
    return tracesSignals(this.watched);
  }

  private sample(rule: ResolvedRule, service: string, priority: number): XraySamplingRule {
    return new XraySamplingRule(this, `sampling-${kebab(rule.name)}`, {
      ruleName: nameOf(this, "trace", kebab(rule.name)),
      priority,
      version: 1,
      reservoirSize: rule.reservoirPerSecond,
      fixedRate: rule.rate,
      serviceName: service,
      serviceType: "*",
      host: rule.host,
      httpMethod: rule.method,
      urlPath: rule.path,
      resourceArn: "*",
    });
  }

  /** One setting for account and region: two resources of it would undo each other in each apply. */
  private encrypted(keyId: string): XrayEncryptionConfig {
    const type = XrayEncryptionConfig.tfResourceType;
    const other = TerraformStack.of(this)
      .node.findAll()
      .find(
        (each) =>
          TerraformElement.isTerraformElement(each) &&
          "terraformResourceType" in each &&
          each.terraformResourceType === type,
      );
    if (other) {
      const must = "be set once for account and region";
      const got = `a second setting, beside ${other.node.path}`;
      refuse(this, { prop: "accountKey", must, got, mend: "leave it out here" });
    }
    return new XrayEncryptionConfig(this, "encryption", { type: "KMS", keyId });
  }
}
