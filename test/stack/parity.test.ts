import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { KmsReplicaKey } from "@cdktf/provider-aws/lib/kms-replica-key";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { ImageRepository } from "../../lib/compute";
import { PRODUCTION, Waiver } from "../../lib/core";
import { Table } from "../../lib/data";
import { Backups } from "../../lib/recovery";
import { Parity, provide } from "../../lib/stack";
import { lacks } from "../../lib/review/parity";
import { Inventory } from "../../lib/review/parity-sides";
import { inFolder, read } from "../synth";

const environment = {
  name: "prod",
  service: "orders",
  owner: "team",
  costCentre: "1",
  account: "333333333333",
  region: "eu-west-1",
};

type Fill = (stack: TerraformStack) => void;

/** Two stacks of which the second must be able to take over from the first; the verdicts on the second. */
function compared(
  primary: Fill,
  standby: Fill = () => undefined,
  without: Record<string, Waiver> = {},
  enforce: "fail" | "warn" = "fail",
) {
  return inFolder((outdir) => {
    const app = new App({ outdir });
    const [first, second] = ["orders", "orders-there"].map((id) => new TerraformStack(app, id));
    provide(first, { ...environment, posture: { ...PRODUCTION, enforce } });
    provide(second, { ...environment, region: "eu-central-1", posture: { ...PRODUCTION, enforce } });
    new Parity(second, "parity", { of: first, without });
    primary(first);
    standby(second);
    app.synth();
    const { manifest } = read(outdir, "orders-there");
    return {
      waivers: manifest.waivers,
      verdicts: manifest.verdicts.filter(({ safeguard }) => safeguard.startsWith("standby")),
    };
  });
}

const key: Fill = (stack) => void new KmsKey(stack, "key", {});

test("a standby that has all is said to have it", () => {
  expect(compared(key, key).verdicts).toEqual([
    {
      safeguard: "standby-parity",
      outcome: "kept",
      path: "orders-there/parity",
      message: "orders-there has what orders has",
    },
    {
      safeguard: "standby-independence",
      outcome: "kept",
      path: "orders-there/parity",
      message: "orders-there is applied without orders",
    },
  ]);
});

test("fails by path where the standby lacks a key", () => {
  expect(() => compared(key)).toThrow(
    "orders-there/parity: 'standby' must have all that orders has, got key: the standby has no such key; make it there too",
  );
});

test("a key that is replicated to the region of the standby is there", () => {
  const replicated = (region: string): Fill => {
    return (stack) => {
      const { arn } = new KmsKey(stack, "key", { multiRegion: true });
      new KmsReplicaKey(stack, "replica", { primaryKeyArn: arn, region });
    };
  };
  expect(compared(replicated("eu-central-1")).verdicts[0].outcome).toBe("kept");
  expect(() => compared(replicated("eu-north-1"))).toThrow("key: the standby has no such key");
});

test("a key is there by a replica that another stack has in the region of the standby, in its own words or by its place", () => {
  const beside = (region: string, own?: string) => () =>
    inFolder((outdir) => {
      const app = new App({ outdir });
      const [first, second, third] = ["orders", "orders-there", "keys"].map((id) => new TerraformStack(app, id));
      provide(first, { ...environment, posture: PRODUCTION });
      provide(second, { ...environment, region: "eu-central-1", posture: PRODUCTION });
      provide(third, { ...environment, region, posture: PRODUCTION });
      new Parity(second, "parity", { of: first });
      const { arn } = new KmsKey(first, "data-key", { multiRegion: true });
      new KmsReplicaKey(third, "replica", { primaryKeyArn: arn, region: own });
      app.synth();
    });
  expect(beside("eu-central-1")).not.toThrow();
  expect(beside("eu-north-1", "eu-central-1")).not.toThrow();
  expect(beside("eu-north-1")).toThrow("data-key: the standby has no such key");
});

test("a key is there where its construct has another one in the region of the standby, and only that construct's", () => {
  const keys = (owner: string, region: string): Fill => {
    return (stack) => {
      new KmsKey(new Construct(stack, "backups"), "vault-key", {});
      const scope = stack.node.tryFindChild(owner) ?? new Construct(stack, owner);
      new KmsKey(scope as Construct, "copy-vault-key", { region });
    };
  };
  expect(compared(keys("backups", "eu-central-1")).verdicts[0].outcome).toBe("kept");
  expect(() => compared(keys("backups", "eu-north-1"))).toThrow("backups/vault-key: the standby has no such key");
  expect(() => compared(keys("backups-2", "eu-central-1"))).toThrow("backups/vault-key: the standby has no such key");
});

