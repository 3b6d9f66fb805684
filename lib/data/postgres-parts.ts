import { DbEventSubscription } from "@cdktf/provider-aws/lib/db-event-subscription";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { DataResource } from "cdktf";
import { Construct } from "constructs";
import { requireForm } from "../core/guard";
import { nameOf } from "../core/naming";

/** TLS only, and statements that are slow, wait for locks or change the schema are logged. */
export function parameterGroup(scope: Construct, major: string, slowQueryMs: number): DbParameterGroup {
  const family = `postgres${major}`;
  const settings = {
    "rds.force_ssl": "1",
    log_min_duration_statement: String(slowQueryMs),
    log_statement: "ddl",
    log_lock_waits: "1",
  };
  return new DbParameterGroup(scope, "parameters", {
    name: nameOf(scope, "db-group", "parameters", family),
    family,
    description: `parameters of ${scope.node.path}`,
    parameter: Object.entries(settings).map(([name, value]) => ({ name, value })),
    // A family cannot change in place, and a group in use cannot be deleted.
    lifecycle: { createBeforeDestroy: true },
  });
}

/**
 * A name that no other snapshot has: Terraform makes it up once and keeps it in the state.
 *
 * `replacing` is what forces another database: that one gets another name, since the first has left its snapshot.
 */
export function finalSnapshot(scope: Construct, identifier: string, replacing: Record<string, string>): string {
  const unique = new DataResource(scope, "final-snapshot", { triggersReplace: { identifier, ...replacing } });
  return `${identifier}-final-${unique.id}`;
}

/** RDS itself tells a topic of what happens to the instance. */
export function subscribeEvents(scope: Construct, identifier: string, snsTopic: string): void {
  const form = "the ARN of an SNS topic";
  requireForm(scope, "eventTopic", snsTopic, /^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]+(\.fifo)?$/, form);
  new DbEventSubscription(scope, "events", {
    name: nameOf(scope, "db-group", "events"),
    snsTopic,
    sourceType: "db-instance",
    sourceIds: [identifier],
    eventCategories: ["failover", "failure", "low storage", "maintenance", "recovery"],
  });
}
