import { Sla } from "../../core/declarations";
import { Recoveries, Recovery } from "../../core/recovery";
import { ASYNCHRONOUS, storedAcrossZones } from "../../core/stored";

const REPLICATION = "https://docs.aws.amazon.com/efs/latest/ug/efs-replication.html";

/** The files are in several zones, and each zone has a way to them. */
const STORED = storedAcrossZones("https://docs.aws.amazon.com/efs/latest/ug/availability-durability.html");

/** What finds the two file systems of a replication: AWS assigns their ids. */
export interface Replicated {
  readonly name: string;
  readonly region: string;
  readonly replica: { readonly name: string; readonly region: string };
}

/** The id of a file system, for a shell; a page adds its region where none is said. */
export function fileSystemId(name: string, region?: string): string {
  const there = region === undefined ? "" : ` --region ${region}`;
  return `$(aws efs describe-file-systems${there} --creation-token ${name} --query 'FileSystems[0].FileSystemId' --output text)`;
}

function replica({ region, replica: other }: Replicated): Recovery {
  const replications = `aws efs describe-replication-configurations --region ${other.region} --file-system-id ${fileSystemId(other.name, other.region)}`;
  return {
    mechanism: "failover to the replica",
    rpo: { value: "15 minutes", basis: "vendor-typical", source: `${REPLICATION} (most file systems)` },
    rto: { value: "15 minutes", basis: "assumed", source: `${REPLICATION} (minutes, until it can be written to)` },
    selfHealing: false,
    floor: { rpo: ASYNCHRONOUS },
    steps: [
      "Apply nothing to this stack until the files have returned: Terraform would replicate over what is written there.",
      `What does it follow? The replica knows, where ${region} does not answer: \`SOURCE=$(${replications} --query 'Replications[0].SourceFileSystemId' --output text)\`.`,
      `End the replication, which makes the replica one that can be written to: \`aws efs delete-replication-configuration --region ${other.region} --source-file-system-id "$SOURCE"\`.`,
      `Wait until it is gone, when it says ReplicationNotFound: \`until ${replications} 2>&1 | grep ReplicationNotFound; do sleep 30; done\`.`,
      `Let the service in ${other.region} mount it; its mount targets are there.`,
    ],
    failback: [
      `Copy what was written there to the file system in ${region}: DataSync does, or rsync where both are mounted.`,
      "From then on Terraform may replicate over what is there.",
    ],
  };
}

/** How a file system comes back: a lost zone heals, a lost region needs the replica, lost files a backup. */
export function fileSystemRecovers(replicated?: Replicated): Recoveries {
  return {
    instance: [STORED],
    zone: [STORED],
    ...(replicated && { region: [replica(replicated)] }),
  };
}

/** What AWS promises of a file system over several zones. */
export const FILE_SYSTEM_SLA: Sla = {
  value: 99.99,
  basis: "sla",
  condition: "regional, in standard and infrequent storage",
  source: "https://aws.amazon.com/efs/sla/",
  asOf: "2026-11-01",
};
