import { TerraformStack } from "cdktf";
import { Alarms } from "sre-constructs/alerting";
import { Placement } from "sre-constructs/core";
import { Postgres } from "sre-constructs/data";
import { BackupAudit, Backups, Objectives, RestoreProof } from "sre-constructs/recovery";

/** The orders are restored every Monday, looked at and thrown away; who counts on them is told when that fails. */
export function restoreProof(stack: TerraformStack, network: Placement): RestoreProof {
  const orders = new Postgres(stack, "orders", { network });
  const of = new Backups(stack, "backups", { of: [orders], airGapped: { minDays: 7, maxDays: 400 } });
  const proof = new RestoreProof(stack, "proof", {
    of,
    network,
    overrides: { RDS: { dbInstanceClass: "db.t4g.large" } },
  });

  const corruption = { detection: "1 hour", rto: "4 hours", rpo: "6 hours" } as const;
  const objectives = new Objectives(stack, "objectives", { of: orders, corruption });
  new BackupAudit(stack, "audit", { of, objectives });

  const topic = "arn:aws:sns:eu-west-1:111122223333";
  const alarms = new Alarms(stack, "alarms", { notify: { page: `${topic}:page`, ticket: `${topic}:ticket` } });
  for (const pattern of [orders, of, proof]) alarms.watch(pattern);
  return proof;
}
