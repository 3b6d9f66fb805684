import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { App, TerraformOutput, TerraformStack, Testing } from "cdktf";
import { DEVELOPMENT, PRODUCTION, placeOf, postureOf, zonesOf } from "../../lib/core";
import { Provided, provide } from "../../lib/stack";
import { inFolder, read } from "../synth";

const ENVIRONMENT: Provided = {
  name: "prod",
  service: "orders",
  owner: "team-orders",
  costCentre: "retail-4711",
  account: "333333333333",
  region: "eu-west-1",
};
const STATE = { bucket: "orders-prod-state" };

function provided(environment: Partial<Provided> = {}) {
  return inFolder((outdir) => {
    const app = new App({ outdir });
    const stack = new TerraformStack(app, "orders-prod");
    provide(stack, { ...ENVIRONMENT, ...environment });
    app.synth();
    return read(outdir, "orders-prod").json;
  });
}

test("a plan never reaches another account, and says what it belongs to", () => {
  expect(provided().provider.aws).toEqual([
    {
      region: "eu-west-1",
      allowed_account_ids: ["333333333333"],
      default_tags: [
        {
          tags: {
            service: "orders",
            environment: "prod",
            owner: "team-orders",
            "cost-centre": "retail-4711",
            "managed-by": "sre-constructs",
          },
        },
      ],
    },
  ]);
});

test("the provider may be newer than the bindings, but not another one", () => {
  expect(provided().terraform.required_providers.aws).toEqual({ source: "hashicorp/aws", version: "~> 6.25" });
});

test("each stack and environment has its own state: encrypted, locked, under one key", () => {
  expect(provided({ state: STATE }).terraform.backend).toEqual({
    s3: {
      bucket: "orders-prod-state",
      region: "eu-west-1",
      key: "orders/prod/orders-prod.tfstate",
      encrypt: true,
      use_lockfile: true,
    },
  });
});

test("one stack reads what another one made from its state", () => {
  const { data, output } = inFolder((outdir) => {
    const app = new App({ outdir });
    const [foundation, orders] = ["foundation-prod", "orders-prod"].map((id) => new TerraformStack(app, id));
    for (const stack of [foundation, orders]) provide(stack, { ...ENVIRONMENT, state: STATE });
    const queue = new SqsQueue(foundation, "queue", { name: "queue" });
    new TerraformOutput(orders, "queue", { value: queue.arn });
    app.synth();
    return read(outdir, "orders-prod").json;
  });
  const [remote] = Object.values<{ config: object }>(data.terraform_remote_state);
  expect(remote.config).toMatchObject({ key: "orders/prod/foundation-prod.tfstate", bucket: "orders-prod-state" });
  expect(output.queue.value).toMatch(/^\$\{data\.terraform_remote_state\./);
});

test("patterns find place and posture of the environment; unset is production", () => {
  const stack = new TerraformStack(Testing.app(), "orders-dev");
  provide(stack, { ...ENVIRONMENT, posture: DEVELOPMENT });
  expect(placeOf(stack)).toEqual({ account: "333333333333", region: "eu-west-1", partition: "aws" });
  expect(postureOf(stack)).toEqual(DEVELOPMENT);
  const other = new TerraformStack(Testing.app(), "orders-prod");
  provide(other, ENVIRONMENT);
  expect(postureOf(other)).toEqual(PRODUCTION);
});

test("zones come from a table, in an order that does not move", () => {
  const zones = (region: string, count: number) => {
    const stack = new TerraformStack(Testing.app(), "any");
    provide(stack, { ...ENVIRONMENT, region });
    return zonesOf(stack, count);
  };
  expect(zones("ap-northeast-1", 3)).toEqual(["ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d"]);
  expect(() => zones("eu-west-9", 2)).toThrow(
    `got "eu-west-9"; name the zones, such as zones: ["eu-west-9a", "eu-west-9b"]`,
  );
  expect(() => zones("eu-west-1", 4)).toThrow("'zones' must be at most 3 in eu-west-1, got 4");
});

test.each<[string, Partial<Provided>, string]>([
  ["an account that is none", { account: "4711" }, "'account' must be twelve digits, got \"4711\""],
  ["a region that is none", { region: "ireland" }, "'region' must be a region such as eu-west-1"],
  ["an owner that is nobody", { owner: "" }, "'owner' must not be empty"],
  ["a bucket that is none", { state: { bucket: "Orders" } }, "'bucket' must be a bucket name"],
])("fails on %s", (_, environment, message) => {
  expect(() => provided(environment)).toThrow(message);
});

test("fails where it comes after what it provides for", () => {
  const stack = new TerraformStack(Testing.app(), "orders-prod");
  new SqsQueue(stack, "queue", { name: "queue" });
  expect(() => provide(stack, ENVIRONMENT)).toThrow(
    "orders-prod: 'provide' must come before the stack has children, got [\"queue\"]",
  );
});
