import { EcrReplicationConfiguration } from "@cdktf/provider-aws/lib/ecr-replication-configuration";
import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { ImageReplication, ImageReplicationProps, ImageRepository, ImageRepositoryProps } from "../../lib/compute";
import { setPlace } from "../../lib/core";
import { Config, inFolder, synth, synthAll } from "../synth";

const THERE = "eu-central-1";
const ACCOUNT = "111122223333";

/** Repositories by name, each with a replica in the region that is told. */
function made(scope: Construct, names: Record<string, ImageRepositoryProps["replicateTo"]>) {
  return Object.entries(names).map(
    ([name, replicateTo]) => new ImageRepository(scope, name.replaceAll("/", "-"), { name, replicateTo }),
  );
}

function replicated(
  names: Record<string, ImageRepositoryProps["replicateTo"]>,
  also?: ImageReplicationProps["also"],
  more: (scope: Construct) => void = () => undefined,
) {
  return synth((scope) => {
    new ImageReplication(scope, "replication", { of: made(scope, names), also });
    more(scope);
  });
}

/** What is replicated to each region, rule by rule. */
const rulesOf = (stack: ReturnType<typeof synth>) =>
  (stack.the(EcrReplicationConfiguration).replication_configuration.rule as Config[]).map(
    ({ destination: [{ region, registry_id }], repository_filter }) => {
      expect(registry_id).toBe(ACCOUNT);
      return [
        region,
        (repository_filter as Config[]).map(({ filter, filter_type }) => {
          expect(filter_type).toBe("PREFIX_MATCH");
          return filter as string;
        }),
      ];
    },
  );

test("the registry sends images to the replicas of its repositories, a rule a region", () => {
  const stack = replicated({ workers: "us-east-1", orders: THERE, bills: THERE });
  expect(rulesOf(stack)).toEqual([
    [THERE, ["bills", "orders"]],
    ["us-east-1", ["workers"]],
  ]);
});

test("it waits until the replicas are there, which ECR would make otherwise", () => {
  const { depends_on } = replicated({ orders: THERE, bills: THERE }).the(EcrReplicationConfiguration);
  expect(depends_on).toEqual([
    expect.stringMatching(/^aws_ecr_repository\.orders_replica_/),
    expect.stringMatching(/^aws_ecr_repository\.bills_replica_/),
  ]);
});

test("what is replicated already stays in the list, and nothing is said twice", () => {
  const also = { [THERE]: ["legacy/", "orders-old", "orders"], "us-east-1": ["legacy/"] };
  expect(rulesOf(replicated({ orders: THERE }, also))).toEqual([
    [THERE, ["legacy/", "orders"]],
    ["us-east-1", ["legacy/"]],
  ]);
});

test("more names than a rule takes are two rules", () => {
  const names = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`a${index + 100}-b`, THERE]));
  expect(rulesOf(replicated(names)).map(([, filters]) => filters.length)).toEqual([100, 1]);
});

test("repositories of another stack are named, not referred to, and are there before", () => {
  let images!: ImageRepository;
  let registry!: TerraformStack;
  const { registry: plan } = synthAll({
    orders: (stack) => (images = new ImageRepository(stack, "images", { replicateTo: THERE })),
    registry: (stack) => {
      registry = stack;
      new ImageReplication(stack, "replication", { of: [images] });
    },
  });
  expect(rulesOf(plan)).toEqual([[THERE, ["orders-images"]]]);
  expect(plan.the(EcrReplicationConfiguration).depends_on).toEqual([]);
  expect(plan.json).not.toHaveProperty("data");
  expect(registry.dependencies.map(({ node }) => node.id)).toEqual(["orders"]);
});

test("a registry of another account or region has a replication of its own", () => {
  const both = inFolder((outdir) => {
    const app = new App({ outdir });
    return ["eu-west-1", "us-west-2"].map((region) => {
      const stack = new TerraformStack(app, `images-${region}`);
      setPlace(stack, { account: ACCOUNT, region });
      return new ImageReplication(stack, "replication", { of: made(stack, { [`orders-${region}`]: THERE }) });
    });
  });
  expect(both).toHaveLength(2);
});

