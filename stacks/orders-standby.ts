import { TerraformStack } from "cdktf";
import { Alarms, SilentAlarms } from "../lib/alerting";
import { Fleet } from "../lib/compute";
import { RestoreSite } from "../lib/data";
import { Here } from "../lib/stack";
import { LoadBalancer } from "../lib/traffic";
import { Environment } from "./environments";
import { FoundationStack } from "./foundation-stack";
import { Orders } from "./orders-stack";

/** What the standby needs only once it is the primary, when it is applied as such. */
const LATER = { waived: "it looks after a database, which the standby has only when it has been restored" };

/** What the standby does without, and why. */
export const WITHOUT = {
  proof: LATER,
  experiments: { waived: "experiments break the primary; a game day breaks the region" },
  incidents: { waived: "incidents are counted where the service runs; the standby has none while it waits" },
  budget: { waived: "the budget is that of the primary's requests; the standby serves none while it waits" },
};

/**
 * The warm standby of orders: it takes a share of the load, and grows to all of it. Its database is restored beside it when
 * the region is lost; until then its deep health check fails, so that DNS leads nobody to a region without data.
 */
export function ordersStandby(
  stack: TerraformStack,
  { domain, image, instanceType, load }: Environment,
  { network, escalation }: FoundationStack,
  { share }: Here,
  primary: Orders,
): LoadBalancer {
  const entrance = new LoadBalancer(stack, "entrance", { network, domain: { ...domain, record: false } });
  const fleet = new Fleet(stack, "fleet", {
    network,
    behind: entrance,
    image,
    instanceType,
    load: { ...load, peakRequestsPerSecond: load.peakRequestsPerSecond * share },
    max: primary.fleet.autoScalingGroup.maxSizeInput,
  });
  const database = new RestoreSite(stack, "database", { of: primary.database, network });
  fleet.connectTo(database, "orders are stored here");

  const alarms = new Alarms(stack, "alarms", { notify: escalation.notify });
  alarms.watch(entrance);
  alarms.watch(fleet);
  fleet.rollBackOn(alarms.pagesOf(entrance, fleet));
  alarms.watch(new SilentAlarms(stack, "silent-alarms"));
  return entrance;
}
