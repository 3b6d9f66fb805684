import { Sla } from "../../core/declarations";
import { Fault } from "../../core/fault";
import { Recoveries, Recovery } from "../../core/recovery";
import { GIB_PER_HOUR, restoreTime } from "../../core/restore";
import { ASYNCHRONOUS, storedAcrossZones } from "../../core/stored";

const STORED = storedAcrossZones(
  "https://docs.aws.amazon.com/AmazonS3/latest/userguide/disaster-recovery-resiliency.html",
);
const REPLICA = "replica with replication time control";

/** What a way back needs to know of a bucket. */
interface RestorableBucket {
  readonly name: string;
  readonly region: string;
  readonly versionDays: number;
  readonly sizeGib: number;
  /** @default - one region */
  readonly replica?: { readonly name: string; readonly region: string };
}

function versions({ name, region, versionDays, sizeGib }: RestorableBucket): Recovery {
  const list = `aws s3api list-object-versions --region ${region} --bucket ${name}`;
  const newest = (what: string) =>
    `'sort_by(${what},&LastModified)[-100:].[LastModified,VersionId,Key]' --output table`;
  return {
    mechanism: "earlier versions",
    rpo: { value: "0 seconds", basis: "configured", source: `every version is kept for ${versionDays} days` },
    rto: restoreTime(sizeGib),
    selfHealing: false,
    gibPerHour: GIB_PER_HOUR,
    steps: [
      "Stop what writes the bad objects.",
      `What was written last? The newest hundred, of all that lies there: \`${list} --query ${newest("[Versions][]")}\`.`,
      `What was deleted last? \`${list} --query ${newest("[DeleteMarkers][] | [?IsLatest]")}\`.`,
      "Of a bad object, paste the key after: `until read -r KEY; do :; done`.",
      `Which versions has it? \`${list} --prefix "$KEY" --query 'Versions[].[LastModified,IsLatest,VersionId,Key]' --output text\`.`,
      "Paste the id of the good one after: `until read -r VERSION; do :; done`.",
      `Copy it over what is there: \`aws s3api copy-object --region ${region} --bucket ${name} --key "$KEY" --copy-source "${name}/$KEY?versionId=$VERSION"\`.`,
      "There are too many for that: S3 Batch Operations copies a list of keys and versions.",
    ],
  };
}

type Replica = NonNullable<RestorableBucket["replica"]>;

function replicated({ name, region }: RestorableBucket, replica: Replica): Recovery {
  return {
    mechanism: REPLICA,
    rpo: {
      value: "15 minutes",
      basis: "sla",
      source: "https://aws.amazon.com/s3/sla-rtc/ (for 99.9 % of the objects of a month)",
      asOf: "2026-11-01",
    },
    rto: {
      value: "0 seconds",
      basis: "configured",
      source: `the bucket in ${replica.region} can be read all the time`,
    },
    selfHealing: false,
    floor: { rpo: ASYNCHRONOUS },
    steps: [`Let the service in ${replica.region} use the bucket there: it has another name, ${replica.name}.`],
    failback: [
      `Copy back what was written in ${replica.region}, since the rule runs one way: \`aws s3 sync --region ${region} --source-region ${replica.region} s3://${replica.name} s3://${name}\`.`,
    ],
  };
}

/** How a bucket comes back: a lost zone heals, a lost region needs the replica, a bad write an earlier version. */
export function bucketRecovers(bucket: RestorableBucket): Recoveries {
  return {
    instance: [STORED],
    zone: [STORED],
    ...(bucket.replica && { region: [replicated(bucket, bucket.replica)] }),
    corruption: [versions(bucket)],
  };
}

/** What AWS promises of a bucket, where objects stay in standard storage or move to a cheaper one. */
export function bucketSla(moves: boolean): Sla {
  return {
    value: moves ? 99 : 99.9,
    basis: "sla",
    condition: moves ? "infrequent access" : "standard storage",
    source: "https://aws.amazon.com/s3/sla/",
    asOf: "2026-11-01",
  };
}

/**
 * A bucket with a replica is tested by keeping them apart: for two hours, since objects may go on being replicated for one
 * after it begins. The service finds a bucket by its tags alone.
 *
 * @see https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html#s3-actions-reference-fis
 */
export function bucketFaults(name: string, replicateTo?: string): { readonly pausedReplication?: Fault } {
  if (replicateTo === undefined) return {};
  return {
    pausedReplication: {
      scenario: "region",
      mechanism: REPLICA,
      action: "aws:s3:bucket-pause-replication",
      parameters: { duration: "PT2H", region: replicateTo },
      target: { key: "Buckets", resourceType: "aws:s3:bucket", tags: { Name: name }, selection: "ALL" },
      region: { regions: [replicateTo], actionParameter: "region" },
      does: `objects are not replicated to ${replicateTo} for two hours`,
    },
  };
}
