import { DynamodbTableConfig, DynamodbTableReplica } from "@cdktf/provider-aws/lib/dynamodb-table";
import { Construct } from "constructs";
import { postureOf } from "../../core/posture";
import { Key } from "../../parts/key";
import { WatchedTable } from "./table-measures";
import { TableIndex, TableProps } from "./table-props";

/** How requests are paid for, and how many there may be. */
export function capacityOf({ provisioned, onDemandLimit }: TableProps): Partial<DynamodbTableConfig> {
  if (provisioned) {
    const { reads, writes } = provisioned;
    return { billingMode: "PROVISIONED", readCapacity: reads.min, writeCapacity: writes.min };
  }
  return {
    billingMode: "PAY_PER_REQUEST",
    ...(onDemandLimit && {
      onDemandThroughput: { maxReadRequestUnits: onDemandLimit.reads, maxWriteRequestUnits: onDemandLimit.writes },
    }),
  };
}

/** How it is said what the table may be asked. */
export function paidBy({ provisioned, onDemandLimit }: TableProps): WatchedTable["capacity"] {
  if (provisioned) return "provisioned";
  return onDemandLimit ? "limited" : "on demand";
}

/** The most that the table may be asked. */
export function mostOf({ provisioned, onDemandLimit }: TableProps): WatchedTable["most"] {
  return provisioned ? { reads: provisioned.reads.max, writes: provisioned.writes.max } : (onDemandLimit ?? {});
}

/** What a table tells of its changes and to whom, and what it lets go by itself. */
export function changesOf(props: TableProps): Partial<DynamodbTableConfig> {
  const { replicas = [], consistency, witness, ttlAttribute } = props;
  const fed = replicas.length > 0 && consistency !== "strong";
  const streamViewType = props.stream ?? (fed ? "NEW_AND_OLD_IMAGES" : undefined);
  return {
    streamEnabled: streamViewType !== undefined,
    streamViewType,
    ...(witness !== undefined && { globalTableWitness: { regionName: witness } }),
    ...(ttlAttribute !== undefined && { ttl: { enabled: true, attributeName: ttlAttribute } }),
  };
}

/** The same table in another region: with a key of its own there, its own backups and its own refusal to go. */
export function replicaIn(scope: Construct, regionName: string, strong: boolean): DynamodbTableReplica {
  return {
    regionName,
    consistencyMode: strong ? "STRONG" : "EVENTUAL",
    kmsKeyArn: new Key(scope, `key-${regionName}`, { region: regionName }).arn,
    // For the longest that DynamoDB knows: the provider tells a replica no number of days.
    pointInTimeRecovery: true,
    deletionProtectionEnabled: postureOf(scope).deletionProtection,
    propagateTags: true,
  };
}

/** An index, as the provider takes it. */
export function indexOf(name: string, { partitionKey, sortKey, projects = "ALL" }: TableIndex) {
  const named = typeof projects !== "string";
  return {
    name,
    hashKey: partitionKey.name,
    rangeKey: sortKey?.name,
    projectionType: named ? "INCLUDE" : projects,
    ...(named && { nonKeyAttributes: [...projects] }),
  };
}
