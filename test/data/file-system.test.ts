import { EfsAccessPoint } from "@cdktf/provider-aws/lib/efs-access-point";
import { EfsBackupPolicy } from "@cdktf/provider-aws/lib/efs-backup-policy";
import { EfsFileSystem } from "@cdktf/provider-aws/lib/efs-file-system";
import { EfsFileSystemPolicy } from "@cdktf/provider-aws/lib/efs-file-system-policy";
import { EfsMountTarget } from "@cdktf/provider-aws/lib/efs-mount-target";
import { EfsReplicationConfiguration } from "@cdktf/provider-aws/lib/efs-replication-configuration";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { TerraformStack, Token } from "cdktf";
import { Alarms } from "../../lib/alerting";
import { DEVELOPMENT, Posture, Signal } from "../../lib/core";
import { resolved } from "../../lib/core/tokens";
import { FileSystem, FileSystemProps } from "../../lib/data";
import { creditsOfAnHour } from "../../lib/data/file-system/file-system-signals";
import { Backups } from "../../lib/recovery";
import { Config, network, synth } from "../synth";

const ABROAD = { region: "eu-central-1", network: network("ab", "eu-central-1") };
const SHOP = { shop: { uid: 1000, gid: 1001 } };

function files(props: Partial<FileSystemProps> = {}, posture: Partial<Posture> = {}) {
  let made!: FileSystem;
  const fill = (scope: TerraformStack) => (made = new FileSystem(scope, "files", { network: network(), ...props }));
  return { stack: synth(fill, { posture }), made };
}

const config = (...given: Parameters<typeof files>) => files(...given).stack.at(EfsFileSystem, "files/Resource");

const statements = (props: Partial<FileSystemProps> = {}): Config[] =>
  JSON.parse(files(props).stack.at(EfsFileSystemPolicy, "files/policy").policy).Statement;

test("production refuses to lose it, and development can throw it away", () => {
  expect(config().lifecycle).toEqual({ prevent_destroy: true });
  const { stack, made } = files({}, DEVELOPMENT);
  expect(stack.the(EfsFileSystem).lifecycle).toEqual({ prevent_destroy: false });
  expect(made.protects[0].by).toEqual([]);
});

test("it is regional, encrypted by a key of its own, and no replication writes over it", () => {
  expect(config()).toMatchObject({
    creation_token: "test-files",
    encrypted: true,
    kms_key_id: expect.stringMatching(/^\$\{aws_kms_key\.files_key_\w+\.arn\}$/),
    performance_mode: "generalPurpose",
    protection: { replication_overwrite: "ENABLED" },
  });
  expect(config()).not.toHaveProperty("availability_zone_name");
  const key = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d";
  const { stack } = files({ key });
  expect([stack.the(EfsFileSystem).kms_key_id, stack.counts.aws_kms_key]).toEqual([key, undefined]);
});

test("each zone has a way to it, named after the zone", () => {
  const targets = files().stack.all(EfsMountTarget);
  expect(Object.entries(targets).map(([path, { subnet_id: subnet }]) => [path, subnet])).toEqual([
    ["files/mount-eu-west-1a", "subnet-data-a"],
    ["files/mount-eu-west-1b", "subnet-data-b"],
    ["files/mount-eu-west-1c", "subnet-data-c"],
  ]);
});

test("a zone more adds one mount target and touches nothing else", () => {
  const addresses = (letters: string) => {
    const { resource } = files({ network: network(letters) }).stack.json;
    const named = Object.entries(resource as Record<string, Config>);
    return new Map(
      named.flatMap(([type, all]) => Object.entries(all).map(([name, each]) => [`${type}.${name}`, each])),
    );
  };
  const [before, after] = [addresses("ac"), addresses("abc")];
  expect([...after.keys()].filter((address) => !before.has(address))).toEqual([
    expect.stringMatching(/^aws_efs_mount_target\.files_mount-eu-west-1b_/),
  ]);
  for (const [address, config] of before) expect([address, after.get(address)]).toEqual([address, config]);
});

test("clients are let in over TLS only, by their role, and nobody as root", () => {
  const [byRole, tls, root, ...others] = statements();
  expect(others).toEqual([]);
  expect(byRole).toMatchObject({
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::111122223333:root" },
    Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
    Condition: { Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } },
  });
  expect(tls).toMatchObject({
    Effect: "Deny",
    Principal: "*",
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  });
  expect(root).toMatchObject({ Effect: "Deny", Principal: "*", Action: "elasticfilesystem:ClientRootAccess" });
  expect(root).not.toHaveProperty("Condition");
});

test("root is root only where that is wanted", () => {
  const wanted = statements({ rootAccess: true });
  expect(wanted[0].Action).toContain("elasticfilesystem:ClientRootAccess");
  expect(wanted.filter(({ Effect }) => Effect === "Deny").map(({ Sid }) => Sid)).toEqual(["OverTlsOnly"]);
});

