import { TerraformStack } from "cdktf";
import { Alarms, Incidents, SilentAlarms } from "../lib/alerting";
import { Experiments } from "../lib/chaos";
import { Fleet } from "../lib/compute";
import { ServiceGraph } from "../lib/core";
import { Postgres } from "../lib/data";
import { Dashboard } from "../lib/observing";
import { Backups, Objectives, RestoreProof } from "../lib/recovery";
import { ErrorBudget, Slo } from "../lib/slo";
import { LoadBalancer } from "../lib/traffic";
import { Environment } from "./environments";
import { FoundationStack } from "./foundation-stack";

/** What other stacks may know of the orders service. */
export interface Orders {
  readonly entrance: LoadBalancer;
  readonly fleet: Fleet;
  readonly database: Postgres;
  readonly graph: ServiceGraph;
}

/** The orders service: a load balancer, a fleet that survives the loss of a zone, and a database that is backed up. */
export function orders(
  stack: TerraformStack,
  environment: Environment,
  { network, escalation }: FoundationStack,
): Orders {
  const { image, instanceType, load, databaseClass, availability, objectives, recovery } = environment;
  // With a standby, the failover decides where the name leads.
  const domain = { ...environment.domain, record: recovery === undefined };
  const { instance, zone, corruption } = objectives;

  const database = new Postgres(stack, "database", {
    network,
    instanceClass: databaseClass,
    replicateBackupsTo: recovery?.region,
  });
  const entrance = new LoadBalancer(stack, "entrance", { network, domain });
  const fleet = new Fleet(stack, "fleet", { network, behind: entrance, image, instanceType, load });
  fleet.connectTo(database, "orders are stored here");
  const backups = new Backups(stack, "backups", { of: [database], copyTo: recovery?.region });
  const proof = new RestoreProof(stack, "proof", { of: backups, network });

  const alarms = new Alarms(stack, "alarms", { notify: escalation.notify });
  alarms.watch(database, { cpu: { page: 98 } });
  alarms.watch(entrance);
  alarms.watch(fleet);
  alarms.watch(backups);
  alarms.watch(proof);
  fleet.rollBackOn(alarms.pagesOf(entrance, fleet));

  const graph = new ServiceGraph(stack, "orders", { entrance, runs: fleet, needs: [database] });
  const answered = { objective: availability, of: graph, indicator: entrance.indicators.availability, alarms };
  const budget = new ErrorBudget(stack, "budget", { of: [new Slo(stack, "availability", answered)], alarms });
  alarms.watch(budget);
  new Objectives(stack, "objectives", { of: graph, instance, zone, corruption });
  const experiments = new Experiments(stack, "experiments", { on: graph, stopOn: alarms.pagesOf(entrance) });
  alarms.watch(experiments);
  alarms.watch(new SilentAlarms(stack, "silent-alarms"));
  alarms.watch(new Incidents(stack, "incidents", { of: [graph] }));
  new Dashboard(stack, "dashboard", { of: graph });
  return { entrance, fleet, database, graph };
}
