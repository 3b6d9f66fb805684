import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { DEVELOPMENT, Posture } from "../../lib/core";
import { DeclaredProtection, Reference } from "../../lib/review/manifest";
import { Config, Synthesized, synth } from "../synth";
import { STATEFUL, STORES } from "./stores";

const ROOT = join(__dirname, "../..");

interface Held {
  readonly address: string;
  readonly config: Config;
  readonly plan: Synthesized;
}

/** What each word of `by` must mean in the plan. */
const PROOFS: Record<string, (held: Held) => boolean> = {
  deletion_protection: ({ config }) =>
    config.deletion_protection === true ||
    (config.deletion_protection_enabled === true &&
      (config.replica ?? []).every((replica: Config) => replica.deletion_protection_enabled === true)),
  prevent_destroy: ({ config }) => config.lifecycle.prevent_destroy === true,
  // ElastiCache takes one where it has a name, RDS unless it is told to skip it.
  "final snapshot": ({ address, config }) =>
    config.final_snapshot_identifier?.includes("-final-") === true &&
    (config.skip_final_snapshot === false || address.startsWith("aws_elasticache_replication_group.")),
  versions: (held) => beside(held, "aws_s3_bucket_versioning").versioning_configuration.status === "Enabled",
  "object lock": (held) => beside(held, "aws_s3_bucket_object_lock_configuration").object_lock_enabled === "Enabled",
  "bucket policy against deletion": (held) => denies(beside(held, "aws_s3_bucket_policy").policy, "s3:DeleteBucket"),
  "repository policy against deletion": (held) => {
    const { policy } = beside(held, "aws_ecr_repository_policy", "repository");
    return ["ecr:DeleteRepository", "ecr:DeleteRepositoryPolicy", "ecr:BatchDeleteImage"].every((action) =>
      denies(policy, action),
    );
  },
  "queue policy against deletion": ({ config }) => denies(config.policy, "sqs:DeleteQueue"),
  "topic policy against deletion": ({ config }) => denies(config.policy, "sns:DeleteTopic"),
  "secret policy against deletion": ({ config }) =>
    ["secretsmanager:DeleteSecret", "secretsmanager:RemoveRegionsFromReplication"].every((action) =>
      denies(config.policy, action),
    ),
  "recovery window": ({ config }) => config.recovery_window_in_days >= 7,
  "air gap": ({ config }) => config.min_retention_days >= 7,
  "vault lock": (held) => beside(held, "aws_backup_vault_lock_configuration", "backup_vault_name") !== undefined,
};

/** What only counts where the posture protects. */
const GUARDS = Object.keys(PROOFS).filter((by) => !["versions", "object lock", "vault lock", "air gap"].includes(by));

/** The resource of another type that stands for the same bucket or vault. */
function beside({ address, plan }: Held, type: string, by = "bucket"): Config {
  const all = Object.values((plan.json.resource[type] ?? {}) as Record<string, Config>);
  return all.find((config) => (config[by] as string).startsWith(`\${${address}.`)) as Config;
}

function denies(policy: string, action: string): boolean {
  const statements = JSON.parse(policy).Statement as Config[];
  return statements.some(
    ({ Effect, Principal, Action, Condition }) =>
      Effect === "Deny" && Principal === "*" && Condition === undefined && [Action].flat().includes(action),
  );
}

function made(name: string, posture: Partial<Posture> = {}) {
  const plan = synth((stack) => void STORES[name](stack), { posture });
  const { protects = [] } = plan.manifest.constructs.find(({ path }) => path === "test/store")!;
  return { plan, protects };
}

function heldBy(plan: Synthesized, { arn }: DeclaredProtection): Held {
  const { address } = arn as Reference;
  const [type, name] = address.split(".");
  return { address, plan, config: plan.json.resource[type][name] };
}

/** The rows of the first table of the page, by type. */
const rows = Object.fromEntries(
  [...readFileSync(join(ROOT, "docs/protection.md"), "utf8").matchAll(/^\| `(\w+)` .*$/gm)].map(([row, type]) => [
    type,
    row.replaceAll("`", ""),
  ]),
);

test("every pattern that holds data is walked here", () => {
  const stateful = readdirSync(join(ROOT, "lib"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => [
      ...readFileSync(join(ROOT, "lib", file), "utf8").matchAll(
        /^export class (\w+)\s+extends \w+\s+implements ([^{]*)\{/gm,
      ),
    ])
    .filter(([, , interfaces]) => /\bStateful\b/.test(interfaces))
    .map(([, name]) => name);
  expect(Object.keys(STORES).sort()).toEqual(stateful.sort());
});

test.each(Object.keys(STORES))("in production %s has in its plan all that it claims", (name) => {
  const { plan, protects } = made(name);
  expect(protects).not.toEqual([]);
  for (const held of protects) {
    const kept = held.by.map((by) => [by, PROOFS[by]?.(heldBy(plan, held))]);
    expect([held.type, kept]).toEqual([held.type, held.by.map((by) => [by, true])]);
    expect(held.by).toContain("prevent_destroy");
  }
});

test.each(Object.keys(STORES))("nothing of %s that holds data goes without a word", (name) => {
  const { plan, protects } = made(name);
  const spoken = protects.map((held) => heldBy(plan, held).address);
  const others = plan.manifest.constructs
    .filter(({ path }) => path !== "test/store")
    .flatMap((construct) => (construct.protects ?? []).map((held) => heldBy(plan, held).address));
  for (const type of STATEFUL) {
    for (const [id, { lifecycle }] of Object.entries((plan.json.resource[type] ?? {}) as Record<string, Config>)) {
      expect([id, lifecycle?.prevent_destroy]).toEqual([id, true]);
      // A key is part of what it encrypts.
      if (type !== "aws_kms_key") expect([...spoken, ...others]).toContain(`${type}.${id}`);
    }
  }
});

test.each(Object.keys(STORES))("the page on protection says of the types of %s what the pattern says", (name) => {
  for (const { type, by } of made(name).protects) {
    for (const word of by) expect([type, rows[type]]).toEqual([type, expect.stringContaining(word)]);
  }
});

test.each(Object.keys(STORES).filter((name) => name !== "StateBucket"))(
  "in development %s can be thrown away",
  (name) => {
    const { plan, protects } = made(name, DEVELOPMENT);
    expect(protects.flatMap(({ by }) => by).filter((by) => GUARDS.includes(by))).toEqual([]);
    for (const held of protects) {
      const { config } = heldBy(plan, held);
      expect(config.lifecycle.prevent_destroy).toBe(false);
      expect(config.deletion_protection ?? config.deletion_protection_enabled ?? false).toBe(false);
    }
  },
);