test("by an access point all clients are one user, below one directory", () => {
  const { stack } = files({ accessPoints: SHOP });
  expect(stack.the(EfsAccessPoint)).toMatchObject({
    posix_user: { uid: 1000, gid: 1001 },
    root_directory: {
      path: "/shop",
      creation_info: { owner_uid: 1000, owner_gid: 1001, permissions: "0750" },
    },
  });
  const deep = files({ accessPoints: { shop: { ...SHOP.shop, path: "/shop/new", permissions: "0700" } } });
  expect(deep.stack.the(EfsAccessPoint).root_directory).toMatchObject({
    path: "/shop/new",
    creation_info: { permissions: "0700" },
  });
});

test("a client needs one statement, for its access point where there is one", () => {
  const bare = files().made.mayMount();
  expect(bare).toMatchObject({ Effect: "Allow", Action: expect.not.arrayContaining(["elasticfilesystem:*"]) });
  expect(bare).not.toHaveProperty("Condition");
  const { made } = files({ accessPoints: SHOP });
  expect(resolved(made, made.mayMount("shop"))).toMatchObject({
    Resource: [expect.stringMatching(/aws_efs_file_system\.files_\w+\.arn/)],
    Condition: {
      StringEquals: {
        "elasticfilesystem:AccessPointArn": [expect.stringMatching(/aws_efs_access_point\.files_access-shop_\w+\.arn/)],
      },
    },
  });
  expect(() => made.mayMount()).toThrow("test/files: 'accessPoint' must be one of shop");
  expect(() => files().made.mayMount("shop")).toThrow("test/files: 'accessPoint' must be one of");
});

test("who is allowed reaches it at the port of NFS", () => {
  const stack = synth((scope) => {
    const made = new FileSystem(scope, "files", { network: network() });
    made.allowFrom({ securityGroupId: "sg-1" }, "uploads are read and written");
  });
  expect(stack.the(VpcSecurityGroupIngressRule)).toMatchObject({
    from_port: 2049,
    referenced_security_group_id: "sg-1",
  });
});

test("files that nobody reads move to cheaper storage, each step a policy of its own", () => {
  expect(config().lifecycle_policy).toEqual([
    { transition_to_ia: "AFTER_30_DAYS" },
    { transition_to_primary_storage_class: "AFTER_1_ACCESS" },
  ]);
  expect(config({ infrequentAfterDays: 1, archiveAfterDays: 90 }).lifecycle_policy).toEqual([
    { transition_to_ia: "AFTER_1_DAY" },
    { transition_to_archive: "AFTER_90_DAYS" },
    { transition_to_primary_storage_class: "AFTER_1_ACCESS" },
  ]);
});

test("it is as fast as it is asked, as its size allows, or as it is paid for", () => {
  const mode = (props: Partial<FileSystemProps>) => {
    const { throughput_mode: name, provisioned_throughput_in_mibps: mibps } = config(props);
    return [name, mibps];
  };
  expect([mode({}), mode({ throughput: "bursting" }), mode({ throughput: { provisionedMibps: 64 } })]).toEqual([
    ["elastic", undefined],
    ["bursting", undefined],
    ["provisioned", 64],
  ]);
});

test("one plan backs it up, not that of EFS besides", () => {
  expect(files().stack.the(EfsBackupPolicy).backup_policy).toEqual({ status: "DISABLED" });
  const stack = synth((scope) => {
    new Backups(scope, "backups", { of: [new FileSystem(scope, "files", { network: network() })] });
  });
  const verdict = stack.manifest.verdicts.find(
    ({ safeguard, path }) => safeguard === "backed-up" && path === "test/files",
  );
  expect(verdict?.outcome).toBe("kept");
});

test.each([
  // 100 MiB a second, less the 50 KiB a second that each GiB earns.
  [1, (100 - 50 / 1024) * 1024 ** 2 * 3600],
  [1024, 50 * 1024 ** 2 * 3600],
  [2048, 100 * 1024 ** 2 * 3600],
])("of %d GiB an hour at full speed takes %d bytes of credits", (sizeGib, bytes) => {
  expect(creditsOfAnHour(sizeGib)).toBe(Math.round(bytes));
});

test("credits are watched only where they are spent, operations always", () => {
  const names = (props: Partial<FileSystemProps>) => Object.keys(files(props).made.signals);
  expect(names({})).toEqual(["ioLimit", "throughput", "connections"]);
  expect(names({ throughput: "bursting" })).toContain("burstCredits");
  expect(names({ replicateTo: ABROAD })).toContain("replicationLag");
});

test("CloudWatch takes an alarm on each of its signals", () => {
  const stack = synth((scope) => {
    const topic = "arn:aws:sns:eu-west-1:111122223333:people";
    const made = new FileSystem(scope, "files", { network: network(), throughput: "bursting", replicateTo: ABROAD });
    new Alarms(scope, "alarms", { notify: { page: topic, ticket: topic } }).watch(made);
  });
  const verdicts = stack.manifest.verdicts.filter(({ safeguard }) => safeguard === "valid-alarm");
  expect(verdicts.filter(({ outcome }) => outcome !== "kept")).toEqual([]);
  const watched = new Set(stack.manifest.alarms.map(({ signal }) => signal));
  expect([...watched]).toEqual(expect.arrayContaining(["ioLimit", "throughput", "burstCredits", "replicationLag"]));
});