test("fails on a second one for the same registry, in whatever stack: the last one written would stay", () => {
  const twice = () =>
    synthAll({
      first: (stack) => void new ImageReplication(stack, "replication", { of: made(stack, { orders: THERE }) }),
      second: (stack) => void new ImageReplication(stack, "replication", { of: made(stack, { bills: THERE }) }),
    });
  expect(twice).toThrow(
    "second/replication: 'ImageReplication' must be made once for 111122223333/eu-west-1, got \"made by first/replication\"",
  );
});

test("fails where a name begins like another one that has no replica there", () => {
  expect(() =>
    replicated({ orders: THERE }, undefined, (scope) => void new ImageRepository(scope, "b", { name: "orders-web" })),
  ).toThrow(
    `test/replication: 'of' must select no repository without a replica in eu-central-1, as test/b is by "orders", got "orders-web"; give it replicateTo: "eu-central-1", or a name that does not begin so`,
  );
  expect(() => replicated({ orders: THERE, "orders-web": "us-east-1" })).toThrow("as test/orders-web is by");
  expect(() => replicated({ orders: THERE, "orders-web": THERE })).not.toThrow();
});

/** Regions that there are enough of. */
const FAR = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"].map((letter) => `e${letter}-west-1`);

test.each<[string, (scope: Construct) => ImageReplicationProps, string]>([
  ["nothing to replicate", () => ({ of: [] }), "'of' must name at least one repository, got []"],
  [
    "a repository that stays in its region",
    (scope) => ({ of: made(scope, { orders: undefined }) }),
    `'of' must have a replica, got "test/orders"; make it with replicateTo: "<region>", or leave it out`,
  ],
  [
    "a repository that is named twice",
    (scope) => {
      const [orders] = made(scope, { orders: THERE });
      return { of: [orders, orders] };
    },
    "'of' must name each repository once",
  ],
  [
    "a repository of another registry",
    (scope) => {
      const other = new TerraformStack(scope.node.root, "other");
      setPlace(other, { account: ACCOUNT, region: "us-west-2" });
      return { of: made(other, { orders: THERE }) };
    },
    `'of' must be a repository of 111122223333/eu-west-1, got "other/orders of 111122223333/us-west-2"`,
  ],
  ["its own region", () => ({ of: [], also: { "eu-west-1": ["legacy/"] } }), "'also' must be another region"],
  ["a region without names", () => ({ of: [], also: { [THERE]: [] } }), "'also.eu-central-1' must name at least one"],
  [
    "what no name begins with",
    () => ({ of: [], also: { [THERE]: ["Legacy"] } }),
    "'also.eu-central-1' must be what names of repositories begin with",
  ],
  [
    "more rules than a registry has",
    () => ({ of: [], also: Object.fromEntries(FAR.map((region) => [region, ["legacy/"]])) }),
    "'of' must make at most 10 rules, each of one region and 100 names, got 11",
  ],
])("fails on %s", (_, props, message) => {
  const make = () => synth((scope) => void new ImageReplication(scope, "replication", props(scope)));
  expect(make).toThrow(message);
  expect(make).toThrow(/^test\/replication: /);
});

test("that somebody else writes the list is a ticket, and what was missed is sent by commands", () => {
  const stack = replicated({ orders: THERE, bills: "us-east-1" });
  const [{ signals, procedures }] = stack.manifest.constructs.filter(({ path }) => path === "test/replication");
  expect(signals).toMatchObject({
    rewritten: { measure: { event: { detail: { eventName: ["PutReplicationConfiguration"] } } } },
  });
  const commands = procedures!.backfill.steps.map(({ sh }) => sh).join("\n");
  for (const region of [THERE, "us-east-1"]) {
    expect(commands).toContain(
      `start-replication-backfill --region eu-west-1 --destination region=${region},registryId=${ACCOUNT}`,
    );
  }
});
