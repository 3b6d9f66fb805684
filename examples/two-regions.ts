import { App } from "cdktf";
import { Alarms, Escalation } from "sre-constructs/alerting";
import { Fleet } from "sre-constructs/compute";
import { Network } from "sre-constructs/network";
import { Strategy, twoRegions } from "sre-constructs/stack";
import { LoadBalancer } from "sre-constructs/traffic";

const CIDRS: Record<string, string> = { "eu-west-1": "10.20.0.0/16", "eu-central-1": "10.21.0.0/16" };
const IMAGES: Record<string, string> = {
  "eu-west-1": "ami-0a1b2c3d4e5f60718",
  "eu-central-1": "ami-08192a3b4c5d6e7f0",
};

/** Orders in Ireland, and a warm standby for a third of the load in Frankfurt that can grow to all of it. */
export function regions(app: App) {
  const environment = {
    name: "prod",
    service: "orders",
    owner: "team-orders",
    costCentre: "retail-4711",
    account: "333333333333",
    region: "eu-west-1",
    state: { bucket: "orders-state-ireland" },
  };
  return twoRegions(
    app,
    {
      name: "orders-two",
      environment,
      standby: { region: "eu-central-1", state: { bucket: "orders-state-frankfurt", region: "eu-central-1" } },
      strategy: Strategy.warmStandby({ share: 1 / 3 }),
    },
    (stack, { region, share }) => {
      const network = new Network(stack, "network", { cidr: CIDRS[region] });
      const domain = { name: "orders.example.com", zoneId: "Z0123456789ABCDEFGHIJ", record: false };
      const entrance = new LoadBalancer(stack, "entrance", { network, domain });
      const load = { peakRequestsPerSecond: 900 * share, perInstance: 150 };
      const fleet = new Fleet(stack, "fleet", { network, behind: entrance, image: IMAGES[region], load, max: 18 });

      const people = { emails: ["orders@example.com"] };
      const escalation = new Escalation(stack, "escalation", { page: people, ticket: people });
      const alarms = new Alarms(stack, "alarms", { notify: escalation.notify });
      for (const pattern of [network, entrance, fleet, escalation]) alarms.watch(pattern);
    },
  );
}