test("another region has the files, and all that makes the replica stands there", () => {
  const { stack, made } = files({ replicateTo: ABROAD, accessPoints: SHOP });
  const replica = stack.at(EfsFileSystem, "files/eu-central-1/Resource");
  expect(replica).toMatchObject({
    creation_token: "test-files-eu-central-1",
    protection: { replication_overwrite: "DISABLED" },
    lifecycle: { prevent_destroy: true, ignore_changes: ["protection"] },
  });
  expect(stack.the(EfsReplicationConfiguration).destination).toEqual({
    region: "eu-central-1",
    file_system_id: expect.stringMatching(/^\$\{aws_efs_file_system\.files_eu-central-1_\w+\.id\}$/),
  });
  const there = Object.values(stack.json.resource as Record<string, Record<string, Config>>)
    .flatMap((configs) => Object.values(configs))
    .filter((each) => each["//"].metadata.path.startsWith("test/files/eu-central-1/"));
  expect(there.length).toBeGreaterThanOrEqual(9);
  expect(new Set(there.map(({ region }) => region))).toEqual(new Set(["eu-central-1"]));
  expect(made.protects.map(({ backUp }) => backUp)).toEqual([true, { no: expect.stringContaining("replica") }]);
  expect(made.mayMount("shop").Resource).toHaveLength(2);
});

test("a lost zone heals, only a replica survives the loss of the region, and neither brings back a deleted file", () => {
  const { recovers } = files({ replicateTo: ABROAD }).made;
  expect(recovers.zone).toMatchObject([{ selfHealing: true, rpo: { value: "0 seconds" } }]);
  const [failover] = recovers.region!;
  expect(failover).toMatchObject({ rpo: { value: "15 minutes", basis: "vendor-typical" }, selfHealing: false });
  const steps = failover.steps!.join();
  // The lost region is not asked: the replica knows what it follows.
  expect(steps).toMatch(
    /SOURCE=\$\(aws efs describe-replication-configurations --region eu-central-1 .*SourceFileSystemId/,
  );
  expect(steps).toContain('delete-replication-configuration --region eu-central-1 --source-file-system-id "$SOURCE"');
  expect(steps).not.toContain("--region eu-west-1");
  expect(recovers.corruption).toBeUndefined();
  expect(files().made.recovers.region).toBeUndefined();
});

test("a replica that lags beyond its promise opens a ticket, one that stands still wakes someone", () => {
  const { replicationLag } = files({ replicateTo: ABROAD }).made.signals as Record<string, Signal>;
  expect([replicationLag.ticket, replicationLag.page]).toEqual([900, 3600]);
});

test.each<[string, Partial<FileSystemProps>, string]>([
  ["a network of one zone", { network: network("a") }, "'network.zones' must be at least 2, got 1"],
  ["the alias of a key", { key: "alias/files" }, "'key' must be the ARN of a KMS key, not of an alias"],
  ["a size that nobody knows yet", { sizeGib: Token.asNumber("${var.size}") }, "'sizeGib' must be known at synthesis"],
  ["no size", { sizeGib: 0 }, "'sizeGib' must be at least 1, got 0"],
  ["a mode that is none", { throughput: "fast" as "elastic" }, "'throughput' must be one of elastic, bursting"],
  [
    "no throughput",
    { throughput: { provisionedMibps: 0 } },
    "'throughput.provisionedMibps' must be between 1 and 3414",
  ],
  ["a move that EFS does not know", { infrequentAfterDays: 15 }, "'infrequentAfterDays' must be one of 1, 7, 14, 30"],
  [
    "an archive before it",
    { archiveAfterDays: 30 },
    "'archiveAfterDays' must be more than the 30 of infrequentAfterDays",
  ],
  [
    "an archive that is not elastic",
    { archiveAfterDays: 90, throughput: "bursting" },
    "'throughput' must be elastic where files are archived",
  ],
  [
    "root",
    { accessPoints: { shop: { uid: 0, gid: 1 } } },
    "'accessPoints.shop.uid' must be between 1 and 4294967295, got 0",
  ],
  ["a path without a root", { accessPoints: { shop: { uid: 1, gid: 1, path: "shop" } } }, "'accessPoints.shop.path'"],
  [
    "a path of five directories",
    { accessPoints: { shop: { uid: 1, gid: 1, path: "/a/b/c/d/e" } } },
    "'accessPoints.shop.path' must be up to four directories",
  ],
  [
    "permissions that are no octal number",
    { accessPoints: { shop: { uid: 1, gid: 1, permissions: "rwx" } } },
    "'accessPoints.shop.permissions' must be three or four octal digits",
  ],
  ["a name of capitals", { accessPoints: { Shop: { uid: 1, gid: 1 } } }, "'accessPoints' must be small letters"],
  [
    "a replica beside it",
    { replicateTo: { ...ABROAD, region: "eu-west-1" } },
    "'replicateTo.region' must be another region than eu-west-1",
  ],
])("fails on %s, naming path, prop, value and mend", (_, props, message) => {
  expect(() => files(props)).toThrow(message);
  expect(() => files(props)).toThrow(/^test\/files: /);
});
