import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { App, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import * as lib from "../../lib";
import { setPlace } from "../../lib/core";
import { Cache, Postgres, Queue, Table } from "../../lib/data";
import { Network } from "../../lib/network";
import { inFolder, network, synth } from "../synth";
import { load } from "../tools";

const TOPIC = "arn:aws:sns:eu-west-1:111122223333:shop";
const queue = (stack: TerraformStack) => new Queue(stack, "queue");

const LIB = join(__dirname, "../../lib");

/** Every construct that can be imported, as a program without types may call it. */
const CONSTRUCTS = readdirSync(LIB, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(LIB, entry.name, "index.ts")))
  .flatMap(({ name }) => Object.values(load<Record<string, unknown>>(`../lib/${name}`)))
  .filter((each): each is new (...given: unknown[]) => Construct => {
    return typeof each === "function" && each.prototype instanceof Construct;
  });

/** Path, prop, rule and value: the one form of every refusal. */
const REFUSED = /^test\/it: '[\w.[\]-]+' must .+, got .+/;

/** What a program without types is told, or nothing where it works. */
function told(make: (stack: TerraformStack) => void): string | undefined {
  return inFolder((outdir) => {
    const stack = new TerraformStack(new App({ outdir }), "test");
    setPlace(stack, { account: "111122223333", region: "eu-west-1" });
    try {
      make(stack);
    } catch (error) {
      return (error as Error).message;
    }
    return undefined;
  });
}

test.each(CONSTRUCTS.map((each) => [each.name, each] as const))(
  "%s works without props, or says which it cannot do without",
  (_, Pattern) => {
    const bare = [undefined, {}].map((props) => told((stack) => new Pattern(stack, "it", props)));
    expect(bare).toEqual(bare.map((message) => (message === undefined ? undefined : expect.stringMatching(REFUSED))));
    expect(told((stack) => new Pattern(stack, "it", null))).toMatch(REFUSED);
  },
);

const BAD = { null: null, NaN: NaN } as unknown as Record<string, number>;

test.each([
  [
    "of a prop",
    "backupDays",
    (bad: number) => (stack: TerraformStack) => {
      new Postgres(stack, "it", { network: network(), backupDays: bad });
    },
  ],
  [
    "in an object",
    "onDemandLimit.reads",
    (bad: number) => (stack: TerraformStack) => {
      new Table(stack, "it", { partitionKey: { name: "id", type: "S" }, onDemandLimit: { reads: bad, writes: 1 } });
    },
  ],
  [
    "in a list",
    "zones[1]",
    (bad: number) => (stack: TerraformStack) => {
      new Network(stack, "it", { cidr: "10.0.0.0/16", zones: ["eu-west-1a", bad as unknown as string] });
    },
  ],
] as const)("fails where a value %s is none, and names it", (_, at, make) => {
  for (const [name, bad] of Object.entries(BAD)) {
    expect(told(make(bad))).toContain(`test/it: '${at}' must be a value, got ${name}`);
  }
});

const alarms = (stack: TerraformStack) => new lib.Alarms(stack, "alarms", { notify: { page: TOPIC, ticket: TOPIC } });

/** An objective on how long messages wait, with something else in place of one prop. */
function slo(stack: TerraformStack, wrong: Partial<ConstructorParameters<typeof lib.Slo>[2]>): void {
  const runs = queue(stack);
  const of = new lib.ServiceGraph(stack, "graph", { runs });
  const props = { objective: 99, of, indicator: runs.indicators.freshness, alarms: alarms(stack) };
  new lib.Slo(stack, "it", { ...props, ...wrong });
}

function fleet(stack: TerraformStack, wrong: Partial<lib.FleetProps>): void {
  new lib.Fleet(stack, "it", { network: network(), image: "ami-0a1b2c3d4e5f60718", ...wrong });
}

