import { EfsFileSystem } from "@cdktf/provider-aws/lib/efs-file-system";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { TerraformStack } from "cdktf";
import { Stateful, recoveriesOf } from "../../lib/core";
import { resolved } from "../../lib/core/tokens";
import { FileSystem, Postgres, Table } from "../../lib/data";
import { Backups, BackupsProps, Objectives } from "../../lib/recovery";
import { network, synth } from "../synth";
import { Ledger } from "./ledger";

function ways(props: Partial<BackupsProps> = {}) {
  let found: ReturnType<typeof recoveriesOf>;
  synth((stack) => {
    const database = new Postgres(stack, "database", { network: network(), storageGib: 200 });
    new Backups(stack, "backups", { of: [database], ...props });
    found = recoveriesOf(database);
  });
  return found!;
}

test("a database comes back from bad data by its own history, or by the last snapshot, as fast", () => {
  const [own, backup] = ways().corruption!;
  expect(own.rpo.value).toBe("5 minutes");
  // The nightly pause of the hourly rule, from 01:00 to 06:00.
  expect(backup).toMatchObject({ mechanism: "restore of a backup", rpo: { value: "5 hours" }, selfHealing: false });
  expect(backup.rto.value).toBe(own.rto.value);
});

test("a plan that runs once a day loses a day", () => {
  expect(ways({ tier: "development" }).corruption![1].rpo.value).toBe("1 day");
});

test("copies elsewhere are a way back from the loss of the region, and an hour behind", () => {
  expect(ways({ tier: "development", copyTo: "eu-central-1" }).region).toMatchObject([
    { mechanism: "restore of a copy in eu-central-1", rpo: { value: "25 hours", basis: "assumed" } },
  ]);
  expect(ways().region).toBeUndefined();
});

test("the manifest tells the ways back that something else gives", () => {
  const { manifest } = synth((stack) => {
    const ledger = new Ledger(stack, "ledger");
    new Backups(stack, "backups", { of: [ledger], copyTo: "eu-central-1" });
  });
  const { recovers } = manifest.constructs.find(({ path }) => path === "test/ledger")!;
  expect(recovers).toMatchObject({
    corruption: [{ mechanism: "restore of a backup", rto: { value: "4 hours", basis: "assumed" } }],
    region: [{ mechanism: "restore of a copy in eu-central-1" }],
  });
});

test("what has no restore of its own is restored as its size says, and slower where that was measured", () => {
  let found: ReturnType<typeof recoveriesOf>;
  const { manifest } = synth((stack) => {
    const files = new FileSystem(stack, "files", { network: network(), sizeGib: 1024 });
    new Backups(stack, "backups", { of: [files] });
    found = recoveriesOf(files);
    const record = { construct: "files", mechanism: "restore of a backup", on: "2026-10-03", evidence: "job 1" };
    const corruption = { detection: "1 hour", rto: "20 hours", rpo: "5 hours" } as const;
    new Objectives(stack, "objectives", { of: files, corruption, measured: [{ ...record, gibPerHour: 64 }] });
  });
  // 1024 GiB at 100 an hour; at 64 an hour 16 hours, after one to notice and a quarter to decide.
  expect(found!.corruption![0].rto).toMatchObject({ value: "36864 seconds", basis: "assumed" });
  const [verdict] = manifest.verdicts.filter(({ safeguard }) => safeguard === "recovery-objective");
  expect(verdict).toMatchObject({ outcome: "kept", message: expect.stringContaining("back after 1035 minutes") });
});

test("each way back says how, by commands for the vault that it restores from", () => {
  const copyToVault = "arn:aws:backup:eu-north-1:444455556666:backup-vault:bunker";
  const found = ways({ copyTo: "eu-central-1", copyToVault });
  const said = (way: { readonly steps?: readonly string[] } | undefined) => (way?.steps ?? []).join("\n");
  const here = said(found.corruption?.find(({ mechanism }) => mechanism === "restore of a backup"));
  // Of bad data the newest from before the moment; of a loss the newest that there is.
  expect(here).toContain("MOMENT=$(($(date +%s) - 1800))");
  expect(here).toContain(
    'list-recovery-points-by-backup-vault --region eu-west-1 --backup-vault-name test-backups --by-resource-arn "$RESOURCE" --by-created-before "$MOMENT"',
  );
  expect(here).toContain("ROLE=arn:aws:iam::111122223333:role/test-backups-restore-role");
  const there = said(found.region?.[0]);
  expect(there).toContain("--region eu-central-1 --backup-vault-name test-backups-copy ");
  expect(there).not.toContain("MOMENT");
  expect(there).toContain("Which subnets will it stand in?");
  expect(there).toContain("DBSubnetGroupName: '$SUBNETS'");
  expect(here).not.toContain("SUBNETS");
  const bunker = said(found.account?.[0]);
  expect(bunker).toContain("Sign in to the account 444455556666");
  expect(bunker).toContain("--region eu-north-1 --backup-vault-name bunker ");
  // Whose role it is there, and what others have copied there, is not known here.
  expect(bunker).toContain("ROLE=$(aws iam get-role --role-name AWSBackupDefaultServiceRole");
});

