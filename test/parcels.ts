import { App, TerraformStack, TerraformVariable } from "cdktf";
import { Alarms, Escalation } from "../lib/alerting";
import { Experiments } from "../lib/chaos";
import { Fleet } from "../lib/compute";
import { ServiceGraph } from "../lib/core";
import { Aurora, Bucket, Cache, FileSystem, Postgres, Queue, RestoreSite, ServerlessCache, Table } from "../lib/data";
import { Network } from "../lib/network";
import { Backups, Objectives, RestoreProof } from "../lib/recovery";
import { Secret } from "../lib/security";
import { ErrorBudget, Slo } from "../lib/slo";
import { Provided, Strategy, provide, twoRegions } from "../lib/stack";
import { LoadBalancer, RegionFailover, Routing } from "../lib/traffic";

const PRIMARY = "eu-west-1";
const STANDBY = "eu-central-1";
const PEOPLE = { emails: ["parcels@example.com"] };
const DOMAIN = { name: "parcels.example.com", zoneId: "Z0PARCELS00000000000" };
const IMAGES = { [PRIMARY]: "ami-0a1b2c3d4e5f60718", [STANDBY]: "ami-08192a3b4c5d6e7f0" };

/** The two environments, alike but for where they stand. */
function environment(region: string): Provided {
  return {
    name: "prod",
    service: "parcels",
    owner: "team-parcels",
    costCentre: "parcels-1",
    account: "777777777777",
    region,
    state: { bucket: `parcels-state-${region}`, region },
  };
}

/** What the stacks of a region stand on. */
class Ground extends TerraformStack {
  readonly network: Network;
  readonly escalation: Escalation;

  constructor(app: App, region: string, cidr: string) {
    super(app, `ground-${region}`);
    provide(this, environment(region));
    this.network = new Network(this, "network", { cidr });
    this.escalation = new Escalation(this, "escalation", { page: PEOPLE, ticket: PEOPLE });
    const alarms = new Alarms(this, "alarms", { notify: this.escalation.notify });
    alarms.watch(this.network);
    alarms.watch(this.escalation);
  }
}

/**
 * A service in two regions of each store that another region can follow, with an objective for each loss: what single
 * examples leave out stands in its plans.
 */
export function parcels(app: App): void {
  const here = new Ground(app, PRIMARY, "10.30.0.0/16");
  const there = new Ground(app, STANDBY, "10.31.0.0/16");
  const made = twoRegions(
    app,
    {
      name: "parcels",
      environment: environment(PRIMARY),
      standby: environment(STANDBY),
      strategy: Strategy.warmStandby({ share: 0.5 }),
      without: {
        intake: { waived: "a queue of another name takes what comes there" },
        budget: { waived: "the budget is that of the primary's requests" },
        proof: { waived: "it looks after what is restored there" },
        experiments: { waived: "experiments break the primary" },
        sessions: { waived: "who signed in signs in again" },
      },
    },
    (stack) => primary(stack, here, there),
    (stack, { share }, { database }) => {
      const { network, escalation } = there;
      const { entrance, fleet } = serving(stack, there, STANDBY, share);
      fleet.connectTo(new RestoreSite(stack, "database", { of: database, network }), "parcels are stored here");
      const alarms = new Alarms(stack, "alarms", { notify: escalation.notify });
      for (const one of [entrance, fleet]) alarms.watch(one);
      return entrance;
    },
  );

  const stack = new TerraformStack(app, "parcels-failover");
  provide(stack, environment(STANDBY));
  const failover = new RegionFailover(stack, "failover", {
    domain: DOMAIN,
    endpoints: { [PRIMARY]: made.primary.entrance, ...(made.standby && { [STANDBY]: made.standby }) },
    routing: Routing.failover(PRIMARY),
    health: { paths: ["/healthz/deep"] },
    waiting: [STANDBY],
  });
  new Alarms(stack, "alarms", { notify: there.escalation.notify }).watch(failover);
  const graph = new ServiceGraph(stack, "parcels", { runs: failover, needs: [made.primary.graph] });
  new Objectives(stack, "objectives", { of: graph, region: { rto: "4 hours", rpo: "1 hour" } });
}

