import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { App, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import * as lib from "../../lib";
import { setPlace } from "../../lib/core";
import { Cache, Postgres, Queue, Table } from "../../lib/data";
import { Network } from "../../lib/network";
import { inFolder, network, synth } from "../synth";

const TOPIC = "arn:aws:sns:eu-west-1:111122223333:shop";
const queue = (stack: TerraformStack) => new Queue(stack, "queue");

const LIB = join(__dirname, "../../lib");

/** Every construct that can be imported, as a program without types may call it. */
const CONSTRUCTS = readdirSync(LIB, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(LIB, entry.name, "index.ts")))
  .flatMap(({ name }) => Object.values(jest.requireActual<Record<string, unknown>>(`../../lib/${name}`)))
  .filter((each): each is new (...given: unknown[]) => Construct => {
    return typeof each === "function" && each.prototype instanceof Construct;
  });

/** Path, prop, rule and value: the one form of every refusal. */
const REFUSED = /^test\/it: '[\w.[\]]+' must .+, got .+/;

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

/** Values of the wrong kind, as a program without types may give them. */
const WRONG: Readonly<Record<string, (stack: TerraformStack) => void>> = {
  "network: ": (stack) => new lib.Postgres(stack, "it", { network: "vpc-1" as never }),
  "network: {}": (stack) => new lib.Fleet(stack, "it", { network: {} as never, image: "ami-0a1b2c3d4e5f60718" }),
  "globalWith.network: {}": (stack) =>
    new lib.Cache(stack, "it", { network: network(), globalWith: { region: "eu-central-1", network: {} as never } }),
  "needs: ": (stack) => new lib.ServiceGraph(stack, "it", { runs: queue(stack), needs: ["database"] as never }),
  "entrance: ": (stack) => new lib.ServiceGraph(stack, "it", { entrance: {} as never, runs: queue(stack) }),
  "on: ": (stack) => new lib.Experiments(stack, "it", { on: "shop" as never, stopOn: [] }),
  "stopOn: ": (stack) =>
    new lib.Experiments(stack, "it", { on: new Postgres(stack, "db", { network: network() }), stopOn: "all" as never }),
  "of: ": (stack) => new lib.Backups(stack, "it", { of: ["database"] as never }),
  "of: a list": (stack) => new lib.Incidents(stack, "it", { of: queue(stack) as never }),
  "hears: ": (stack) => {
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
  "alarms: ": (stack) => slo(stack, { alarms: {} as never }),
  "of: the name of an objective": (stack) =>
    new lib.ErrorBudget(stack, "it", { of: ["slo"] as never, alarms: alarms(stack) }),
  "of: a name": (stack) => new lib.Objectives(stack, "it", { of: "shop" as never }),
  "of: no database": (stack) => {
    const load = { clients: 1, connectionsPerClient: 1 };
    new lib.ConnectionPool(stack, "it", { of: {} as never, network: network(), load });
  },
  "of: no backups": (stack) => new lib.BackupAudit(stack, "it", { of: {} as never }),
  "objectives: ": (stack) => {
    new lib.BackupAudit(stack, "it", { of: { vaultArn: "", types: ["RDS"] } as never, objectives: {} as never });
  },
  "key: an alias": (stack) => new lib.SilentAlarms(stack, "it", { key: "alias/shop" }),
};

test.each(Object.entries(WRONG))("fails where a value is of the wrong kind: %s", (said, make) => {
  const message = told(make) ?? "";
  expect(message).toMatch(REFUSED);
  expect(message).toContain(`test/it: '${said.split(":")[0]}' must`);
});

test("what is known only after apply passes", () => {
  const { json } = synth((stack) => {
    const later = new TerraformVariable(stack, "later", { type: "string" });
    new Queue(stack, "queue", { maxDeliveries: later.numberValue, key: later.stringValue });
    new Cache(stack, "cache", { network: { ...network(), vpcId: later.stringValue } });
  });
  expect(JSON.stringify(json.resource)).not.toMatch(/null|NaN/);
});
