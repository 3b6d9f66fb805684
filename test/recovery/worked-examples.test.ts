import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Alarms } from "../../lib/alerting";
import { Fleet } from "../../lib/compute";
import {
  Duration,
  PRODUCTION,
  Protected,
  Recoverable,
  Recovery,
  ServiceGraph,
  Signals,
  Watchable,
} from "../../lib/core";
import { Postgres, RestoreSite, Table } from "../../lib/data";
import { Backups, CorruptionObjective, Objective, Objectives } from "../../lib/recovery";
import { Strategy, provide, twoRegions } from "../../lib/stack";
import { LoadBalancer, RegionFailover, Routing } from "../../lib/traffic";
import { Verdict } from "../../lib/review/manifest";
import { inFolder, network, read } from "../synth";

/**
 * Services of different shape, each reckoned by hand in the comment above it, and judged through nothing but what a user
 * writes. An objective that is met to the second must be kept, and one that is a second too short must not.
 */

const DOMAIN = { name: "orders.example.com", zoneId: "Z0123456789ABCDEFGHIJ", record: false };
const TOPIC = "arn:aws:sns:eu-west-1:111122223333:page";
const IMAGE = "ami-0a1b2c3d4e5f60718";
const SECOND = 1;
const MINUTE = 60;
const HOUR = 3600;

/** What is stated of one loss, and what it is stated of. */
interface Stated {
  readonly rto: number;
  readonly rpo: number;
}
type Build = (app: App, goal: Objective) => void;

const environment = {
  name: "prod",
  service: "orders",
  owner: "team",
  costCentre: "1",
  account: "111122223333",
  region: "eu-west-1",
  posture: { ...PRODUCTION, enforce: "warn" },
} as const;

function stackOf(app: App, region: string = environment.region): TerraformStack {
  const stack = new TerraformStack(app, "service");
  provide(stack, { ...environment, region });
  return stack;
}

function verdictOf(build: Build, { rto, rpo }: Stated): Verdict[] {
  return inFolder((outdir) => {
    const app = new App({ outdir });
    build(app, { rto: `${rto} seconds`, rpo: `${rpo} seconds` });
    app.synth();
    const { verdicts } = read(outdir, "service").manifest;
    return verdicts.filter(({ safeguard }) => safeguard === "recovery-objective");
  });
}

/** Just inside, and just outside of RTO and RPO. */
function reckonedByHand(build: Build, { rto, rpo }: Stated): void {
  expect(verdictOf(build, { rto, rpo })).toMatchObject([{ outcome: "kept" }]);
  expect(verdictOf(build, { rto: rto - SECOND, rpo })).toMatchObject([
    { outcome: "warned", message: expect.stringContaining(".rto' must be at least") as string },
  ]);
  if (rpo === 0) return;
  expect(verdictOf(build, { rto, rpo: rpo - SECOND })).toMatchObject([
    { outcome: "warned", message: expect.stringContaining(".rpo' must be at least") as string },
  ]);
}

/*
 * A web service that heals itself, and loses a zone. Nobody is asked: neither detection nor decision.
 *
 *   the database fails over to its standby                                  120 s
 *   then the fleet: the load balancer leaves out what fails, 3 × 10 + 5      35 s
 *   then the load balancer: the same, and DNS is kept for a minute           95 s
 *                                                                           250 s, nothing lost
 */
test("a web service over three zones that loses one", () => {
  const build: Build = (app, zone) => {
    const stack = stackOf(app);
    const database = new Postgres(stack, "database", { network: network() });
    const entrance = new LoadBalancer(stack, "entrance", { network: network(), domain: DOMAIN });
    const load = { peakRequestsPerSecond: 900, perInstance: 150 };
    const fleet = new Fleet(stack, "fleet", { network: network(), behind: entrance, image: IMAGE, load });
    new Objectives(stack, "objectives", {
      of: new ServiceGraph(stack, "graph", { entrance, runs: fleet, needs: [database] }),
      zone,
    });
  };
  reckonedByHand(build, { rto: 250, rpo: 0 });
});

/*
 * Workers whose database holds bad data. Workers hold none, so they do not come back: they were never gone.
 *
 *   bad data go unnoticed, as stated          2 h
 *   people decide, as assumed                15 min
 *   250 GiB are restored at 100 an hour    2.5 h
 *                                         4.75 h, and the 5 minutes until logs are uploaded
 */
test("workers whose database holds bad data", () => {
  const build: Build = (app, goal) => {
    const stack = stackOf(app);
    const database = new Postgres(stack, "database", { network: network(), storageGib: 250 });
    const metric = { namespace: "Own/Service", name: "BacklogPerInstance", statistic: "Average" };
    const scaleOn = { metric, target: 10 };
    const fleet = new Fleet(stack, "fleet", { network: network(), image: IMAGE, min: 3, scaleOn });
    const corruption: CorruptionObjective = { ...goal, detection: "2 hours" };
    new Objectives(stack, "objectives", {
      of: new ServiceGraph(stack, "graph", { runs: fleet, needs: [database] }),
      corruption,
    });
  };
  reckonedByHand(build, { rto: 4.75 * HOUR, rpo: 5 * MINUTE });
});

