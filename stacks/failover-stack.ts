import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Alarms } from "../lib/alerting";
import { ServiceGraph } from "../lib/core";
import { Objectives } from "../lib/recovery";
import { TwoRegions, provide } from "../lib/stack";
import { LoadBalancer, RegionFailover, Routing } from "../lib/traffic";
import { Environment } from "./environments";
import { FoundationStack } from "./foundation-stack";
import { Orders } from "./orders-stack";

/** What a failover is between. */
export interface Regions extends TwoRegions<Orders, LoadBalancer> {
  readonly primaryRegion: string;
  readonly foundation: FoundationStack;
}

/**
 * Where the name of orders leads: to the primary region, and to the other one when that has failed and the data are there.
 * It knows both regions, and stands in the one that is left; nothing of it is applied when a region is lost.
 */
export class FailoverStack extends TerraformStack {
  constructor(scope: Construct, id: string, elsewhere: Environment, regions: Regions) {
    super(scope, id);
    provide(this, elsewhere);
    const { primary, standby, primaryRegion, foundation } = regions;
    const { domain, region, objectives } = elsewhere;

    const failover = new RegionFailover(this, "failover", {
      domain,
      endpoints: { [primaryRegion]: primary.entrance, ...(standby && { [region]: standby }) },
      routing: Routing.failover(primaryRegion),
      // It asks the database: only with its data is a region worth being led to.
      health: { paths: ["/healthz/deep"] },
      waiting: [region],
      rto: objectives.region?.rto,
    });
    const alarms = new Alarms(this, "alarms", { notify: foundation.escalation.notify });
    alarms.watch(failover);

    const graph = new ServiceGraph(this, "orders", { runs: failover, needs: [primary.graph] });
    new Objectives(this, "objectives", { of: graph, region: objectives.region });
  }
}
