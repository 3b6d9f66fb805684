import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { App, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { Cache, Postgres, Queue, Table } from "../../lib/data";
import { Network } from "../../lib/network";
import { setPlace } from "../../lib/core";
import { inFolder, network, synth } from "../synth";

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

test("what is known only after apply passes", () => {
  const { json } = synth((stack) => {
    const told = new TerraformVariable(stack, "told", { type: "string" });
    new Queue(stack, "queue", { maxDeliveries: told.numberValue, key: told.stringValue });
    new Cache(stack, "cache", { network: { ...network(), vpcId: told.stringValue } });
  });
  expect(JSON.stringify(json.resource)).not.toMatch(/null|NaN/);
});
