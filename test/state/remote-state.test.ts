import { TerraformStack, Testing } from "cdktf";
import { setPlace } from "../../lib/core";
import { RemoteState, RemoteStateProps } from "../../lib/state";
import { Config } from "../synth";

const STATE: RemoteStateProps = { bucket: "orders-prod-state", service: "orders", environment: "prod" };
const KEY = "arn:aws:kms:eu-west-1:333333333333:alias/orders-state";

function backend(props: Partial<RemoteStateProps> = {}, stackId = "orders-prod"): Config {
  const stack = new TerraformStack(Testing.app(), stackId);
  setPlace(stack, { account: "333333333333", region: "eu-west-1" });
  new RemoteState(stack, "state", { ...STATE, ...props });
  return JSON.parse(Testing.synth(stack)).terraform.backend.s3;
}

test("a state is encrypted, and locked by a file beside it: there is no table", () => {
  expect(backend()).toMatchObject({ encrypt: true, use_lockfile: true });
  expect(Object.keys(backend()).filter((prop) => prop.includes("dynamodb"))).toEqual([]);
});

test("no two stacks, environments or services ever write to the same state", () => {
  const keys = [
    backend(),
    backend({}, "foundation-prod"),
    backend({ environment: "dev" }),
    backend({ service: "billing" }),
  ].map(({ key }) => key);
  expect(keys[0]).toBe("orders/prod/orders-prod.tfstate");
  expect(new Set(keys).size).toBe(4);
});

test("a state is where the stack is, unless its bucket is elsewhere: a lost region must not take the way back along", () => {
  expect(backend().region).toBe("eu-west-1");
  expect(backend({ region: "eu-central-1" }).region).toBe("eu-central-1");
});

test("a key of its own encrypts a state, by ARN or by alias", () => {
  const byId = "arn:aws:kms:eu-west-1:333333333333:key/0f9b1c2d-3e4f-4a5b-8c6d-7e8f9a0b1c2d";
  expect(backend()).not.toHaveProperty("kms_key_id");
  expect(backend({ key: KEY }).kms_key_id).toBe(KEY);
  expect(backend({ key: byId }).kms_key_id).toBe(byId);
});

test.each<[string, Partial<RemoteStateProps>, string]>([
  ["a bucket that is none", { bucket: "Orders" }, "'bucket' must be a bucket name: 3 to 63 small letters"],
  ["a bucket of S3's own", { bucket: "orders--x-s3" }, "'bucket' must be a bucket name without a beginning or end"],
  ["a key without its ARN", { key: "alias/orders-state" }, "'key' must be the ARN of a KMS key in eu-west-1, where"],
  [
    "a key of another region",
    { key: KEY, region: "eu-central-1" },
    "'key' must be the ARN of a KMS key in eu-central-1",
  ],
  ["a service that leaves its folder", { service: "../orders" }, "'service' must be a word, as it becomes part of"],
  ["an environment without a name", { environment: "" }, "'environment' must not be empty"],
])("fails on %s", (_, props, message) => {
  expect(() => backend(props)).toThrow(message);
  expect(() => backend(props)).toThrow(/^orders-prod\/state: /);
});