/*
 * A table of 33 GiB whose items were overwritten.
 *
 *   bad data go unnoticed, as stated     10 min
 *   people decide, as stated              5 min
 *   33 GiB are restored at 100 an hour   19 min 48 s
 *                                        34 min 48 s, and the 5 minutes of point-in-time recovery
 */
test("a table whose size is no round number", () => {
  const build: Build = (app, goal) => {
    const stack = stackOf(app);
    const table = new Table(stack, "table", { partitionKey: { name: "id", type: "S" }, sizeGib: 33 });
    const corruption: CorruptionObjective = { ...goal, detection: "10 minutes" };
    new Objectives(stack, "objectives", { of: table, corruption, decision: "5 minutes" });
  };
  reckonedByHand(build, { rto: 34 * MINUTE + 48, rpo: 5 * MINUTE });
});

/** Something that people bring back after the loss of a zone. */
class Part extends Construct implements Recoverable, Watchable {
  constructor(
    scope: Construct,
    id: string,
    private readonly takes: { readonly rto: Duration; readonly rpo?: Duration; readonly scaleUp?: Duration },
  ) {
    super(scope, id);
  }

  get recovers() {
    const figure = (value: Duration) => ({ value, basis: "assumed" as const, source: "the handbook" });
    const { rto, rpo = "0 seconds", scaleUp } = this.takes;
    const way: Recovery = {
      mechanism: "the handbook",
      rto: figure(rto),
      rpo: figure(rpo),
      selfHealing: false,
      ...(scaleUp && { scaleUp: figure(scaleUp) }),
    };
    return { zone: [way] };
  }

  get signals() {
    return {
      errors: {
        kind: "errors",
        means: "requests fail",
        measure: { metric: { namespace: "Own/Service", name: "Errors", statistic: "Sum" } },
        bad: "above",
        page: 0,
        breaches: "3 of 4",
      },
    } satisfies Signals;
  }
}

/*
 * A service that people bring back in an order: the index is built from the ledger, the work needs both, and the site waits
 * for the work. Two ways lead from the ledger to the work; the longer one counts, once.
 *
 *   the page of the site, 4 periods of a minute               4 min
 *   people decide, as stated                                 20 min
 *   ledger                                                   40 min
 *   index, which needs the ledger                            90 min
 *   (files, beside both                                     110 min: they end before the index does)
 *   work, 5 and 10 until it carries the load                 15 min
 *   site                                                      2 min
 *                                                           171 min, and the 7 minutes that files lose at most
 */
test("a service that people bring back in an order", () => {
  const build: Build = (app, zone) => {
    const stack = stackOf(app);
    const ledger = new Part(stack, "ledger", { rto: "40 minutes", rpo: "3 minutes" });
    const index = new Part(stack, "index", { rto: "90 minutes" });
    const files = new Part(stack, "files", { rto: "110 minutes", rpo: "7 minutes" });
    const work = new Part(stack, "work", { rto: "5 minutes", scaleUp: "10 minutes" });
    const site = new Part(stack, "site", { rto: "2 minutes" });
    const alarms = new Alarms(stack, "alarms", { notify: { page: TOPIC, ticket: TOPIC } });
    for (const part of [ledger, index, files, work, site]) alarms.watch(part);
    const search = new ServiceGraph(stack, "search", { runs: index, needs: [ledger] });
    const of = new ServiceGraph(stack, "graph", { entrance: site, runs: work, needs: [search, ledger, files] });
    new Objectives(stack, "objectives", { of, zone, decision: "20 minutes" });
  };
  reckonedByHand(build, { rto: 171 * MINUTE, rpo: 7 * MINUTE });
});

/*
 * A warm standby whose data are restored, and the way of DNS to it.
 *
 *   the health check outside, 3 × 10, and the alarm on it, 2 × 60                   150 s
 *   people decide, as stated                                                        300 s
 *   60 GiB are restored at 100 an hour                                             2160 s
 *   the fleet grows: 3 × 10 + 5 to see, 120 to launch, 180 to warm up               335 s
 *   the load balancer there sees it, 3 × 10 + 5                                      35 s
 *   DNS: 3 checks, 10 apart, and a minute in which answers are kept                  90 s
 *                                                                                  3070 s, and 10 minutes of the newest data
 */
