import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { ImageReplication, ImageRepository } from "../../lib/compute";
import {
  PRODUCTION,
  Protected,
  Recoverable,
  Recoveries,
  Scalable,
  ServiceGraph,
  isWatchable,
  waive,
} from "../../lib/core";
import { Objectives } from "../../lib/recovery";
import { Secret } from "../../lib/security";
import { Here, Strategy, TwoRegionsProps, twoRegions } from "../../lib/stack";
import { inFolder, read } from "../synth";

const environment = {
  name: "prod",
  service: "orders",
  owner: "team",
  costCentre: "1",
  account: "333333333333",
  region: "eu-west-1",
  posture: PRODUCTION,
};

/** Something that serves, holds nothing, and replaces what it lost in five minutes. */
class Server extends Construct implements Recoverable {
  get recovers(): Recoveries {
    const source = "the handbook";
    const again = {
      mechanism: "replacement",
      rto: { value: "5 minutes", basis: "configured", source },
      rpo: { value: "0 seconds", basis: "configured", source },
      selfHealing: true,
    } as const;
    return { instance: [again] };
  }
}

/** The same, which says how it grows. */
class GrowingServer extends Server implements Scalable {
  readonly grows = { value: "8 minutes", basis: "measured", source: "a load test" } as const;
}

/** Something that holds data, with or without a replica elsewhere. */
class Store extends Construct implements Recoverable {
  readonly protects: readonly Protected[] = [{ type: "Store", arn: "arn:aws:store:1", backUp: true, by: [] }];
  replica = false;

  get recovers(): Recoveries {
    const source = "the handbook";
    if (!this.replica) return {};
    const promoted = {
      mechanism: "promotion of the replica",
      rto: { value: "2 minutes", basis: "vendor-typical", source },
      rpo: { value: "5 seconds", basis: "vendor-typical", source },
      selfHealing: false,
    } as const;
    return { region: [promoted] };
  }
}

interface Made {
  readonly stack: TerraformStack;
  readonly server: Server;
}

type Fill = (stack: TerraformStack, here: Here) => void;

/** Synthesizes a service in two regions; both manifests and plans, by stack. */
function built(props: Partial<TwoRegionsProps> = {}, more: Fill = () => undefined, enforce: "fail" | "warn" = "warn") {
  return inFolder((outdir) => {
    const app = new App({ outdir });
    const seen: Here[] = [];
    const pair = twoRegions(
      app,
      {
        name: "orders-prod",
        environment: { ...environment, posture: { ...PRODUCTION, enforce } },
        standby: { region: "eu-central-1" },
        strategy: Strategy.warmStandby({ share: 0.5 }),
        ...props,
      },
      (stack, here): Made => {
        seen.push(here);
        more(stack, here);
        return { stack, server: new Server(stack, "server") };
      },
    );
    app.synth();
    const names = [pair.primary, pair.standby].flatMap((made) => (made ? [made.stack.node.id] : []));
    return { seen, names, plans: names.map((name) => read(outdir, name)) };
  });
}

const regionWays = (result: ReturnType<typeof built>) =>
  (result.plans[0].manifest.constructs.find(({ is }) => is === "Server")?.recovers?.region ?? []) as Config[];
type Config = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- manifests are data

test("each region is a stack of its own, in its region, made for its share", () => {
  const { seen, names, plans } = built();
  expect(names).toEqual(["orders-prod", "orders-prod-eu-central-1"]);
  expect(seen).toEqual([
    { region: "eu-west-1", role: "primary", share: 1 },
    { region: "eu-central-1", role: "standby", share: 0.5 },
  ]);
  expect(plans.map(({ manifest }) => manifest.place?.region)).toEqual(["eu-west-1", "eu-central-1"]);
});

