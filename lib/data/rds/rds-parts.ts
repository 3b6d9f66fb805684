import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbEventSubscription } from "@cdktf/provider-aws/lib/db-event-subscription";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Construct } from "constructs";
import { nameOf } from "../../core/naming";
import { Firewall } from "../../parts/firewall";
import { Key } from "../../parts/key";
import { requireKeyArn } from "../../parts/key-arn";
import { logGroup } from "../../parts/log-group";
import { serviceRole } from "../../parts/service-role";
import { requireTopicArn } from "../../parts/topic-arn";
import { dataSubnets } from "../../parts/zones";
import { finalSnapshot } from "../final-snapshot";
import { StoreSite } from "../store-site";

/** What a database has around it. */
export interface Surroundings {
  /** The ARN of the key that encrypts it, its logs and its password. */
  readonly key: string;
  readonly firewall: Firewall;
  readonly subnets: DbSubnetGroup;
}

/** Key, firewall and subnets of a database. */
export function surroundings(scope: Construct, { network, key, region }: StoreSite): Surroundings {
  if (key !== undefined) requireKeyArn(scope, "key", key);
  return {
    key: key ?? new Key(scope, "key", { usedBy: ["logs"], region }).arn,
    firewall: new Firewall(scope, "firewall", {
      vpcId: network.vpcId,
      description: `database ${scope.node.path}`,
      region,
    }),
    subnets: new DbSubnetGroup(scope, "subnets", {
      name: nameOf(scope, "db-group"),
      description: `data subnets of ${scope.node.path}`,
      subnetIds: dataSubnets(scope, network),
      region,
    }),
  };
}

/** The log groups that RDS writes to: there before it writes, since RDS would make them without an end. */
export function logGroups(
  scope: Construct,
  logs: readonly string[],
  of: { readonly prefix: string; readonly key: string; readonly region?: string },
): CloudwatchLogGroup[] {
  const { prefix, key: keyArn, region } = of;
  return logs.map((log) => logGroup(scope, `log-${log}`, { name: `/aws/rds/${prefix}/${log}`, keyArn, region }));
}

/** The role by which RDS reports what the operating system of an instance does. */
export function monitoringRole(scope: Construct): IamRole {
  return serviceRole(scope, "monitoring", {
    service: "monitoring.rds.amazonaws.com",
    managed: ["service-role/AmazonRDSEnhancedMonitoringRole"],
  });
}

/** What is seen of an instance from inside: its operating system each minute, its statements in Performance Insights. */
export function sight(monitoring: IamRole, key: string) {
  return {
    monitoringInterval: 60,
    monitoringRoleArn: monitoring.arn,
    performanceInsightsEnabled: true,
    performanceInsightsKmsKeyId: key,
    performanceInsightsRetentionPeriod: 7,
  };
}

/** What stops a careless delete, and keeps what there was; `replacing` is what forces another database. */
export function protection(scope: Construct, identifier: string, guarded: boolean, replacing: Record<string, string>) {
  const shared = {
    copyTagsToSnapshot: true,
    deletionProtection: guarded,
    deleteAutomatedBackups: !guarded,
    skipFinalSnapshot: !guarded,
  };
  return guarded ? { ...shared, finalSnapshotIdentifier: finalSnapshot(scope, identifier, replacing) } : shared;
}

/** The same, in the words of a declaration. */
export function protectedBy(guarded: boolean): readonly string[] {
  return guarded ? ["deletion_protection", "prevent_destroy", "final snapshot"] : [];
}

/** What of RDS tells a topic of its events. */
export interface EventSource {
  readonly type: "db-instance" | "db-cluster";
  readonly identifier: string;
  readonly categories: readonly string[];
}

/** RDS itself tells a topic of what happens. */
export function subscribeEvents(
  scope: Construct,
  { type, identifier, categories }: EventSource,
  snsTopic: string,
): void {
  requireTopicArn(scope, "eventTopic", snsTopic);
  new DbEventSubscription(scope, "events", {
    name: nameOf(scope, "db-group", "events"),
    snsTopic,
    sourceType: type,
    sourceIds: [identifier],
    eventCategories: [...categories],
  });
}
