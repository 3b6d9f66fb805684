import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy";
import { CloudwatchQueryDefinition } from "@cdktf/provider-aws/lib/cloudwatch-query-definition";
import { Lazy, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Queryable, Watchable } from "../core/declarations";
import { complaint, refuse, requireThat } from "../core/guard";
import { register } from "../core/hook";
import { kebab, nameOf } from "../core/naming";
import { Queries } from "../core/query";
import { ServiceGraph } from "../core/service-graph";
import { Signals } from "../core/signal";
import { DeadLetters } from "../parts/dead-letters";
import { Key } from "../parts/key";
import { logGroup } from "../parts/log-group";
import { enableKey, keyState } from "../parts/log-steps";
import { policy } from "../parts/policy";
import { alarmPrefix } from "./alarm-prefix";
import { incidentQueries } from "./incident-queries";
import { pagesOf } from "./incident-pages";

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutQueryDefinition.html */
const LONGEST_QUERY = 10_000;

/** A stack has one: the services that write to logs by a policy of their own have ten of them a region. */
const KEEPER = Symbol.for("sre-constructs/incidents");

/** What an {@link Incidents} can be told. */
export interface IncidentsProps {
  /** The services; each is asked about by itself. */
  readonly of: readonly [ServiceGraph, ...ServiceGraph[]];
  /** How long state changes are kept: a year, and a month to compare with. @default 400 */
  readonly days?: number;
  /** The ARN of a KMS key that CloudWatch Logs may use. @default - a key of its own */
  readonly key?: string;
}

/**
 * Remembers when alarms rang and when they were OK again, longer than the weeks for which CloudWatch does, and answers by
 * service and month: how long until somebody was told (MTTD), how long it lasted (MTTR), how often, and which alarm.
 *
 * What pages is an incident. Times are those of alarms, not of people: what users felt before an alarm looked, and what
 * they feel after it is OK, only a review knows. How soon an objective's burn pages its runbook says: CloudWatch keeps no
 * begin for a composite.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 * @see https://sre.google/sre-book/tracking-outages/
 */
export class Incidents extends Construct implements Watchable, Queryable {
  readonly group: CloudwatchLogGroup;
  readonly rule: CloudwatchEventRule;
  /** The name of the group, known at synthesis. */
  readonly name: string;
  private readonly letters: DeadLetters;
  private readonly services: readonly ServiceGraph[];
  private readonly prefix: string;

  constructor(scope: Construct, id: string, props: IncidentsProps) {
    super(scope, id);
    register(this, props, "IncidentsProps");
    const { of, days = 400, key } = props;
    requireThat(this, of.length > 0, { prop: "of", must: "name at least one service", got: of });
    this.services = of;
    this.prefix = alarmPrefix(this);
    this.claim();
    // As the groups are named that EventBridge writes to.
    this.name = `/aws/events/${nameOf(this, "log-group")}`;
    const keyArn = key ?? new Key(this, "key", { usedBy: ["logs"] }).arn;
    this.group = logGroup(this, "Resource", { name: this.name, keyArn, days });
    this.rule = this.changes();
    this.letters = new DeadLetters(this, "dead-letters");
    const allowed = this.allow();
    new CloudwatchEventTarget(this, "target", {
      rule: this.rule.name,
      targetId: "log",
      arn: this.group.arn,
      deadLetterConfig: this.letters.ofRule(this.rule),
      dependsOn: [allowed],
    });
    for (const graph of of) this.save(graph);
    this.node.addValidation({ validate: () => of.flatMap((graph) => this.faultsOf(graph)) });
  }

  /** What is asked of the state changes: three questions for each service. */
  get queries(): Queries {
    return Object.assign({}, ...this.services.map((graph) => this.queriesOf(graph)));
  }

