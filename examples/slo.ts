import { TerraformStack } from "cdktf";
import { Alarms } from "sre-constructs/alerting";
import { Fleet } from "sre-constructs/compute";
import { Placement, ServiceGraph } from "sre-constructs/core";
import { ErrorBudget, Slo } from "sre-constructs/slo";
import { LoadBalancer } from "sre-constructs/traffic";

/** 99.9 % of requests are answered, 99 % of them within 300 milliseconds, and what may still fail is known every hour. */
export function objectives(stack: TerraformStack, network: Placement): void {
  const domain = { name: "orders.example.com", zoneId: "Z0123456789ABCDEFGHIJ" };
  const load = { peakRequestsPerSecond: 900, perInstance: 150 };
  const entrance = new LoadBalancer(stack, "entrance", { network, domain });
  const fleet = new Fleet(stack, "fleet", { network, behind: entrance, image: "ami-0a1b2c3d4e5f60718", load });
  const of = new ServiceGraph(stack, "orders", { entrance, runs: fleet });

  const topic = "arn:aws:sns:eu-west-1:111122223333";
  const alarms = new Alarms(stack, "alarms", { notify: { page: `${topic}:page`, ticket: `${topic}:ticket` } });
  const { availability, latency } = entrance.indicators;
  const answered = new Slo(stack, "answered", { objective: 99.9, of, indicator: availability, alarms });
  const fast = new Slo(stack, "fast", { objective: 99, of, indicator: latency, within: "300 milliseconds", alarms });
  const budget = new ErrorBudget(stack, "budget", { of: [answered, fast], alarms });
  for (const pattern of [entrance, fleet, budget]) alarms.watch(pattern);
}
