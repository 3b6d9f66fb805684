import { DynamodbContributorInsights } from "@cdktf/provider-aws/lib/dynamodb-contributor-insights";
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { Construct } from "constructs";
import {
  Breakable,
  Dependable,
  Measurable,
  Protected,
  Recoverable,
  Stateful,
  Watchable,
} from "../../core/declarations";
import { requireWhole } from "../../core/guard";
import { register } from "../../core/hook";
import { nameOf } from "../../core/naming";
import { placeOf } from "../../core/place";
import { postureOf } from "../../core/posture";
import { Key } from "../../parts/key";
import { requireKeyArn } from "../../parts/key-arn";
import { keyAttributes, requireTable } from "./table-checks";
import { WatchedTable } from "./table-measures";
import { capacityOf, changesOf, indexOf, mostOf, paidBy, replicaIn } from "./table-parts";
import { TableProps } from "./table-props";
import { Regions, tableFaults, tableRecovers, tableSla } from "./table-recovery";
import { scaleWithLoad } from "./table-scaling";
import { tableIndicators, tableSignals } from "./table-signals";

/**
 * A DynamoDB table that survives the loss of a zone, a bad write and a careless delete; with replicas, the loss of a
 * region.
 *
 * Encrypted with a key of its own; by the posture it keeps 1 to 35 days of point-in-time recovery and refuses to be
 * deleted; so do its replicas, each with 35 days. On demand, unless capacity is provisioned. It says which keys are
 * throttled.
 *
 * Its name and its keys cannot change: another key replaces the table, which a posture that protects refuses.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/best-practices.html
 */
export class Table extends Construct implements Watchable, Measurable, Recoverable, Dependable, Breakable, Stateful {
  readonly table: DynamodbTable;
  private readonly watched: WatchedTable;
  private readonly regions: Regions;
  private readonly sizeGib: number;
  private readonly guarded: boolean;

  constructor(scope: Construct, id: string, props: TableProps) {
    super(scope, id);
    register(this, props, "TableProps");
    const posture = postureOf(this);
    const { partitionKey, sortKey, indexes = {}, provisioned, replicas = [], sizeGib = 100 } = props;
    const { backupDays = posture.backupDays, operations = ["GetItem", "PutItem", "Query"] } = props;
    requireWhole(this, "backupDays", backupDays, 1, 35);
    requireWhole(this, "sizeGib", sizeGib, 1, Infinity);
    requireTable(this, props, operations);
    if (props.key !== undefined) requireKeyArn(this, "key", props.key);

    const strong = props.consistency === "strong";
    this.guarded = posture.deletionProtection;
    this.regions = { replicas: [...replicas].sort(), strong };
    this.sizeGib = sizeGib;
    this.watched = {
      name: nameOf(this, "table"),
      region: placeOf(this).region,
      capacity: paidBy(props),
      operations,
      indexes: Object.keys(indexes).sort(),
      lagging: strong ? [] : this.regions.replicas,
      most: mostOf(props),
    };
    this.table = new DynamodbTable(this, "Resource", {
      name: this.watched.name,
      hashKey: partitionKey.name,
      rangeKey: sortKey?.name,
      attribute: keyAttributes(this, props),
      globalSecondaryIndex: this.watched.indexes.map((index) => indexOf(index, indexes[index])),
      ...capacityOf(props),
      tableClass: "STANDARD",
      // Access
      serverSideEncryption: { enabled: true, kmsKeyArn: props.key ?? new Key(this, "key").arn },
      // Recovery
      pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: backupDays },
      deletionProtectionEnabled: this.guarded,
      replica: this.regions.replicas.map((region) => replicaIn(this, region, strong)),
      ...changesOf(props),
      lifecycle: {
        preventDestroy: this.guarded,
        // The load decides, not the last apply.
        ...(provisioned && { ignoreChanges: ["read_capacity", "write_capacity"] }),
      },
    });
    if (provisioned) scaleWithLoad(this, this.table, provisioned);
    this.insights("insights");
    for (const index of this.watched.indexes) this.insights(`insights-${index}`, index);
  }

  get arn(): string {
    return this.table.arn;
  }

  get signals() {
    return tableSignals(this.watched);
  }

  get indicators() {
    return tableIndicators(this.watched);
  }

  get recovers() {
    return tableRecovers(this.regions, { ...this.watched, sizeGib: this.sizeGib });
  }

  get sla() {
    return tableSla(this.regions);
  }

  get faults() {
    return tableFaults(this.regions, this.table.arn);
  }

  get protects(): readonly Protected[] {
    const by = this.guarded ? ["deletion_protection", "prevent_destroy"] : [];
    return [{ type: "DynamoDB", arn: this.table.arn, name: this.table.nameInput, backUp: true, by }];
  }

  /** Of the keys that are throttled only: those that are read most cost as much as the reads. */
  private insights(id: string, indexName?: string): void {
    new DynamodbContributorInsights(this, id, { tableName: this.table.name, indexName, mode: "THROTTLED_KEYS" });
  }
}
