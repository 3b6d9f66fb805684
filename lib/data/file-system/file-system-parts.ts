import { EfsAccessPoint } from "@cdktf/provider-aws/lib/efs-access-point";
import { EfsBackupPolicy } from "@cdktf/provider-aws/lib/efs-backup-policy";
import { EfsFileSystem, EfsFileSystemLifecyclePolicy } from "@cdktf/provider-aws/lib/efs-file-system";
import { EfsFileSystemPolicy } from "@cdktf/provider-aws/lib/efs-file-system-policy";
import { EfsMountTarget } from "@cdktf/provider-aws/lib/efs-mount-target";
import { Construct } from "constructs";
import { nameOf } from "../../core/naming";
import { placeOf } from "../../core/place";
import { postureOf } from "../../core/posture";
import { Firewall } from "../../parts/firewall";
import { Key } from "../../parts/key";
import { policy } from "../../parts/policy";
import { zonesIn } from "../../parts/zones";
import { AccessPoint, FILE_SYSTEM_DEFAULTS, FileSystemProps, Throughput } from "./file-system-props";
import { StoreSite } from "../store-site";

/** Where NFS is reached. */
export const NFS = 2049;

/** One file system of one region. */
export interface FileSystemPlan {
  readonly site: StoreSite;
  readonly throughput: Throughput;
  readonly lifecyclePolicy: EfsFileSystemLifecyclePolicy[];
  readonly accessPoints: Readonly<Record<string, AccessPoint>>;
  readonly rootAccess: boolean;
}

/** A file system and what belongs to it. */
export interface MadeFileSystem {
  readonly name: string;
  readonly fileSystem: EfsFileSystem;
  readonly firewall: Firewall;
  readonly accessPoints: Readonly<Record<string, EfsAccessPoint>>;
}

/** Makes a file system; `follower` is one that another one is replicated to. */
export function defineFileSystem(scope: Construct, plan: FileSystemPlan, follower = false): MadeFileSystem {
  const { site, throughput, lifecyclePolicy } = plan;
  const { network, region, key = new Key(scope, "key", { region }).arn } = site;
  const name = nameOf(scope, "file-system");
  const fileSystem = new EfsFileSystem(scope, "Resource", {
    creationToken: name,
    region,
    encrypted: true,
    kmsKeyId: key,
    performanceMode: "generalPurpose",
    ...throughputOf(throughput),
    lifecyclePolicy,
    // No replication writes over what is there, but where that is what it is for.
    protection: { replicationOverwrite: follower ? "DISABLED" : "ENABLED" },
    tags: { Name: name },
    lifecycle: {
      preventDestroy: postureOf(scope).deletionProtection,
      // As long as it follows, EFS answers REPLICATING.
      ...(follower && { ignoreChanges: ["protection"] }),
    },
  });
  const fileSystemId = fileSystem.id;
  const description = `file system ${scope.node.path}`;
  const firewall = new Firewall(scope, "firewall", { vpcId: network.vpcId, description, region });
  for (const [zone, subnets] of zonesIn(scope, network)) {
    new EfsMountTarget(scope, `mount-${zone}`, {
      fileSystemId,
      subnetId: subnets.data ?? subnets.private,
      securityGroups: [firewall.securityGroupId],
      region,
    });
  }
  new EfsFileSystemPolicy(scope, "policy", { fileSystemId, policy: policyOf(scope, plan, fileSystem.arn), region });
  // One plan backs it up, that of `Backups`, whose vault can be locked: not the one of EFS itself besides.
  new EfsBackupPolicy(scope, "backup", { fileSystemId, backupPolicy: { status: "DISABLED" }, region });
  return { name, fileSystem, firewall, accessPoints: pointsOf(scope, plan, fileSystemId) };
}

/** Each move is a policy of its own to EFS. */
export function lifecycleOf(props: FileSystemProps): EfsFileSystemLifecyclePolicy[] {
  const { infrequentAfterDays = FILE_SYSTEM_DEFAULTS.infrequentAfterDays, archiveAfterDays } = props;
  const after = (days: number) => (days === 1 ? "AFTER_1_DAY" : `AFTER_${days}_DAYS`);
  return [
    { transitionToIa: after(infrequentAfterDays) },
    ...(archiveAfterDays === undefined ? [] : [{ transitionToArchive: after(archiveAfterDays) }]),
    { transitionToPrimaryStorageClass: "AFTER_1_ACCESS" },
  ];
}

function throughputOf(throughput: Throughput) {
  if (typeof throughput === "string") return { throughputMode: throughput };
  return { throughputMode: "provisioned", provisionedThroughputInMibps: throughput.provisionedMibps };
}

/**
 * Clients go by IAM: with a policy, EFS lets nobody in who is not named by one. Over TLS only, and as root only where that
 * is wanted.
 *
 * @see https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
 */
function policyOf(scope: Construct, { rootAccess }: FileSystemPlan, arn: string): string {
  const { partition, account } = placeOf(scope);
  const everybody = { Effect: "Deny", Principal: "*", Resource: arn } as const;
  const root = "elasticfilesystem:ClientRootAccess";
  return policy(
    {
      Sid: "AccountDecidesByIam",
      Effect: "Allow",
      Principal: { AWS: `arn:${partition}:iam::${account}:root` },
      Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite", ...(rootAccess ? [root] : [])],
      Resource: arn,
      Condition: { Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } },
    },
    { Sid: "OverTlsOnly", ...everybody, Action: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } },
    ...(rootAccess ? [] : [{ Sid: "NobodyIsRoot", ...everybody, Action: root }]),
  );
}

function pointsOf(scope: Construct, plan: FileSystemPlan, fileSystemId: string): Record<string, EfsAccessPoint> {
  const { region } = plan.site;
  return Object.fromEntries(
    Object.entries(plan.accessPoints).map(([name, { uid, gid, path = `/${name}`, permissions = "0750" }]) => [
      name,
      new EfsAccessPoint(scope, `access-${name}`, {
        fileSystemId,
        posixUser: { uid, gid },
        rootDirectory: { path, creationInfo: { ownerUid: uid, ownerGid: gid, permissions } },
        tags: { Name: nameOf(scope, "file-system", name) },
        region,
      }),
    ]),
  );
}
