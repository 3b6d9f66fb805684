import { Config } from "../synth";
import { Stage, adapt } from "./adapt";

const STAGE: Stage = {
  endpoint: "http://localhost:4566",
  version: "5.100.0",
  account: "111122223333",
  stateOf: (stack) => `/states/${stack}.tfstate`,
  renamed: {},
};
const SERVICE: Config = {
  terraform: {
    required_providers: { aws: { source: "hashicorp/aws", version: "~> 6.25" } },
    backend: { s3: { bucket: "state", key: "orders/prod/orders-prod.tfstate" } },
  },
  provider: { aws: [{ region: "eu-west-1", allowed_account_ids: ["111122223333"] }] },
  data: {
    terraform_remote_state: {
      foundation: {
        backend: "s3",
        config: { bucket: "state", key: "orders/prod/foundation-prod.tfstate" },
        workspace: "${terraform.workspace}",
      },
    },
  },
  resource: {
    aws_backup_vault: {
      here: { name: "here", region: "eu-west-1" },
      there: { name: "there", region: "eu-central-1" },
    },
    aws_route53_record: { name: { zone_id: "Z0PROD", name: "orders.example.com" } },
  },
};
const adapted = (stage: Partial<Stage> = {}) => adapt("orders-prod", SERVICE, { ...STAGE, ...stage }).plan;

test("every service is reached at the emulator, and nobody is asked for credentials", () => {
  const [provider] = adapted().provider.aws;
  expect(new Set(Object.values(provider.endpoints[0]))).toEqual(new Set(["http://localhost:4566"]));
  expect(Object.keys(provider.endpoints[0])).toEqual(expect.arrayContaining(["ec2", "rds", "s3", "sts", "backup"]));
  expect(provider).toMatchObject({
    region: "eu-west-1",
    allowed_account_ids: ["111122223333"],
    access_key: "111122223333",
    skip_credentials_validation: true,
    skip_metadata_api_check: "true",
  });
  expect(provider.skip_requesting_account_id).toBeUndefined();
});

test("the state is a file, and so is the state of the stack that is read from", () => {
  const { terraform, data } = adapted();
  expect(terraform.backend).toEqual({ local: { path: "/states/orders-prod.tfstate" } });
  expect(data.terraform_remote_state.foundation).toEqual({
    backend: "local",
    config: { path: "/states/foundation-prod.tfstate" },
  });
});

test("the provider is the one that was found", () => {
  expect(adapted().terraform.required_providers).toEqual({ aws: { source: "hashicorp/aws", version: "5.100.0" } });
});

test("before 6.0 another region is an alias of the provider, and the stack's own region is no argument", () => {
  const { provider, resource } = adapted();
  expect(resource.aws_backup_vault).toEqual({
    here: { name: "here" },
    there: { name: "there", provider: "aws.eu-central-1" },
  });
  expect(provider.aws).toHaveLength(2);
  expect(provider.aws[1]).toEqual({ ...provider.aws[0], alias: "eu-central-1", region: "eu-central-1" });
});

test("from 6.0 on resources keep their region", () => {
  const { provider, resource } = adapted({ version: "6.25.0" });
  expect(resource.aws_backup_vault).toEqual(SERVICE.resource.aws_backup_vault);
  expect(provider.aws).toHaveLength(1);
});

test("what only 6.x knows is taken off by its row, and a row says whether it found something", () => {
  const found = { type: "aws_backup_vault", argument: "name" };
  const idle = { type: "aws_lb", argument: "name" };
  const old = adapt("orders-prod", SERVICE, STAGE, [found, idle]);
  expect(old.takenOff).toEqual([found]);
  expect(old.plan.resource.aws_backup_vault.here).toEqual({});
  const now = adapt("orders-prod", SERVICE, { ...STAGE, version: "6.25.0" }, [found, idle]);
  expect(now.takenOff).toEqual([]);
  expect(now.plan.resource.aws_backup_vault.here).toMatchObject({ name: "here" });
});

test("a zone has the number that the emulator gave it", () => {
  const { resource } = adapted({ renamed: { Z0PROD: "Z1EMULATED" } });
  expect(resource.aws_route53_record.name.zone_id).toBe("Z1EMULATED");
});

test("the plan itself stays as it was", () => {
  const before = JSON.stringify(SERVICE);
  adapted();
  expect(JSON.stringify(SERVICE)).toBe(before);
});
