import { TerraformStack } from "cdktf";
import { Fleet } from "sre-constructs/compute";
import { ServiceGraph } from "sre-constructs/core";
import { Postgres } from "sre-constructs/data";
import { Objectives } from "sre-constructs/recovery";
import { LoadBalancer } from "sre-constructs/traffic";

/** How fast orders must be back, and what they may lose; synthesis reckons whether what is deployed can keep it. */
export function objectives(
  stack: TerraformStack,
  entrance: LoadBalancer,
  fleet: Fleet,
  database: Postgres,
): Objectives {
  const orders = new ServiceGraph(stack, "orders", { entrance, runs: fleet, needs: [database] });
  return new Objectives(stack, "objectives", {
    of: orders,
    instance: { rto: "5 minutes", rpo: "0 seconds" },
    zone: { rto: "5 minutes", rpo: "0 seconds" },
    corruption: { detection: "30 minutes", rto: "4 hours", rpo: "5 minutes" },
    measured: [
      {
        construct: "database",
        mechanism: "point-in-time restore",
        on: "2026-10-03",
        evidence: "restore test of October",
        gibPerHour: 140,
      },
    ],
    owner: "the engineer on call for orders",
  });
}
