import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Alarms } from "../lib/alerting";
import { Fleet } from "../lib/compute";
import { ServiceGraph } from "../lib/core";
import { Postgres } from "../lib/data";
import { Backups, Objectives } from "../lib/recovery";
import { ErrorBudget, Slo } from "../lib/slo";
import { provide } from "../lib/stack";
import { LoadBalancer } from "../lib/traffic";
import { Environment } from "./environments";
import { FoundationStack } from "./foundation-stack";

/** The orders service: a load balancer, a fleet that survives the loss of a zone, and a database that is backed up. */
export class OrdersStack extends TerraformStack {
  constructor(scope: Construct, id: string, environment: Environment, { network, escalation }: FoundationStack) {
    super(scope, id);
    provide(this, environment);
    const { domain, image, instanceType, load, databaseClass, availability, objectives, recoveryRegion } = environment;

    const database = new Postgres(this, "database", { network, instanceClass: databaseClass });
    const entrance = new LoadBalancer(this, "entrance", { network, domain });
    const fleet = new Fleet(this, "fleet", { network, behind: entrance, image, instanceType, load });
    fleet.connectTo(database, "orders are stored here");
    const backups = new Backups(this, "backups", { of: [database], copyTo: recoveryRegion });

    const alarms = new Alarms(this, "alarms", { notify: escalation.notify });
    alarms.watch(database, { cpu: { page: 98 } });
    alarms.watch(entrance);
    alarms.watch(fleet);
    alarms.watch(backups);
    fleet.rollBackOn(alarms.pagesOf(entrance, fleet));

    const orders = new ServiceGraph(this, "orders", { entrance, runs: fleet, needs: [database] });
    const answered = { objective: availability, of: orders, indicator: entrance.indicators.availability, alarms };
    const budget = new ErrorBudget(this, "budget", { of: [new Slo(this, "availability", answered)], alarms });
    alarms.watch(budget);
    new Objectives(this, "objectives", { of: orders, ...objectives });
  }
}
