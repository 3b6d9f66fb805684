import { EfsAccessPoint } from "@cdktf/provider-aws/lib/efs-access-point";
import { EfsFileSystem } from "@cdktf/provider-aws/lib/efs-file-system";
import { EfsReplicationConfiguration } from "@cdktf/provider-aws/lib/efs-replication-configuration";
import { Construct } from "constructs";
import { Dependable, Protected, Recoverable, Stateful, Watchable } from "../../core/declarations";
import { requireOneOf } from "../../core/guard";
import { register } from "../../core/hook";
import { placeOf } from "../../core/place";
import { postureOf } from "../../core/posture";
import { BehindFirewall } from "../../parts/behind-firewall";
import { Firewall } from "../../parts/firewall";
import { Statement } from "../../parts/policy";
import { requireFileSystem } from "./file-system-checks";
import { FileSystemPlan, MadeFileSystem, NFS, defineFileSystem, lifecycleOf } from "./file-system-parts";
import { FILE_SYSTEM_DEFAULTS, FileReplica, FileSystemProps } from "./file-system-props";
import { FILE_SYSTEM_SLA, fileSystemRecovers } from "./file-system-recovery";
import { fileSystemSignals } from "./file-system-signals";

/**
 * Files that many machines share, which survive the loss of a zone and a careless delete; with a replica, the loss of a
 * region.
 *
 * It has a mount target in each zone. Encrypted with a key of its own, over TLS only; clients are let in by their role,
 * nobody without one, and root on a client is not root to the files. Files that nobody reads move to cheaper storage.
 *
 * Replication is no backup: a deleted file is gone in both regions. `Backups` must take it.
 *
 * @see https://docs.aws.amazon.com/efs/latest/ug/security-considerations.html
 */
export class FileSystem extends BehindFirewall implements Watchable, Recoverable, Dependable, Stateful {
  readonly fileSystem: EfsFileSystem;
  readonly firewall: Firewall;
  readonly port = NFS;
  /** By name. */
  readonly accessPoints: Readonly<Record<string, EfsAccessPoint>>;
  /** The same in the other region, where there is one. */
  readonly replica?: MadeFileSystem;
  private readonly props: FileSystemProps;
  private readonly name: string;

  constructor(scope: Construct, id: string, props: FileSystemProps) {
    super(scope, id);
    register(this, props, "FileSystemProps");
    const {
      network,
      key,
      throughput = FILE_SYSTEM_DEFAULTS.throughput,
      accessPoints = {},
      rootAccess = false,
      replicateTo,
    } = props;
    requireFileSystem(this, props, throughput);
    this.props = props;
    const plan = {
      site: { network, key },
      throughput,
      lifecyclePolicy: lifecycleOf(props),
      accessPoints,
      rootAccess,
    };
    const made = defineFileSystem(this, plan);
    this.name = made.name;
    this.fileSystem = made.fileSystem;
    this.firewall = made.firewall;
    this.accessPoints = made.accessPoints;
    if (replicateTo) this.replica = this.replicate(plan, replicateTo);
  }

  get arn(): string {
    return this.fileSystem.arn;
  }

  /** What the role of a client needs to mount it, by one of its access points where it has any. */
  mayMount(accessPoint?: string): Statement {
    const names = Object.keys(this.accessPoints);
    if (names.length > 0 || accessPoint !== undefined) requireOneOf(this, "accessPoint", accessPoint ?? "", names);
    const copies = [this, ...(this.replica ? [this.replica] : [])];
    const points = accessPoint === undefined ? [] : copies.map((copy) => copy.accessPoints[accessPoint].arn);
    const named = `${this.node.path}${accessPoint ?? ""}`.replace(/[^A-Za-z0-9]/g, "");
    return {
      Sid: `Mount${named}`,
      Effect: "Allow",
      Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
      Resource: copies.map(({ fileSystem }) => fileSystem.arn),
      ...(points.length > 0 && { Condition: { StringEquals: { "elasticfilesystem:AccessPointArn": points } } }),
    };
  }

  get signals() {
    const {
      throughput = FILE_SYSTEM_DEFAULTS.throughput,
      sizeGib = FILE_SYSTEM_DEFAULTS.sizeGib,
      replicateTo,
    } = this.props;
    const { region } = placeOf(this);
    const replica = { replica: this.replica?.fileSystem.id, replicaRegion: replicateTo?.region };
    return fileSystemSignals({ id: this.fileSystem.id, name: this.name, region, throughput, sizeGib, ...replica });
  }

  get recovers() {
    const { name, replica, props } = this;
    const other = props.replicateTo && replica && { name: replica.name, region: props.replicateTo.region };
    return fileSystemRecovers(other && { name, region: placeOf(this).region, replica: other });
  }

  get sla() {
    return FILE_SYSTEM_SLA;
  }

  get protects(): readonly Protected[] {
    const by = postureOf(this).deletionProtection ? ["prevent_destroy"] : [];
    const no = "it is the replica of what is backed up";
    return [
      {
        type: "EFS",
        arn: this.arn,
        name: this.name,
        sizeGib: this.props.sizeGib ?? FILE_SYSTEM_DEFAULTS.sizeGib,
        backUp: true,
        by,
      },
      ...(this.replica ? [{ type: "EFS", arn: this.replica.fileSystem.arn, backUp: { no }, by }] : []),
    ];
  }

  private replicate(plan: FileSystemPlan, { region, network }: FileReplica): MadeFileSystem {
    const made = defineFileSystem(new Construct(this, region), { ...plan, site: { network, region } }, true);
    new EfsReplicationConfiguration(this, "replication", {
      sourceFileSystemId: this.fileSystem.id,
      destination: { region, fileSystemId: made.fileSystem.id },
    });
    return made;
  }
}