test("a key of data alone is missed by nobody: a replica brings its own, and backups of here are read here", () => {
  const table = (replicas: readonly string[], more?: (stack: TerraformStack, key: string) => void): Fill => {
    return (stack) => {
      const { arn } = new KmsKey(stack, "table-key", {});
      const of = [new Table(stack, "table", { partitionKey: { name: "id", type: "S" }, replicas, key: arn })];
      new Backups(stack, "backups", { of });
      more?.(stack, arn);
    };
  };
  const replicas = ["eu-central-1"];
  const said = (primary: Fill, standby?: Fill) => compared(primary, standby, {}, "warn").verdicts[0].message;
  expect(said(table(replicas))).toBe("orders-there has what orders has");
  expect(said(table([]))).toContain("got table-key: the standby has no such key; make");
  expect(said(table(["eu-north-1"]))).toContain("got table-key: the standby has no such key;");
  const queue = (stack: TerraformStack, kmsMasterKeyId: string) =>
    void new SqsQueue(stack, "queue", { kmsMasterKeyId });
  const there: Fill = (stack) => void new SqsQueue(stack, "queue", {});
  expect(said(table(replicas, queue), there)).toContain("got table-key: the standby has no such key; make");
});

test("a key that stands by itself is not there because some other key is", () => {
  const own = { "//": { metadata: { path: "orders/key" } } };
  const other = { region: "eu-central-1", "//": { metadata: { path: "orders/other" } } };
  const primary = { region: "eu-west-1", resources: { aws_kms_key: { own, other } } };
  const found = lacks(primary, { region: "eu-central-1", resources: {} });
  expect(found.map(({ at }) => at)).toEqual(["key"]);
});

test("what the standby does without is named with a reason, with all that is below it, and listed", () => {
  const below: Fill = (stack) => void new SqsQueue(new Construct(stack, "reports"), "queue", {});
  const waived = "made there by another team";
  const { verdicts, waivers } = compared(
    (stack) => {
      key(stack);
      below(stack);
    },
    undefined,
    { key: { waived }, reports: { waived } },
  );
  expect(verdicts[0].outcome).toBe("kept");
  expect(waivers).toContainEqual({ path: "orders-there/parity", safeguard: "parity of key", waived });
});

test("fails on a reason for what is there, and for a name that only begins alike", () => {
  expect(() => compared(key, key, { key: { waived: "made there" } })).toThrow("'without' must name what the standby");
  expect(() => compared(key, undefined, { ke: { waived: "made there" } })).toThrow("key: the standby has no such key");
});

test("fails where the standby refers to the primary: its state may be lost with its region", () => {
  let arn = "";
  const primary: Fill = (stack) => (arn = new KmsKey(stack, "key", {}).arn);
  const standby: Fill = (stack) => {
    key(stack);
    new SqsQueue(stack, "queue", { kmsMasterKeyId: arn });
  };
  expect(() => compared(primary, standby)).toThrow(
    "'standby' must refer to nothing in the primary stack, whose state may be lost with its region, got \"orders\"",
  );
});

const WEST = "arn:aws:kms:eu-west-1:333333333333:key/1";

/** What a standby lacks of one resource, given what it has of the same name. */
function lacking(type: string, own: object, other?: object, more: Inventory = {}): string[] {
  const primary = { region: "eu-west-1", resources: { [type]: { it: { ...own } }, ...more } };
  const standby = { region: "eu-central-1", resources: other ? { [type]: { it: { ...other } } } : {} };
  return lacks(primary, standby).map(({ why }) => why);
}

test.each<[string, string, object, object, string]>([
  ["capacity", "aws_autoscaling_group", { max_size: 12 }, { max_size: 6 }, "has a capacity of 6 instead of 12"],
  [
    "capacity of tasks",
    "aws_appautoscaling_target",
    { max_capacity: 12 },
    { max_capacity: 6 },
    "has a capacity of 6 instead of 12",
  ],
  ["a quota", "aws_servicequotas_service_quota", { value: 200 }, { value: 100 }, "has a quota of 100 instead of 200"],
  [
    "the same quota",
    "aws_servicequotas_service_quota",
    { value: 200, quota_code: "L-1" },
    { value: 200, quota_code: "L-2" },
    "has L-2 instead of L-1 (quota_code of the quota)",
  ],
  [
    "a certificate of its name",
    "aws_acm_certificate",
    { domain_name: "orders.example.com" },
    { domain_name: "orders-2.example.com" },
    "has orders-2.example.com instead of orders.example.com",
  ],
  [
    "instances as strong",
    "aws_launch_template",
    { instance_type: "m7g.large" },
    { instance_type: "t4g.small" },
    "has t4g.small instead of m7g.large",
  ],
  [
    "an image of its region",
    "aws_launch_template",
    { image_id: "ami-1" },
    { image_id: "ami-1" },
    "names the image ami-1, which is there only in the region of the primary",
  ],
  [
    "an image out of its own registry",
    "aws_ecs_task_definition",
    {},
    { container_definitions: '[{"image":"333333333333.dkr.ecr.eu-west-1.amazonaws.com/orders:1"}]' },
    "names 333333333333.dkr.ecr.eu-west-1.amazonaws.com/orders:1, which is there only",
  ],
  ["keys of its region", "aws_sqs_queue", {}, { kms_master_key_id: WEST }, `names ${WEST}, which is there only`],
])("a standby needs %s", (_, type, own, other, why) => {
  expect(lacking(type, own, other)).toEqual([expect.stringContaining(why)]);
});