function serving(stack: TerraformStack, { network }: Ground, region: keyof typeof IMAGES, share: number) {
  const entrance = new LoadBalancer(stack, "entrance", { network, domain: { ...DOMAIN, record: false } });
  const load = { peakRequestsPerSecond: 300 * share, perInstance: 50 };
  const fleet = new Fleet(stack, "fleet", { network, behind: entrance, image: IMAGES[region], load, max: 18 });
  return { entrance, fleet };
}

function primary(stack: TerraformStack, here: Ground, there: Ground) {
  const { network, escalation } = here;
  const elsewhere = { region: STANDBY, network: there.network };
  const password = new TerraformVariable(stack, "ledger-password", { type: "string", sensitive: true }).stringValue;
  const database = new Postgres(stack, "database", { network, replicateBackupsTo: STANDBY });
  const ledger = new Aurora(stack, "ledger", { network, engine: "postgresql", password, globalWith: elsewhere });
  const partitionKey = { name: "parcel", type: "S" } as const;
  const scans = new Table(stack, "scans", { partitionKey, replicas: [STANDBY] });
  const labels = new Bucket(stack, "labels", { replicateTo: STANDBY });
  const files = new FileSystem(stack, "files", { network, replicateTo: elsewhere });
  const cache = new Cache(stack, "cache", {
    network,
    nodeType: "cache.m7g.large",
    holds: "data",
    globalWith: elsewhere,
  });
  const sessions = new ServerlessCache(stack, "sessions", { network, holds: "data", maxGb: 5, maxEcpuPerSecond: 5000 });
  const token = new Secret(stack, "token", { replicateTo: [STANDBY] });
  const stores = [database, ledger, scans, labels, files];
  const { entrance, fleet } = serving(stack, here, PRIMARY, 1);
  for (const store of [database, ledger, files, cache]) fleet.connectTo(store, `parcels are kept in ${store.node.id}`);
  const intake = new Queue(stack, "intake", { consumerTimeout: "1 minute", maxAge: "10 minutes" });
  const copyToVault = `arn:aws:backup:${PRIMARY}:888888888888:backup-vault:parcels-safe`;
  const backups = new Backups(stack, "backups", { of: stores, copyTo: STANDBY, copyToVault, tier: "critical" });
  const proof = new RestoreProof(stack, "proof", { of: backups, network });

  const alarms = new Alarms(stack, "alarms", {
    notify: escalation.notify,
    elsewhere: { [STANDBY]: there.escalation.notify },
  });
  for (const one of [...stores, cache, sessions, token, intake, entrance, fleet, backups, proof]) alarms.watch(one);
  fleet.rollBackOn(alarms.pagesOf(entrance, fleet));
  const graph = new ServiceGraph(stack, "parcels", {
    entrance,
    runs: fleet,
    needs: [...stores, cache, token],
    prefers: [{ on: intake, because: "parcels wait at the shops" }],
  });
  const indicator = entrance.indicators.availability;
  const slo = new Slo(stack, "availability", { objective: 99.9, of: graph, indicator, alarms });
  alarms.watch(new ErrorBudget(stack, "budget", { of: [slo], alarms }));
  alarms.watch(new Experiments(stack, "experiments", { on: graph, stopOn: alarms.pagesOf(entrance) }));
  new Objectives(stack, "objectives", {
    of: graph,
    instance: { rto: "15 minutes", rpo: "5 minutes" },
    zone: { rto: "15 minutes", rpo: "5 minutes" },
    corruption: { detection: "30 minutes", rto: "8 hours", rpo: "24 hours" },
  });
  for (const of of stores) {
    new Objectives(stack, `${of.node.id}-account`, { of, account: { rto: "8 hours", rpo: "24 hours" } });
  }
  return { entrance, fleet, database, graph };
}
