import { TerraformStack } from "cdktf";
import { Alarms, Escalation } from "sre-constructs/alerting";
import { Fleet } from "sre-constructs/compute";
import { Postgres } from "sre-constructs/data";
import { Network } from "sre-constructs/network";
import { Backups } from "sre-constructs/recovery";
import { LoadBalancer } from "sre-constructs/traffic";

/** A whole service: it survives the loss of a zone, and says so where it would not. */
export function orders(stack: TerraformStack): void {
  const network = new Network(stack, "network", { cidr: "10.20.0.0/16" });
  const database = new Postgres(stack, "database", { network });
  const entrance = new LoadBalancer(stack, "entrance", {
    network,
    domain: { name: "orders.example.com", zoneId: "Z0123456789ABCDEFGHIJ" },
  });
  const fleet = new Fleet(stack, "fleet", {
    network,
    behind: entrance,
    image: "ami-0a1b2c3d4e5f60718",
    load: { peakRequestsPerSecond: 900, perInstance: 150 },
  });
  fleet.connectTo(database, "orders are stored here");
  const backups = new Backups(stack, "backups", { of: [database], copyTo: "eu-central-1" });

  const escalation = new Escalation(stack, "escalation", {
    page: { emails: ["on-call@example.com"] },
    ticket: { emails: ["orders@example.com"] },
  });
  const alarms = new Alarms(stack, "alarms", { notify: escalation.notify });
  for (const pattern of [network, database, entrance, fleet, backups, escalation]) alarms.watch(pattern);
  fleet.rollBackOn(alarms.pages);
}
