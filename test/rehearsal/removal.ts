import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Construct } from "constructs";
import { kebab } from "../../lib/core";
import { STATEFUL, STORES } from "../data/stores";
import { Config, Synthesized, synth } from "../synth";
import { Check } from "./report";
import { offline } from "./offline";
import { NOWHERE, Plugin, Terraform, environmentFor } from "./terraform";

/** All stores as in production, each in a room of its own; in another room they are what a rename makes of them. */
function storesIn(room: string): Synthesized {
  return synth((stack) => {
    for (const [name, make] of Object.entries(STORES)) make(new Construct(stack, `${room}${kebab(name)}`));
  });
}

/** Where the stacks of tests stand. */
const ACCOUNT = "111122223333";

/** A change that Terraform plans. */
interface Change {
  readonly address: string;
  readonly type: string;
  readonly change: { readonly actions: readonly string[]; readonly before: Config | null };
}

/** What is judged below, and known only when AWS has assigned something: its text in the plan stands for it. */
const JUDGED = ["bucket", "policy", "repository", "final_snapshot_identifier", "global_replication_group_id"];

/** What of a resource says, in the state, that its service refuses to delete it, or keeps what was in it. */
const KEEPS: Readonly<Record<string, (was: Config, guards: readonly Config[]) => boolean>> = {
  aws_backup_logically_air_gapped_vault: (was) => was.min_retention_days >= 7,
  aws_backup_vault: (was) => was.force_destroy !== true,
  aws_db_instance: (was) => was.deletion_protection === true && was.delete_automated_backups === false,
  aws_dynamodb_table: (was) => was.deletion_protection_enabled === true,
  // The replica has the same name: both have a policy.
  aws_ecr_repository: (was, guards) =>
    was.force_delete !== true && guards.length > 1 && guards.every(({ policy }) => forbids(policy)),
  // What a follower in another region held, its primary holds.
  aws_elasticache_replication_group: (was) =>
    (was.final_snapshot_identifier ?? was.global_replication_group_id ?? undefined) !== undefined,
  aws_kms_key: (was) => was.deletion_window_in_days === 30,
  aws_rds_cluster: (was) => was.deletion_protection === true && was.skip_final_snapshot === false,
  // Access logs have no policy of the kind: S3 itself keeps a bucket that is not empty.
  aws_s3_bucket: (was, guards) =>
    was.force_destroy !== true && (guards.some(({ policy }) => forbids(policy)) || /access-logs/.test(was.id)),
  aws_secretsmanager_secret: (was) => forbids(was.policy) && was.recovery_window_in_days === 30,
  aws_sns_topic: (was) => forbids(was.policy),
  aws_sqs_queue: (was) => forbids(was.policy),
};

function forbids(policy: unknown): boolean {
  return String(policy).includes('"Sid":"NothingIsDeleted"') && String(policy).includes('"Effect":"Deny"');
}

/** Policies that are resources of their own, and what each calls that which it guards. */
const GUARDS: Readonly<Record<string, string>> = {
  aws_ecr_repository_policy: "repository",
  aws_s3_bucket_policy: "bucket",
};

/** What nothing but the review of a plan stops, once its block is gone: the page on protection says so. */
export const REVIEW_ALONE = ["aws_efs_file_system", "aws_elasticache_serverless_cache"];

/**
 * Deletes and renames every store, in plans of the real provider over a state that is written by hand: there is nothing to
 * refresh from, and no emulator is asked.
 */
export async function removal(plugins: Plugin): Promise<Check[]> {
  const folder = mkdtempSync(join(tmpdir(), "sre-constructs-removal-"));
  const terraform = new Terraform(folder, environmentFor(NOWHERE));
  const { json } = storesIn("");
  terraform.write(offline(json, plugins.version, ACCOUNT));
  await terraform.init(plugins.folder);
  const there = stateOf((await next(terraform)).planned_values.root_module.resources as Config[], json);
  writeFileSync(join(folder, "terraform.tfstate"), JSON.stringify(there.state));
  const checks = [await destroyed(terraform, there.kept)];
  terraform.write(offline(storesIn("renamed-").json, plugins.version, ACCOUNT));
  checks.push(...renamed(there.kept, (await next(terraform)).resource_changes as Change[]));
  rmSync(folder, { recursive: true });
  return checks;
}