describe("the one resource is found by a command, among all of the vault", () => {
  const told = (fill: (stack: TerraformStack) => Stateful[], copyToVault?: string) => {
    let steps: readonly string[] = [];
    synth((stack) => {
      const of = fill(stack);
      new Backups(stack, "backups", { of, copyToVault });
      const { corruption, account } = recoveriesOf(of[0])!;
      const ways = (copyToVault ? account : corruption)!.filter(({ mechanism }) =>
        mechanism.startsWith("restore of a"),
      );
      steps = resolved(stack, ways[0].steps!);
    });
    return steps.join("\n");
  };
  const ledgers =
    (...ids: string[]) =>
    (stack: TerraformStack) =>
      ids.map((id) => new Ledger(stack, id, "EFS"));
  const nameless =
    (...ids: string[]) =>
    (stack: TerraformStack) =>
      ids.map((id) => new Ledger(stack, id, "EFS", [], new EfsFileSystem(stack, `${id}-files`).arn));

  test("by its ARN, where that is known", () => {
    expect(told(ledgers("one", "two"))).toContain("RESOURCE=arn:aws:own:eu-west-1:111122223333:one`");
  });

  test("by the name that its ARN ends in, also in a vault that others share", () => {
    const table = (stack: TerraformStack) => [new Table(stack, "orders", { partitionKey: { name: "id", type: "S" } })];
    const found = "ends_with(ResourceArn, '/test-orders')";
    expect(told(table)).toContain(found);
    expect(told(table, "arn:aws:backup:eu-north-1:444455556666:backup-vault:bunker")).toContain(found);
  });

  test("by its tag, where AWS assigns what its ARN ends in", () => {
    const files = (stack: TerraformStack) => [new FileSystem(stack, "files", { network: network() })];
    expect(told(files)).toContain("ResourceName=='test-files'");
  });

  test("as the one of its type; only of several without a name the reader says which", () => {
    expect(told(nameless("one"))).toContain("--query 'RecoveryPoints[0].ResourceArn'");
    expect(told(nameless("one", "two"))).toContain("until read -r RESOURCE");
    const bunker = "arn:aws:backup:eu-north-1:444455556666:backup-vault:bunker";
    expect(told(nameless("one"), bunker)).toContain("until read -r RESOURCE");
  });

  test("it is restored under another name, told by a command, not by hand", () => {
    const steps = told(ledgers("one"));
    expect(steps).toContain("NAME=$(echo \"$RESOURCE\" | sed 's|.*[:/]||')-restored");
    expect(steps).toContain("merge(RestoreMetadata, {newFileSystem: 'true', CreationToken: '$NAME'})");
    expect(steps).not.toContain("In restore.json set");
  });
});

test("a role that restores is there before it is needed, for what is backed up", () => {
  const { attached } = restoreRole("S3");
  expect(attached).toEqual([
    "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores",
    "arn:aws:iam::aws:policy/AWSBackupServiceRolePolicyForS3Restore",
  ]);
  expect(restoreRole("RDS").attached).toHaveLength(1);
  expect(restoreRole("RDS").role.name).toBe("test-backups-restore-role");
});

function restoreRole(type: string) {
  const plan = synth((stack) => void new Backups(stack, "backups", { of: [new Ledger(stack, "ledger", type)] }));
  const policies = Object.entries(plan.all(IamRolePolicyAttachment)).filter(([path]) =>
    path.includes("/restore-role-"),
  );
  return { role: plan.at(IamRole, "backups/restore-role"), attached: policies.map(([, { policy_arn }]) => policy_arn) };
}