  get signals() {
    return {
      lost: {
        kind: "errors",
        means: "state changes of alarms are not recorded: incidents are missing in what is measured",
        measure: {
          metric: {
            namespace: "AWS/Events",
            name: "FailedInvocations",
            statistic: "Sum",
            dimensions: { RuleName: nameOf(this, "event-rule") },
          },
        },
        bad: "above",
        unit: "events",
        ticket: 0,
        period: "5 minutes",
        breaches: "1 of 1",
        firstSteps: [
          `May EventBridge write? aws logs describe-resource-policies --query "resourcePolicies[?policyName=='${nameOf(this, "event-rule")}'].policyDocument" --output text.`,
          `No answer: its policy is gone; apply the stack again. One: is the group's key enabled? ${keyState(this.name)}.`,
        ],
        mitigate: [
          enableKey(this.name),
          "Policy, group or key are gone: apply the stack again. Alarms ring as before; what was not recorded is in their own history for 30 days.",
        ],
        rationale: "EventBridge counts only what failed for good.",
        source: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html",
      },
      ...this.letters.health("a state change of an alarm is not recorded"),
    } satisfies Signals;
  }

  private claim(): void {
    const stack = TerraformStack.of(this) as { [KEEPER]?: string };
    const other = stack[KEEPER];
    const mend = "name all services in one: a region has ten policies for what writes to its logs";
    if (other !== undefined) refuse(this, { prop: "id", must: "be the only Incidents of its stack", got: other, mend });
    Object.defineProperty(stack, KEEPER, { value: this.node.path });
  }

  /** By the beginning of their names, since a list of all would be longer than a pattern may be. */
  private changes(): CloudwatchEventRule {
    return new CloudwatchEventRule(this, "rule", {
      name: nameOf(this, "event-rule"),
      description: `State changes of the alarms whose names begin with ${this.prefix}`,
      eventPattern: JSON.stringify({
        source: ["aws.cloudwatch"],
        "detail-type": ["CloudWatch Alarm State Change"],
        detail: { alarmName: [{ prefix: this.prefix }] },
      }),
    });
  }

  /** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-cloudwatchlogs-permissions */
  private allow(): CloudwatchLogResourcePolicy {
    const Principal = { Service: ["events.amazonaws.com", "delivery.logs.amazonaws.com"] };
    const to = { Effect: "Allow", Principal, Resource: `${this.group.arn}:*` } as const;
    const Condition = { ArnEquals: { "aws:SourceArn": this.rule.arn } };
    return new CloudwatchLogResourcePolicy(this, "policy", {
      policyName: nameOf(this, "event-rule"),
      policyDocument: policy(
        { Sid: "OpensStreams", Action: "logs:CreateLogStream", ...to },
        { Sid: "WritesStateChanges", Action: "logs:PutLogEvents", ...to, Condition },
      ),
    });
  }

  /** Alarms that are made after this construct are asked about as well. */
  private save(graph: ServiceGraph): void {
    for (const name of Object.keys(this.queriesOf(graph))) {
      new CloudwatchQueryDefinition(this, `query-${kebab(name)}`, {
        name: `${this.node.path}/${kebab(name)}`,
        logGroupNames: [this.group.name],
        queryString: Lazy.stringValue({
          produce: () => this.queriesOf(graph)[name].query.replaceAll(" | ", "\n| "),
        }),
      });
    }
  }

  private queriesOf(graph: ServiceGraph): Queries {
    return incidentQueries(pagesOf(graph, this), this.name);
  }

  private faultsOf(graph: ServiceGraph): string[] {
    const { pages } = pagesOf(graph, this);
    const prop = `of.${graph.node.id}`;
    const foreign = pages.find((name) => !name.startsWith(this.prefix));
    if (pages.length === 0) {
      const mend = "watch its parts with an Alarms of this stack, or give it an Slo";
      return [complaint(this, { prop, must: "have an alarm that pages", got: "none", mend })];
    }
    if (foreign !== undefined) {
      return [complaint(this, { prop, must: `have alarms whose names begin with ${this.prefix}`, got: foreign })];
    }
    const longest = Math.max(...Object.values(this.queriesOf(graph)).map(({ query }) => query.length));
    const must = `have so few alarms that page that a query of ${LONGEST_QUERY} characters can name them`;
    return longest > LONGEST_QUERY ? [complaint(this, { prop, must, got: pages.length })] : [];
  }
}