/** A plan of what is written in the folder, as data. */
async function next(terraform: Terraform): Promise<Config> {
  await terraform.must("plan", "-refresh=false", "-lock=false", "-out=next.tfplan");
  const said = await terraform.must("show", "-json", "next.tfplan");
  return JSON.parse(said.slice(said.indexOf("{"))) as Config;
}

/** Stores, and the policies that guard them, as if they had been applied: what AWS assigns is made up. */
function stateOf(planned: readonly Config[], plan: Config) {
  const held = planned.filter(({ type }) => [...STATEFUL, ...Object.keys(GUARDS)].includes(type as string));
  const resources = held.map(({ type, name, provider_name, values, schema_version }) => {
    const config = plan.resource[type][name] as Config;
    const told = JUDGED.filter((each) => config[each] !== undefined && values[each] === undefined);
    const texts = Object.fromEntries(told.map((each) => [each, config[each]]));
    const attributes = { ...values, ...texts, id: name, arn: `arn:aws:made:::${name}` };
    return {
      mode: "managed",
      type,
      name,
      provider: `provider["${provider_name}"]${aliased(config.region as string | undefined)}`,
      instances: [{ schema_version, attributes, sensitive_attributes: [] }],
    };
  });
  const state = { version: 4, terraform_version: "1.11.0", serial: 1, lineage: "removal", outputs: {}, resources };
  const kept = held.filter(({ type }) => !(type in GUARDS)).map(({ address }) => address as string);
  return { state, kept };
}

function aliased(region: string | undefined): string {
  return region === undefined || region === "eu-west-1" ? "" : `.${region}`;
}

/** `terraform destroy` is refused by Terraform itself, and all that holds data is named. */
async function destroyed(terraform: Terraform, kept: readonly string[]): Promise<Check> {
  const args = ["plan", "-destroy", "-refresh=false", "-lock=false", "-no-color", "-input=false"];
  const { code, said } = await terraform.run(args);
  const words = said.replace(/[\s│╷╵]+/g, " ");
  const silent = kept.filter((address) => !words.includes(`Resource ${address} has lifecycle.prevent_destroy`));
  const fault =
    code === 0 ? "nothing was refused" : silent.map((address) => `nothing was said of ${address}`).join("\n");
  return { what: `a destroy of ${kept.length} stores in production is refused`, fault: fault || undefined };
}

/** A rename escapes `prevent_destroy`; the service still refuses, or keeps what was in it, but for what the page names. */
function renamed(kept: readonly string[], changes: readonly Change[]): Check[] {
  const gone = changes.filter(({ address, change }) => kept.includes(address) && change.actions.join() === "delete");
  const escaped = kept.filter((address) => !gone.some((each) => each.address === address));
  const policies = changes
    .filter(({ type }) => type in GUARDS)
    .flatMap(({ type, change }) =>
      change.before ? [{ of: change.before[GUARDS[type]], policy: change.before.policy }] : [],
    );
  const bare = gone.filter(({ address, type, change }) => {
    const was = change.before as Config;
    const guards = policies.filter(({ of }) => of === (was.bucket ?? was.name) || String(of).includes(`${address}.`));
    return !REVIEW_ALONE.includes(type) && KEEPS[type]?.(was, guards) !== true;
  });
  const list = (faults: readonly string[]) => faults.join("\n") || undefined;
  return [
    { what: "a rename escapes Terraform: each store is planned to be deleted", fault: list(escaped) },
    {
      what: "what a rename would delete is refused by its service, or leaves what was in it",
      fault: list(bare.map(({ address }) => address)),
    },
  ];
}
