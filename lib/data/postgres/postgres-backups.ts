import { DbInstanceAutomatedBackupsReplication } from "@cdktf/provider-aws/lib/db-instance-automated-backups-replication";
import { Construct } from "constructs";
import { requireOtherRegion } from "../../core/place";
import { Key } from "../../parts/key";

/** Replicates automated backups to another region, under a key of its own there. It is asked for in that region. */
export function replicateBackups(scope: Construct, instanceArn: string, region: string, days: number): void {
  requireOtherRegion(scope, "replicateBackupsTo", region, "backups beside the original are lost with it");
  new DbInstanceAutomatedBackupsReplication(scope, `backups-${region}`, {
    sourceDbInstanceArn: instanceArn,
    kmsKeyId: new Key(scope, `key-${region}`, { region }).arn,
    retentionPeriod: days,
    region,
  });
}