test.each<[string, Strategy, object]>([
  [
    "a warm standby serves at once and grows to the load",
    Strategy.warmStandby({ share: 0.5 }),
    {
      mechanism: "warm standby in eu-central-1",
      rto: { value: "0 seconds" },
      scaleUp: { value: "5 minutes" },
      selfHealing: true,
    },
  ],
  [
    "active in both regions, nothing has to grow",
    Strategy.activeActive(),
    { mechanism: "active in both regions in eu-central-1", rto: { value: "0 seconds" }, selfHealing: true },
  ],
  [
    "a pilot light is switched on by people, and grows",
    Strategy.pilotLight(),
    {
      mechanism: "pilot light in eu-central-1",
      rto: { value: "10 minutes" },
      scaleUp: { value: "5 minutes" },
      selfHealing: false,
    },
  ],
  [
    "without a standby, the plans are applied again",
    Strategy.backupAndRestore(),
    { mechanism: "rebuild from the plans in eu-central-1", rto: { value: "1 hour" }, selfHealing: false },
  ],
])("%s", (_, strategy, way) => {
  const ways = regionWays(built({ strategy }));
  expect(ways).toMatchObject([way]);
  if (strategy.name === "active-active") expect(ways[0]).not.toHaveProperty("scaleUp");
});

test.each<[string, Strategy, string]>([
  ["a warm standby grows as its counterpart says", Strategy.warmStandby({ share: 0.5 }), "8 minutes"],
  ["what is switched on need not wait until scaling acts", Strategy.pilotLight(), "5 minutes"],
])("%s", (_, strategy, scaleUp) => {
  const { plans } = built({ strategy }, (stack) => new GrowingServer(stack, "growing"));
  const growing = plans[0].manifest.constructs.find(({ is }) => is === "GrowingServer");
  expect(growing?.recovers?.region).toMatchObject([{ scaleUp: { value: scaleUp } }]);
});

test.each<[string, Strategy, string[]]>([
  ["a secret that is made anew is empty: that is no way back", Strategy.backupAndRestore(), []],
  [
    "a secret that stands ready has what it holds",
    Strategy.warmStandby({ share: 0.5 }),
    ["warm standby in eu-central-1"],
  ],
])("%s", (_, strategy, mechanisms) => {
  const { plans } = built(
    { strategy },
    (stack) => new Secret(stack, "token", { description: "what others know us by" }),
  );
  const token = plans[0].manifest.constructs.find(({ is }) => is === "Secret");
  const ways = (token?.recovers?.region ?? []) as readonly { readonly mechanism: string }[];
  expect(ways.map(({ mechanism }) => mechanism)).toEqual(mechanisms);
});

test("without a standby there is one stack", () => {
  expect(built({ strategy: Strategy.backupAndRestore() }).names).toEqual(["orders-prod"]);
});

test("what has no counterpart gets no way back from it", () => {
  const result = built({}, (stack, { role }) => role === "primary" && new Server(stack, "report"));
  const report = result.plans[0].manifest.constructs.find(({ path }) => path === "orders-prod/report");
  expect(report?.recovers).not.toHaveProperty("region");
});

test("data does not come back by a standby: it needs a copy there", () => {
  const region = { rto: "30 minutes", rpo: "5 seconds" } as const;
  const { plans } = built({}, (stack, { role }) => {
    const front = new Server(stack, "front");
    const store = new Store(stack, "store");
    if (role !== "primary") return;
    new Objectives(stack, "objectives", {
      of: new ServiceGraph(stack, "orders", { runs: front, needs: [store] }),
      region,
    });
  });
  const [verdict] = plans[0].manifest.verdicts.filter(({ safeguard }) => safeguard === "recovery-objective");
  expect(verdict.message).toContain("'region' must have a way back for orders-prod/store, got nothing");
});

test("a standby judged with its data: noticed, decided, promoted, taken over", () => {
  const { plans } = built({}, (stack, { role }) => {
    const front = new Server(stack, "front");
    const store = new Store(stack, "store");
    store.replica = true;
    if (role !== "primary") return;
    const of = new ServiceGraph(stack, "orders", { runs: front, needs: [store] });
    new Objectives(stack, "objectives", {
      of,
      region: { rto: "40 minutes", rpo: "5 seconds", detection: "5 minutes" },
    });
  });
  const verdict = plans[0].manifest.verdicts.find(({ safeguard }) => safeguard === "recovery-objective");
  expect(verdict?.outcome).toBe("kept");
  // 5 to notice, 15 to decide, 2 to promote, 5 for the front to grow
  expect(verdict?.message).toContain("region: back after 27 minutes, losing 5 seconds");
});

