import { TerraformStack } from "cdktf";
import { Alarms } from "../../lib/alerting";
import { Fleet } from "../../lib/compute";
import { Aurora, Bucket, FileSystem, ObjectLock, Postgres, Table } from "../../lib/data";
import { Backups, RestoreProof } from "../../lib/recovery";
import { network } from "../synth";

/** What no example shows, so that each check has something to look at. */
export function unseen(stack: TerraformStack): void {
  const there = { network: network() };
  const ledger = new Aurora(stack, "ledger", { ...there, engine: "mysql", instanceClass: "db.r7g.large" });
  const sales = new Table(stack, "sales", {
    partitionKey: { name: "id", type: "S" },
    provisioned: { reads: { min: 5, max: 50 }, writes: { min: 5, max: 50 } },
  });
  const files = new FileSystem(stack, "files", there);
  const orders = new Postgres(stack, "orders", there);
  const of = new Backups(stack, "backups", { of: [ledger, sales, files, orders] });
  const proof = new RestoreProof(stack, "proof", { of, ...there, query: { rows: "select 1 from orders" } });
  new Bucket(stack, "evidence", { lock: ObjectLock.governance({ days: 365 }) });
  const batch = new Fleet(stack, "batch", {
    ...there,
    image: "ami-0a1b2c3d4e5f60718",
    spot: { sharePercent: 50, instanceTypes: ["m7g.large", "m6g.large"], waived: "a batch begins again" },
    scaleOn: { metric: { namespace: "Batch", name: "Waiting", statistic: "Average" }, target: 10 },
  });
  const topic = "arn:aws:sns:eu-west-1:111122223333";
  const alarms = new Alarms(stack, "alarms", { notify: { page: `${topic}:page`, ticket: `${topic}:ticket` } });
  for (const pattern of [ledger, sales, files, orders, of, proof, batch]) alarms.watch(pattern);
}