test("a warm standby whose data are restored when the region is lost", () => {
  const there = {
    vpcId: "vpc-2",
    zones: Object.fromEntries(
      ["a", "b", "c"].map((letter) => [`eu-central-1${letter}`, { public: `p-${letter}`, private: `s-${letter}` }]),
    ),
  };
  const serving = (stack: TerraformStack, at: ReturnType<typeof network> | typeof there, share: number) => {
    const entrance = new LoadBalancer(stack, "entrance", { network: at, domain: DOMAIN });
    const load = { peakRequestsPerSecond: 900 * share, perInstance: 150 };
    const warmUp = "3 minutes";
    const fleet = new Fleet(stack, "fleet", { network: at, behind: entrance, image: IMAGE, load, warmUp, max: 18 });
    return { entrance, fleet };
  };
  const build: Build = (app, region) => {
    const standby = { region: "eu-central-1" };
    const strategy = Strategy.warmStandby({ share: 0.5 });
    const made = twoRegions(
      app,
      { name: "orders", environment, standby, strategy },
      (stack) => {
        const replicateBackupsTo = standby.region;
        const database = new Postgres(stack, "database", { network: network(), storageGib: 60, replicateBackupsTo });
        const { entrance, fleet } = serving(stack, network(), 1);
        const graph = new ServiceGraph(stack, "graph", { entrance, runs: fleet, needs: [database] });
        return { database, entrance, graph };
      },
      (stack, { share }, { database }) => {
        new RestoreSite(stack, "database", { of: database, network: there });
        return serving(stack, there, share);
      },
    );
    const stack = stackOf(app, standby.region);
    const { name, zoneId } = DOMAIN;
    const failover = new RegionFailover(stack, "failover", {
      domain: { name, zoneId },
      endpoints: { "eu-west-1": made.primary.entrance, "eu-central-1": made.standby!.entrance },
      routing: Routing.failover("eu-west-1"),
      waiting: ["eu-central-1"],
    });
    const of = new ServiceGraph(stack, "graph", { runs: failover, needs: [made.primary.graph] });
    new Objectives(stack, "objectives", { of, region, decision: "5 minutes" });
  };
  reckonedByHand(build, { rto: 3070, rpo: 10 * MINUTE });
});

/*
 * Two regions that both serve, and a table that both write. The health checks move requests; nobody is asked.
 *
 *   DNS: 3 checks, 10 apart, and a minute in which answers are kept    90 s, and the 5 seconds that a replica is behind
 */
test("two regions that both serve, when one is lost", () => {
  const build: Build = (app, region) => {
    const serving = (stack: TerraformStack) =>
      new LoadBalancer(stack, "entrance", { network: network(), domain: DOMAIN });
    const made = twoRegions(
      app,
      { name: "orders", environment, standby: { region: "eu-central-1" }, strategy: Strategy.activeActive() },
      (stack) => {
        const partitionKey = { name: "id", type: "S" } as const;
        const table = new Table(stack, "table", { partitionKey, replicas: ["eu-central-1"] });
        return { entrance: serving(stack), table };
      },
      (stack) => serving(stack),
    );
    const stack = stackOf(app, "us-east-1");
    const failover = new RegionFailover(stack, "failover", {
      domain: { name: DOMAIN.name, zoneId: DOMAIN.zoneId },
      endpoints: { "eu-west-1": made.primary.entrance, "eu-central-1": made.standby! },
      routing: Routing.latency(),
    });
    const { entrance, table } = made.primary;
    const served = new ServiceGraph(stack, "served", { runs: entrance, needs: [table] });
    const of = new ServiceGraph(stack, "graph", { runs: failover, needs: [served] });
    new Objectives(stack, "objectives", { of, region });
  };
  reckonedByHand(build, { rto: 90, rpo: 5 });
});

/** Something that holds data and has no way back of its own. */
class Archive extends Construct implements Recoverable {
  readonly recovers = {};
  readonly protects: readonly Protected[] = [
    { type: "EFS", arn: "arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-1", backUp: true, by: [] },
  ];
}

/*
 * An archive that comes back from nothing but copies of its backups. The critical tier takes snapshots at 0, 1 and from 6 on
 * every hour: the longest time between two is from 1 to 6.
 *
 *   no alarm outlives the region: somebody notices, as assumed    15 min
 *   people decide, as assumed                                     15 min
 *   a restore, as assumed of what declares none                    4 h
 *                                                                4.5 h, and 5 hours between snapshots with one for the copy
 */
test("an archive that comes back from copies of its backups", () => {
  const build: Build = (app, region) => {
    const stack = stackOf(app);
    const archive = new Archive(stack, "archive");
    new Backups(stack, "backups", { of: [archive], tier: "critical", copyTo: "eu-central-1" });
    new Objectives(stack, "objectives", { of: archive, region });
  };
  reckonedByHand(build, { rto: 4.5 * HOUR, rpo: 6 * HOUR });
});