test("fails where the state of the standby would be lost with the primary region", () => {
  const state = { bucket: "orders-prod-state" };
  const elsewhere = { region: "eu-central-1", state: { bucket: "orders-prod-state-2", region: "eu-central-1" } };
  expect(() => built({ environment: { ...environment, state } }, undefined, "fail")).toThrow(
    "'standby.state' must be kept in another region than eu-west-1, which may be lost, got \"eu-west-1\"",
  );
  expect(() => built({ environment: { ...environment, state }, standby: elsewhere })).not.toThrow();
});

test.each<[string, Partial<TwoRegionsProps>, string]>([
  ["one region", { standby: { region: "eu-west-1" } }, "app: 'standby.region' must be another region than the primary"],
  ["no region", { standby: { region: "frankfurt" } }, "app: 'standby.region' must be a region such as eu-central-1"],
  [
    "a standby without a share",
    { strategy: Strategy.warmStandby({ share: 0 }) },
    "'strategy.share' must be above 0 and below 1",
  ],
  [
    "a standby that is whole",
    { strategy: Strategy.warmStandby({ share: 1 }) },
    "'strategy.share' must be above 0 and below 1",
  ],
])("fails on %s", (_, props, message) => {
  expect(() => built(props)).toThrow(message);
});

test("a standby may be made of something else, and may know what of the primary is known at synthesis", () => {
  const made = inFolder((outdir) => {
    const app = new App({ outdir });
    const standby = { region: "eu-central-1" };
    const strategy = Strategy.warmStandby({ share: 0.5 });
    return twoRegions(
      app,
      { name: "orders-prod", environment, standby, strategy },
      (stack) => new Server(stack, "server").node.path,
      (stack, { role, share }, primary) => [stack.node.id, role, share, primary],
    );
  });
  expect(made).toEqual({
    primary: "orders-prod/server",
    standby: ["orders-prod-eu-central-1", "standby", 0.5, "orders-prod/server"],
  });
});

test.each([
  [Strategy.pilotLight(), "`cdktf deploy orders-prod-eu-central-1`"],
  [Strategy.backupAndRestore(), "`cdktf deploy orders-prod`"],
])("what people bring back says how", (strategy, command) => {
  expect((regionWays(built({ strategy }))[0].steps as string[]).join("\n")).toContain(command);
});

test("both regions start the images of one repository, each from its own registry", () => {
  const { verdicts, images, ways } = inFolder((outdir) => {
    const app = new App({ outdir });
    const standby = { region: "eu-central-1", state: { bucket: "orders-state", region: "eu-central-1" } };
    // A queue stands for whatever names an image.
    const starts = (stack: TerraformStack, uri: string) =>
      void new SqsQueue(stack, "tasks", { tags: { image: `${uri}:v7` } });
    twoRegions(
      app,
      { name: "orders-prod", environment, standby, strategy: Strategy.warmStandby({ share: 0.5 }) },
      (stack) => {
        const orders = new ImageRepository(stack, "images", { replicateTo: standby.region });
        new ImageReplication(stack, "replication", { of: [orders] });
        starts(stack, orders.uri);
        for (const each of stack.node.findAll().filter(isWatchable)) waive(each, "watched", { waived: "a test" });
        return orders;
      },
      (stack, { region }, orders) => starts(stack, orders.uriIn(region)),
    );
    app.synth();
    const [first, second] = ["orders-prod", "orders-prod-eu-central-1"].map((name) => read(outdir, name));
    return {
      verdicts: [...first.manifest.verdicts, ...second.manifest.verdicts],
      images: [first, second].map((plan) => plan.the(SqsQueue).tags.image as string),
      ways: first.manifest.constructs.find(({ is }) => is === "ImageRepository")?.recovers?.region as Config[],
    };
  });
  expect(images).toEqual([
    "333333333333.dkr.ecr.eu-west-1.amazonaws.com/orders-prod-images:v7",
    "333333333333.dkr.ecr.eu-central-1.amazonaws.com/orders-prod-images:v7",
  ]);
  const judged = ["image-replication", "standby-parity", "standby-independence"];
  const outcomes = verdicts.filter(({ safeguard }) => judged.includes(safeguard)).map(({ outcome }) => outcome);
  expect(outcomes).toEqual(["kept", "kept", "kept", "kept"]);
  expect(ways.map(({ mechanism }) => mechanism)).toEqual(["replicated images"]);
});