test.each([
  ["more capacity", "aws_autoscaling_group", { max_size: 6 }, { max_size: 12 }],
  ["an image of its own", "aws_launch_template", { image_id: "ami-1" }, { image_id: "ami-2" }],
  [
    "an image that is found by a data source",
    "aws_launch_template",
    { image_id: "${data.aws_ami.a.id}" },
    { image_id: "${data.aws_ami.a.id}" },
  ],
  ["keys of its own region", "aws_sqs_queue", {}, { kms_master_key_id: WEST.replace("west", "central") }],
  ["a global name", "aws_sqs_queue", {}, { policy: "arn:aws:iam::333333333333:role/orders" }],
])("a standby may have %s", (_, type, own, other) => {
  expect(lacking(type, own, other)).toEqual([]);
});

test.each(["aws_secretsmanager_secret", "aws_ssm_parameter", "aws_lambda_function", "aws_ecr_repository", "aws_lb"])(
  "a standby needs each %s",
  (type) => {
    expect(lacking(type, {})).toEqual([expect.stringContaining("has no such")]);
  },
);

test("what the primary has in the region of the standby is there, and so is a replica of a secret", () => {
  expect(lacking("aws_kms_key", { region: "eu-central-1" })).toEqual([]);
  expect(lacking("aws_kms_key", { region: "eu-north-1" })).toEqual(["has no such key"]);
  expect(lacking("aws_secretsmanager_secret", { replica: [{ region: "eu-central-1" }] })).toEqual([]);
  expect(lacking("aws_secretsmanager_secret", { replica: [{ region: "eu-north-1" }] })).toEqual(["has no such secret"]);
});

test("images are there where a repository of the same name is, by whatever stack", () => {
  const own = { name: "orders" };
  const beside = (other: object) => ({ aws_ecr_repository: { other: { ...other } } });
  const there = { ...own, region: "eu-central-1" };
  const found = (...others: Inventory[]) => {
    const primary = { region: "eu-west-1", resources: { aws_ecr_repository: { it: own } } };
    const sides = others.map((resources) => ({ region: "eu-central-1", resources }));
    return lacks(primary, { region: "eu-central-1", resources: {} }, sides).map(({ why }) => why);
  };
  expect(found(beside(own))).toEqual([]);
  expect(found(beside(there))).toEqual([]);
  expect(found()).toEqual(["has no such image repository"]);
  expect(found(beside({ name: "orders-web" }))).toEqual(["has no such image repository"]);
  expect(found(beside({ ...own, region: "eu-north-1" }))).toEqual(["has no such image repository"]);
});

test("a repository with its key is there by its replica, whose address the standby may name, and no other", () => {
  let images!: ImageRepository;
  const primary = (replicateTo?: string): Fill => {
    return (stack) => void (images = new ImageRepository(stack, "images", { replicateTo }));
  };
  const starts = (region: string): Fill => {
    return (stack) => void new SqsQueue(stack, "queue", { tags: { image: `${images.uriIn(region)}:v1` } });
  };
  const said = (from: Fill, standby?: Fill) => compared(from, standby, {}, "warn").verdicts[0].message;
  expect(said(primary("eu-central-1"), starts("eu-central-1"))).toBe("orders-there has what orders has");
  expect(said(primary())).toContain(
    "got images: the standby has no such image repository; images/key: the standby has no such key;",
  );
  expect(said(primary("eu-central-1"), starts("eu-west-1"))).toContain(
    "names 333333333333.dkr.ecr.eu-west-1.amazonaws.com/orders-images:v1, which is there only in the region",
  );
});

test("a standby lacks nothing of what only it has", () => {
  const resources = { aws_launch_template: { it: { image_id: "ami-1" } } };
  expect(lacks({ region: "eu-west-1", resources: {} }, { region: "eu-central-1", resources })).toEqual([]);
});