/** Values of the wrong kind, as a program without types may give them. */
const WRONG: Readonly<Record<string, (stack: TerraformStack) => void>> = {
  "network: ": (stack) => new lib.Postgres(stack, "it", { network: "vpc-1" as never }),
  "network.vpcId: {}": (stack) => new lib.Fleet(stack, "it", { network: {} as never, image: "ami-0a1b2c3d4e5f60718" }),
  "globalWith.network.vpcId: {}": (stack) =>
    new lib.Cache(stack, "it", { network: network(), globalWith: { region: "eu-central-1", network: {} as never } }),
  "needs[0]: ": (stack) => new lib.ServiceGraph(stack, "it", { runs: queue(stack), needs: ["database"] as never }),
  "entrance: ": (stack) => new lib.ServiceGraph(stack, "it", { entrance: {} as never, runs: queue(stack) }),
  "on: ": (stack) => new lib.Experiments(stack, "it", { on: "shop" as never, stopOn: [] }),
  "stopOn: ": (stack) =>
    new lib.Experiments(stack, "it", { on: new Postgres(stack, "db", { network: network() }), stopOn: "all" as never }),
  "of[0]: ": (stack) => new lib.Backups(stack, "it", { of: ["database"] as never }),
  "of: a list": (stack) => new lib.Incidents(stack, "it", { of: queue(stack) as never }),
  "hears[0]: ": (stack) => {
    const channel = lib.Channel.slack({ workspaceId: "T0123ABCD", channelId: "C0123ABCD" });
    new lib.Chat(stack, "it", { channel, hears: ["arn:aws:sns:eu-west-1:111122223333:tickets"] as never });
  },
  "channel: ": (stack) => new lib.Chat(stack, "it", { channel: "#shop" as never, hears: [] }),
  "notify.ticket: ": (stack) => new lib.Alarms(stack, "it", { notify: { page: TOPIC } as never }),
  "watch: ": (stack) => new lib.Alarms(stack, "it", { notify: { page: TOPIC, ticket: TOPIC } }).watch("queue" as never),
  "replicateBackupsTo: a token": (stack) => {
    const region = new TerraformVariable(stack, "region", { type: "string" }).stringValue;
    new lib.Postgres(stack, "it", { network: network(), replicateBackupsTo: region });
  },
  "of: the name of a service": (stack) => slo(stack, { of: "shop" as never }),
  "indicator: ": (stack) => slo(stack, { indicator: "availability" as never }),
  "alarms.notify: ": (stack) => slo(stack, { alarms: {} as never }),
  "of[0]: the name of an objective": (stack) =>
    new lib.ErrorBudget(stack, "it", { of: ["slo"] as never, alarms: alarms(stack) }),
  "of: a name": (stack) => new lib.Objectives(stack, "it", { of: "shop" as never }),
  "of.securityGroupId: no database": (stack) => {
    const load = { clients: 1, connectionsPerClient: 1 };
    new lib.ConnectionPool(stack, "it", { of: {} as never, network: network(), load });
  },
  "of.vaultArn: no backups": (stack) => new lib.BackupAudit(stack, "it", { of: {} as never }),
  "objectives.goals: ": (stack) => {
    new lib.BackupAudit(stack, "it", {
      of: { vaultArn: "arn:aws:backup:eu-west-1:111122223333:backup-vault:x", types: ["RDS"] } as never,
      objectives: {} as never,
    });
  },
  "scaleOn.metric: none": (stack) => fleet(stack, { scaleOn: { target: 5 } as never }),
  "spot.instanceTypes: none": (stack) => fleet(stack, { spot: { sharePercent: 50, waived: "a test" } as never }),
  "spot.instanceTypes: one": (stack) =>
    fleet(stack, { spot: { sharePercent: 50, instanceTypes: "m7g.large" as never } }),
  "userData: a list": (stack) => fleet(stack, { userData: ["#!/bin/sh"] as never }),
  "may[0].Action: none": (stack) => fleet(stack, { may: [{ Sid: "X", Effect: "Allow", Resource: "*" }] as never }),
  "warmUp: ": (stack) => fleet(stack, { warmUp: "soon" as never }),
  "tags.team: ": (stack) => fleet(stack, { tags: { team: 5 as never } }),
  "rootDevice: nothing": (stack) => fleet(stack, { rootDevice: "" }),
  "network.zones.eu-west-1a: ": (stack) => {
    const zones = { ...network().zones, "eu-west-1a": undefined as never };
    new Postgres(stack, "it", { network: { vpcId: "vpc-1", zones } });
  },
  "indicator.bad: nothing": (stack) => {
    const metric = { namespace: "Shop", name: "Orders", statistic: "Sum" };
    slo(stack, { indicator: { kind: "availability", counts: "orders", bad: [], total: [metric] } });
  },
  "of.pooled.maxConnections: fewer than none": (stack) => {
    const secret = { arn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf" };
    const pooled = { engine: "postgresql", target: { instance: "db" }, maxConnections: -1, secret } as const;
    const of = { securityGroupId: "sg-1", port: 5432, pooled };
    new lib.ConnectionPool(stack, "it", { of, network: network(), load: { clients: 1, connectionsPerClient: 1 } });
  },
  "windows: ": (stack) => slo(stack, { windows: "1 hour" as never }),
  "windows[0].spends: none": (stack) =>
    slo(stack, { windows: [{ urgency: "page", long: "1 hour", short: "5 minutes" } as never] }),
  "policy: ": (stack) => new lib.ErrorBudget(stack, "it", { of: [], alarms: alarms(stack), policy: {} as never }),
  "secrets: ": (stack) => {
    const of = new Postgres(stack, "db", { network: network() });
    const load = { clients: 1, connectionsPerClient: 1 };
    new lib.ConnectionPool(stack, "it", { of, network: network(), load, secrets: "arn" as never });
  },
  "of: a vault": (stack) => new lib.RestoreProof(stack, "it", { of: "vault" as never }),
  "prefers[0].because: none": (stack) => {
    const on = new Queue(stack, "mail");
    new lib.ServiceGraph(stack, "it", { runs: queue(stack), prefers: [{ on } as never] });
  },
  "runs: ": (stack) => new lib.ServiceGraph(stack, "it", { runs: "queue" as never }),
  "key: an alias": (stack) => new lib.SilentAlarms(stack, "it", { key: "alias/shop" }),
};

test.each(Object.entries(WRONG))("fails where a value is of the wrong kind: %s", (said, make) => {
  const message = told(make) ?? "";
  expect(message).toMatch(REFUSED);
  expect(message).toContain(`test/it: '${said.split(":")[0]}' must`);
});

const ENVIRONMENT: lib.Provided = {
  name: "prod",
  service: "shop",
  owner: "team-shop",
  costCentre: "retail",
  account: "111122223333",
  region: "eu-west-1",
};

const regions = (stack: TerraformStack, wrong: object, make: unknown = () => undefined) => {
  const standby = { region: "eu-central-1" };
  const props = { name: "shop", environment: ENVIRONMENT, standby, strategy: lib.Strategy.pilotLight() };
  lib.twoRegions(stack.node.root as App, { ...props, ...wrong }, make as never);
};

/** What functions and methods are told, and what they say of it. */
const TOLD: Readonly<Record<string, (stack: TerraformStack) => void>> = {
  "provide: 'stack' must be a construct, got nothing": () => lib.provide(undefined as never, ENVIRONMENT),
  "test: 'environment' must be a Provided: {": (stack) => lib.provide(stack, "prod" as never),
  "test: 'account' must be a text, got 111122223333": (stack) =>
    lib.provide(stack, { ...ENVIRONMENT, account: 111122223333 as never }),
  "test: 'posture.deletionProtection' must be true or false, got \"yes\"": (stack) =>
    lib.provide(stack, { ...ENVIRONMENT, posture: { ...lib.PRODUCTION, deletionProtection: "yes" as never } }),
  "test: 'state.bucket' must be given": (stack) => lib.provide(stack, { ...ENVIRONMENT, state: {} as never }),
  "test: 'tags.team' must be a text, got 5": (stack) =>
    lib.provide(stack, { ...ENVIRONMENT, tags: { team: 5 as never } }),
  "waive: 'construct' must be a construct, got \"db\"": () => lib.waive("db" as never, "watched", { waived: "a test" }),
  "test/queue: 'waiver' must be a Waiver: { waived }, got nothing": (stack) =>
    lib.waive(queue(stack), "watched", undefined as never),
  "test/queue: 'waived' must be a text, got true": (stack) =>
    lib.waive(queue(stack), "watched", { waived: true as never }),
  "twoRegions: 'props' must be a TwoRegionsProps: {": (stack) =>
    lib.twoRegions(stack.node.root as App, undefined as never, () => undefined),
  "'standby.region' must be given": (stack) => regions(stack, { standby: {} }),
  "'strategy' must be a Strategy": (stack) => regions(stack, { strategy: "pilot light" }),
  "twoRegions: 'make' must be a function, got 5": (stack) => regions(stack, {}, 5),
  "test/queue: 'oldestMessage.page' must be a number, got \"soon\"": (stack) =>
    alarms(stack).watch(queue(stack), { oldestMessage: { page: "soon" as never } }),
  "test/queue: 'tunings' must be an object, each part under its name, got 5": (stack) =>
    alarms(stack).watch(queue(stack), 5 as never),
  "test/alarms: 'watch' must be a Watchable: a construct with signals": (stack) =>
    alarms(stack).watch(stack.node as never),
  "ObjectLock.compliance: 'terms' must be { days }, got nothing": () => lib.ObjectLock.compliance(undefined as never),
  "VaultLock.compliance: 'terms' must be { coolOffDays }, got nothing": () =>
    lib.VaultLock.compliance(undefined as never),
  "Channel.slack: 'workspaceId' must be given": () => lib.Channel.slack({} as never),
};

test.each(Object.entries(TOLD))("fails with %s", (said, tell) => {
  expect(told(tell)).toContain(said);
});

test("what is known only after apply passes", () => {
  const { json } = synth((stack) => {
    const later = new TerraformVariable(stack, "later", { type: "string" });
    new Queue(stack, "queue", { maxDeliveries: later.numberValue, key: later.stringValue });
    new Cache(stack, "cache", { network: { ...network(), vpcId: later.stringValue } });
  });
  expect(JSON.stringify(json.resource)).not.toMatch(/null|NaN/);
});
