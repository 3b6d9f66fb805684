import { App, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { Alarms } from "../../lib/alerting";
import { Fleet } from "../../lib/compute";
import { Duration, Protected, Recoverable, Recovery, ServiceGraph, Signals, Watchable } from "../../lib/core";
import { Aurora, Bucket, Cache, FileSystem, Postgres, Queue, RestoreSite, Table } from "../../lib/data";
import { Backups, CorruptionObjective, Objective, Objectives } from "../../lib/recovery";
import { Strategy, twoRegions } from "../../lib/stack";
import { LoadBalancer, RegionFailover, Routing } from "../../lib/traffic";
import { network } from "../synth";
import {
  Build,
  DOMAIN,
  HOUR,
  IMAGE,
  MINUTE,
  SECOND,
  THERE,
  TOPIC,
  Zonal,
  environment,
  reckonedByHand,
  stackOf,
  verdictOf,
} from "./by-hand";

/**
 * Services of different shape, each reckoned by hand in the comment above it, and judged through nothing but what a user
 * writes. An objective that is met to the second must be kept, and one that is a second too short must not.
 */

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
 *   the fleet grows: 180 over its target, 120 to launch, 180 to warm up             480 s
 *   the load balancer there sees it, 3 × 10 + 5                                      35 s
 *   DNS: 3 checks, 10 apart, and a minute in which answers are kept                  90 s
 *                                                                                  3215 s, and 10 minutes of the newest data
 */
test("a warm standby whose data are restored when the region is lost", () => {
  const serving = (stack: TerraformStack, at: ReturnType<typeof network> | typeof THERE, share: number) => {
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
        new RestoreSite(stack, "database", { of: database, network: THERE });
        return serving(stack, THERE, share);
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
  reckonedByHand(build, { rto: 3215, rpo: 10 * MINUTE });
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

const LOAD = { peakRequestsPerSecond: 900, perInstance: 150 };

/** What serves, in front of stores. */
function serving(stack: TerraformStack, needs: readonly Recoverable[]): ServiceGraph {
  const entrance = new LoadBalancer(stack, "entrance", { network: network(), domain: DOMAIN });
  const fleet = new Fleet(stack, "fleet", { network: network(), behind: entrance, image: IMAGE, load: LOAD });
  return new ServiceGraph(stack, "graph", { entrance, runs: fleet, needs });
}

/*
 * A shop that loses an instance of each. All of it heals by itself, the stores beside each other.
 *
 *   Aurora fails over to a reader, and the cache to a replica    60 s (the queue, 30 s, is back before)
 *   the load balancer leaves out the instance, 3 × 10 + 5        35 s
 *   what asks the load balancer sees the same                    35 s
 *                                                               130 s, nothing lost: the cache holds copies
 */
test("a shop that loses one instance of each", () => {
  const build: Build = (app, instance) => {
    const stack = stackOf(app);
    const of = serving(stack, [
      new Aurora(stack, "aurora", { network: network(), engine: "postgresql", readers: 1 }),
      new Cache(stack, "cache", { network: network(), nodeType: "cache.m7g.large", holds: "copies" }),
      new Queue(stack, "queue", { consumerTimeout: "1 minute", maxAge: "10 minutes", messagesPerSecond: 50 }),
    ]);
    new Objectives(stack, "objectives", { of, instance });
  };
  reckonedByHand(build, { rto: 130, rpo: 0 });
});

/*
 * The same, with a cache that holds what is nowhere else, and the loss of a zone.
 *
 *   Aurora and the cache          60 s
 *   the fleet                     35 s
 *   the load balancer, with DNS   95 s
 *                                190 s, and the 5 seconds that a replica of the cache may be behind
 */
test("a shop whose sessions are nowhere else, when it loses a zone", () => {
  const build: Build = (app, zone) => {
    const stack = stackOf(app);
    const of = serving(stack, [
      new Aurora(stack, "aurora", { network: network(), engine: "mysql", readers: 2 }),
      new Cache(stack, "cache", { network: network(), nodeType: "cache.m7g.large", holds: "data" }),
    ]);
    new Objectives(stack, "objectives", { of, zone });
  };
  reckonedByHand(build, { rto: 190, rpo: 5 });
});

/*
 * A diamond: both workers need the ledger, the site needs both. Suggestions are preferred, and wait for no one.
 *
 *   noticed, as stated    6 min
 *   decided               0 min
 *   ledger               40 min
 *   the slower worker    15 min (the other one 10)
 *   site                  2 min
 *                        63 min, and the 4 minutes of the ledger: not the day that suggestions may lose
 */
test("a diamond with a soft edge", () => {
  const build: Build = (app, goal) => {
    const stack = stackOf(app);
    const suggestions = new Zonal(stack, "suggestions", { rto: "10 hours", rpo: "1 day" });
    const of = new ServiceGraph(stack, "graph", {
      entrance: new Zonal(stack, "site", { rto: "2 minutes" }),
      runs: [new Zonal(stack, "mail", { rto: "10 minutes" }), new Zonal(stack, "work", { rto: "15 minutes" })],
      needs: [new Zonal(stack, "ledger", { rto: "40 minutes", rpo: "4 minutes" })],
      prefers: [{ on: suggestions, because: "nothing is suggested" }],
    });
    new Objectives(stack, "objectives", { of, zone: { ...goal, detection: "6 minutes" }, decision: "0 seconds" });
  };
  reckonedByHand(build, { rto: 63 * MINUTE, rpo: 4 * MINUTE });
});

/*
 * A service that needs another one needs its door: mail waits for accounts, and both for the same database.
 *
 *   database                100 s
 *   accounts: work, door     30 + 20 s
 *   mail: work, door         50 + 10 s
 *                           210 s, and 2 seconds of the database
 */
test("a service that needs another service, and the same database", () => {
  const build: Build = (app, zone) => {
    const stack = stackOf(app);
    const healing = (id: string, rto: Duration, rpo?: Duration) => new Zonal(stack, id, { rto, rpo, byItself: true });
    const database = healing("database", "100 seconds", "2 seconds");
    const accounts = new ServiceGraph(stack, "accounts", {
      entrance: healing("accounts-door", "20 seconds"),
      runs: healing("accounts-work", "30 seconds"),
      needs: [database],
    });
    const of = new ServiceGraph(stack, "mail", {
      entrance: healing("mail-door", "10 seconds"),
      runs: healing("mail-work", "50 seconds"),
      needs: [accounts, database],
    });
    new Objectives(stack, "objectives", { of, zone });
  };
  reckonedByHand(build, { rto: 210, rpo: 2 });
});

/*
 * A store with a quick way back that loses ten minutes, and a whole one that loses one. Nothing pages: 15 minutes to notice,
 * 15 to decide.
 *
 *   at most 10 minutes lost: 15 + 15 + 10 min    40 min
 *   at most one:             15 + 15 + 60 min    90 min
 */
test("two ways back, of which the quicker one loses more: one of them must keep both", () => {
  const build: Build = (app, zone) => {
    const stack = stackOf(app);
    const quick = { rto: "10 minutes", rpo: "10 minutes", mechanism: "quick" } as const;
    const whole = { rto: "1 hour", rpo: "1 minute", mechanism: "whole" } as const;
    new Objectives(stack, "objectives", { of: new Zonal(stack, "store", quick, whole), zone });
  };
  reckonedByHand(build, { rto: 90 * MINUTE, rpo: MINUTE });
  expect(verdictOf(build, { rto: 40 * MINUTE, rpo: 10 * MINUTE })).toMatchObject([{ outcome: "kept" }]);
  expect(verdictOf(build, { rto: 40 * MINUTE - SECOND, rpo: 10 * MINUTE })).toMatchObject([{ outcome: "warned" }]);
  // A second less, and only the whole way is left.
  expect(verdictOf(build, { rto: 40 * MINUTE, rpo: 10 * MINUTE - SECOND })).toMatchObject([
    { outcome: "warned", message: expect.stringContaining("zone.rto' must be at least 90 minutes") as string },
  ]);
});

/*
 * A store that heals by itself, or is brought back by hand in a minute: 15 + 15 + 1 = 31 minutes. What is sooner counts.
 */
test.each<[Duration, number]>([
  ["50 minutes", 31 * MINUTE],
  ["20 minutes", 20 * MINUTE],
])("a store that heals within %s, or is brought back by hand", (byItself, rto) => {
  const build: Build = (app, zone) => {
    const stack = stackOf(app);
    const heals = { rto: byItself, byItself: true, mechanism: "healing" };
    const of = new Zonal(stack, "store", heals, { rto: "1 minute", mechanism: "by hand" });
    new Objectives(stack, "objectives", { of, zone });
  };
  reckonedByHand(build, { rto, rpo: 0 });
});

/*
 * One part that people bring back is enough for all to be noticed and decided, once.
 *
 *   nothing pages              15 min
 *   decided, as assumed        15 min
 *   the database fails over     2 min
 *   the mill                   40 min
 *                              72 min
 */
test("a database that heals itself, and a mill that does not", () => {
  const build: Build = (app, zone) => {
    const stack = stackOf(app);
    const database = new Postgres(stack, "database", { network: network() });
    const runs = new Zonal(stack, "mill", { rto: "40 minutes" });
    new Objectives(stack, "objectives", { of: new ServiceGraph(stack, "graph", { runs, needs: [database] }), zone });
  };
  reckonedByHand(build, { rto: 72 * MINUTE, rpo: 0 });
});

/*
 * A database of 300 GiB with bad data, whose restores were measured at 90 and at 60 GiB an hour: the worst counts.
 *
 *   noticed, as stated      1 h
 *   decided, as assumed    15 min
 *   300 GiB at 60 an hour   5 h
 *                        6.25 h, and the 8 minutes that once were lost
 */
test("a database whose restores were measured", () => {
  const build: Build = (app, goal) => {
    const stack = stackOf(app);
    const of = new Postgres(stack, "database", { network: network(), storageGib: 300 });
    const corruption: CorruptionObjective = { ...goal, detection: "1 hour" };
    const record = { construct: "database", mechanism: "point-in-time restore", on: "2026-09-01", evidence: "a job" };
    const measured = [
      { ...record, gibPerHour: 90, rpo: "8 minutes" as const },
      { ...record, gibPerHour: 60, rpo: "3 minutes" as const },
    ];
    new Objectives(stack, "objectives", { of, corruption, measured });
  };
  reckonedByHand(build, { rto: 6.25 * HOUR, rpo: 8 * MINUTE });
});

/*
 * A web service whose failovers were measured: 40 and 45 seconds of the database, 20 of the load balancer.
 *
 *   the database, the worse of two                                 45 s
 *   the fleet, not measured                                        35 s
 *   the load balancer: no measurement gets below the minute of DNS 60 s
 *                                                                 140 s
 */
test("a web service whose failovers were measured, one of them below its floor", () => {
  const build: Build = (app, zone) => {
    const stack = stackOf(app);
    const of = serving(stack, [new Postgres(stack, "database", { network: network() })]);
    const record = (construct: string, mechanism: string, rto: Duration) => {
      return { construct, mechanism, rto, on: "2026-09-01", evidence: "a game day" };
    };
    const measured = [
      record("database", "Multi-AZ failover", "40 seconds"),
      record("database", "Multi-AZ failover", "45 seconds"),
      record("entrance", "DNS failover between zones", "20 seconds"),
    ];
    new Objectives(stack, "objectives", { of, zone, measured });
  };
  reckonedByHand(build, { rto: 140, rpo: 0 });
});

/*
 * Files that are replicated, and whose failover was measured: 8 minutes, losing 4. No alarm outlives the region.
 *
 *   noticed and decided, as assumed    15 + 15 min
 *   the failover                            8 min
 *                                          38 min, losing 4
 */
test("files whose failover to another region was measured", () => {
  const build: Build = (app, region) => {
    const stack = stackOf(app);
    const replicateTo = { region: "eu-central-1", network: THERE };
    const of = new FileSystem(stack, "files", { network: network(), replicateTo });
    const record = {
      construct: "files",
      mechanism: "failover to the replica",
      on: "2026-09-01",
      evidence: "a game day",
    };
    new Objectives(stack, "objectives", { of, region, measured: [{ ...record, rto: "8 minutes", rpo: "4 minutes" }] });
  };
  reckonedByHand(build, { rto: 38 * MINUTE, rpo: 4 * MINUTE });
});

/*
 * A cluster without a reader, which loses its zone: 15 to notice, 15 to decide, 10 to make a writer elsewhere; its storage
 * is in three zones.
 */
test("an Aurora without a reader", () => {
  const build: Build = (app, zone) => {
    const stack = stackOf(app);
    const of = new Aurora(stack, "aurora", { network: network(), engine: "mysql", readers: 0 });
    new Objectives(stack, "objectives", { of, zone });
  };
  reckonedByHand(build, { rto: 40 * MINUTE, rpo: 0 });
});

/*
 * A cluster with bad data that can be wound back: 20 minutes to notice, as stated, 15 to decide, 10 to wind it back, to the
 * second. A restore would lose 5 minutes, and take an hour.
 */
test("an Aurora that is wound back", () => {
  const build: Build = (app, goal) => {
    const stack = stackOf(app);
    const of = new Aurora(stack, "aurora", { network: network(), engine: "mysql", readers: 1, backtrack: "1 day" });
    const corruption: CorruptionObjective = { ...goal, detection: "20 minutes" };
    new Objectives(stack, "objectives", { of, corruption });
  };
  reckonedByHand(build, { rto: 45 * MINUTE, rpo: SECOND });
});

/*
 * Files whose account is lost, copied once a day to a vault of another one.
 *
 *   noticed and decided, as assumed    15 + 15 min
 *   400 GiB at 100 an hour                  4 h
 *                                         4.5 h, a day between two snapshots, and an hour for the copy
 */
test("files whose account is lost", () => {
  const build: Build = (app, account) => {
    const stack = stackOf(app);
    const of = new FileSystem(stack, "files", { network: network(), sizeGib: 400 });
    const copyToVault = "arn:aws:backup:eu-west-1:444455556666:backup-vault:bunker";
    new Backups(stack, "backups", { of: [of], tier: "standard", copyToVault });
    new Objectives(stack, "objectives", { of, account });
  };
  reckonedByHand(build, { rto: 4.5 * HOUR, rpo: 25 * HOUR });
});

/** A service in two regions by a strategy, with a store that has a way to the other one, and the name that leads there. */
function acrossRegions(
  strategy: Strategy,
  store: (stack: TerraformStack) => Recoverable,
  { interval, decision }: { interval?: "30 seconds"; decision?: Duration } = {},
): Build {
  const filled = (stack: TerraformStack, at: typeof THERE | ReturnType<typeof network>, share: number) => {
    const entrance = new LoadBalancer(stack, "entrance", { network: at, domain: DOMAIN });
    // What is switched off is one instance here: how many there are does not count, how one starts does.
    const load = { ...LOAD, peakRequestsPerSecond: Math.max(LOAD.perInstance, LOAD.peakRequestsPerSecond * share) };
    const image = at === THERE ? "ami-08192a3b4c5d6e7f0" : IMAGE;
    const fleet = new Fleet(stack, "fleet", {
      network: at,
      behind: entrance,
      image,
      load,
      warmUp: "3 minutes",
      max: 18,
    });
    return { entrance, fleet };
  };
  return (app: App, region: Objective) => {
    const { primary, standby } = twoRegions(
      app,
      { name: "orders", environment, standby: { region: "eu-central-1" }, strategy },
      (stack) => {
        const { entrance, fleet } = filled(stack, network(), 1);
        return { entrance, graph: new ServiceGraph(stack, "graph", { entrance, runs: fleet, needs: [store(stack)] }) };
      },
      (stack, { share }) => filled(stack, THERE, share).entrance,
    );
    const stack = stackOf(app, "us-west-2");
    const failover = new RegionFailover(stack, "failover", {
      domain: { name: DOMAIN.name, zoneId: DOMAIN.zoneId },
      endpoints: {
        "eu-west-1": primary.entrance,
        "eu-central-1": standby ?? { dnsName: "orders-2.eu-central-1.elb.amazonaws.com", zoneId: "Z215JYRZR1TBD5" },
      },
      routing: Routing.failover("eu-west-1"),
      health: { interval },
    });
    const of = new ServiceGraph(stack, "graph", { runs: failover, needs: [primary.graph] });
    new Objectives(stack, "objectives", { of, region, decision });
  };
}

/*
 * A pilot light with a global database, whose health is asked every 30 seconds.
 *
 *   the check outside, 3 × 30, and the alarm on it, 2 × 60                    210 s
 *   people decide, as stated                                                  600 s
 *   the global database fails over to the instance that waits                 300 s
 *   the fleet is switched on, and starts: 35 to see, 120 to launch, 180 warm  600 + 335 s
 *   the load balancer is switched on, and sees it                             600 + 35 s
 *   DNS: 3 checks, 30 apart, and a minute in which answers are kept           150 s
 *                                                                            2830 s, losing 5
 */
test("a pilot light with a global database", () => {
  const store = (stack: TerraformStack) => {
    const { stringValue: password } = new TerraformVariable(stack, "password", { type: "string", sensitive: true });
    const globalWith = { region: "eu-central-1", network: THERE };
    return new Aurora(stack, "aurora", { network: network(), engine: "postgresql", globalWith, password });
  };
  const build = acrossRegions(Strategy.pilotLight(), store, { interval: "30 seconds", decision: "10 minutes" });
  reckonedByHand(build, { rto: 2830, rpo: 5 });
});

/*
 * A warm standby for a quarter of the load, with a table that is written in two regions before it answers. Nobody is asked.
 *
 *   the fleet grows: 180 over its target, 120 to launch, 180 to warm up    480 s
 *   the load balancer there sees it                                         35 s
 *   DNS: 3 checks, 10 apart, and a minute                                   90 s
 *                                                                          605 s, nothing lost
 */
test("a warm standby with a strong table", () => {
  const store = (stack: TerraformStack) => {
    const replicas = ["eu-central-1", "eu-west-2"];
    return new Table(stack, "table", { partitionKey: { name: "id", type: "S" }, replicas, consistency: "strong" });
  };
  reckonedByHand(acrossRegions(Strategy.warmStandby({ share: 0.25 }), store), { rto: 605, rpo: 0 });
});

/*
 * Both regions serve, but people must turn the service to the bucket of the other name.
 *
 *   the check outside, 3 × 10, and the alarm on it, 2 × 60    150 s
 *   people decide, as assumed                                 900 s
 *   DNS                                                        90 s
 *                                                            1140 s, and the 15 minutes of replication time control
 */
test("two regions that both serve, with a bucket that people turn to", () => {
  const store = (stack: TerraformStack) => new Bucket(stack, "bucket", { replicateTo: "eu-central-1", sizeGib: 400 });
  reckonedByHand(acrossRegions(Strategy.activeActive(), store), { rto: 1140, rpo: 15 * MINUTE });
});

/*
 * Nothing stands in the other region but backups.
 *
 *   the check outside, and the alarm on it         150 s
 *   people decide, as assumed                      900 s
 *   80 GiB are restored at 100 an hour            2880 s
 *   the fleet and the load balancer are rebuilt   3600 + 3600 s
 *   DNS                                             90 s
 *                                                11220 s, and the 10 minutes that replicated backups are behind
 */
test("a service that is rebuilt from plans and backups", () => {
  const store = (stack: TerraformStack) =>
    new Postgres(stack, "database", { network: network(), storageGib: 80, replicateBackupsTo: "eu-central-1" });
  reckonedByHand(acrossRegions(Strategy.backupAndRestore(), store), { rto: 11_220, rpo: 10 * MINUTE });
});

/*
 * A detection that is stated: the alarm looks at 2 of 5 minutes, and CloudWatch once a minute, so it rings after three at
 * the soonest. Stated as three, 3 + 15 + 40 minutes.
 */
test("a stated detection counts as long as a page can keep it, and not a second less", () => {
  const build =
    (detection: Duration): Build =>
    (app, goal) => {
      const stack = stackOf(app);
      const mill = new Part(stack, "mill", { rto: "40 minutes" });
      const notify = { page: TOPIC, ticket: TOPIC };
      new Alarms(stack, "alarms", { notify }).watch(mill, { errors: { breaches: "2 of 5" } });
      const of = new ServiceGraph(stack, "graph", { runs: mill });
      new Objectives(stack, "objectives", { of, zone: { ...goal, detection } });
    };
  reckonedByHand(build("3 minutes"), { rto: 58 * MINUTE, rpo: 0 });
  expect(verdictOf(build("179 seconds"), { rto: 58 * MINUTE, rpo: 0 })).toMatchObject([
    { outcome: "warned", message: expect.stringContaining("zone.detection' must be at least 3 minutes") as string },
  ]);
});
