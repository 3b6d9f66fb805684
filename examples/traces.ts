import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { TerraformStack } from "cdktf";
import { Traces } from "sre-constructs/observing";

/** Each checkout of orders is traced, one in fifty other requests, and no health check: 4.8 of 5 million traces a month. */
export function traces(stack: TerraformStack): Traces {
  const orders = new Traces(stack, "traces", {
    service: "orders",
    requestsPerSecond: 20,
    rules: {
      checkouts: { method: "POST", path: "/checkouts", requestsPerSecond: 0.5, rate: 1 },
      health: { path: "/healthz", requestsPerSecond: 2, reservoirPerSecond: 0, rate: 0 },
    },
    rate: 0.02,
    logs: ["/services/orders"],
  });
  // What runs the service: its collector reads the one, its role may do the other.
  new SsmParameter(stack, "collector", { name: "/orders/collector", type: "String", value: orders.collector });
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: orders.statements });
  new IamRolePolicy(stack, "orders-traces", { name: "traces", role: "orders", policy });
  return orders;
}
