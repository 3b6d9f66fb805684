import { Construct } from "constructs";
import { requireForm, requireKnown, requireOneOf, requireThat, requireWhole } from "../../core/guard";
import { nameOf } from "../../core/naming";
import { zonesIn } from "../../parts/zones";
import { sizeOf } from "../rds/instance-classes";
import { ClusterStorage, PostgresClusterProps } from "./postgres-cluster-props";
import { requirePostgresVersion } from "./postgres-plan";
import { InstanceLoad } from "./postgres-signals";
import { RdsSettings } from "../rds/rds-props";
import { POSTGRES_VERSION, rdsSettings } from "../rds/rds-settings";

/**
 * Families of instance classes that RDS makes Multi-AZ DB clusters of: those with a local disk.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/multi-az-db-clusters-concepts.html#multi-az-db-clusters-concepts.InstanceAvailability
 */
const FAMILIES = ["c6gd", "m5d", "m6gd", "m6id", "m6idn", "r5d", "r6gd", "r6id", "r6idn", "x2iedn"];

/** What a kind of storage takes. */
interface StorageLimits {
  readonly leastGib: number;
  readonly leastIops: number;
  readonly mostIops: number;
}

/**
 * By kind. A cluster has to state its operations, and gp3 takes none below 400 GiB.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html
 */
const STORAGE: Readonly<Record<ClusterStorage, StorageLimits>> = {
  gp3: { leastGib: 400, leastIops: 12_000, mostIops: 64_000 },
  io1: { leastGib: 100, leastIops: 1000, mostIops: 256_000 },
  io2: { leastGib: 100, leastIops: 1000, mostIops: 256_000 },
};

/**
 * Operations a second for each GiB, at least and at most.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html
 */
const [LEAST_PER_GIB, MOST_PER_GIB] = [0.5, 50];

/** A cluster in which nothing is left to a default. */
export interface PostgresClusterPlan extends InstanceLoad {
  readonly identifier: string;
  readonly instanceClass: string;
  readonly storageType: ClusterStorage;
  readonly iops: number;
  readonly engineVersion: string;
  readonly settings: RdsSettings;
}

/** What a cluster is told, and what it is not told by default; refuses what RDS would refuse at apply. */
export function postgresClusterPlan(scope: Construct, props: PostgresClusterProps): PostgresClusterPlan {
  const { instanceClass = "db.m6gd.large", engineVersion = POSTGRES_VERSION, network } = props;
  requirePostgresVersion(scope, engineVersion);
  const zones = zonesIn(scope, network).length;
  const mend = "each instance stands in a zone of its own; in two zones, take Postgres";
  requireThat(scope, zones >= 3, { prop: "network.zones", must: "be at least 3", got: zones, mend });
  const form = `a class that RDS makes clusters of: db.${FAMILIES.join(", db.")}`;
  const classes = new RegExp(`^db\\.(${FAMILIES.join("|")})\\.\\w+$`);
  requireForm(scope, "instanceClass", instanceClass, classes, form, "such as db.m6gd.large");
  return {
    identifier: nameOf(scope, "db-cluster"),
    ...sizeOf(scope, instanceClass, props),
    ...storageOf(scope, props),
    instanceClass,
    engineVersion,
    settings: rdsSettings(scope, "postgresql", props),
  };
}

function storageOf(scope: Construct, props: PostgresClusterProps) {
  const { storageType = "gp3" } = props;
  requireOneOf(scope, "storageType", storageType, Object.keys(STORAGE));
  const { leastGib, leastIops, mostIops } = STORAGE[storageType];
  const { storageGib = leastGib } = props;
  requireKnown(scope, "storageGib", storageGib);
  requireWhole(scope, "storageGib", storageGib, leastGib, 65_536);
  const least = Math.max(leastIops, Math.ceil(LEAST_PER_GIB * storageGib));
  const { iops = least } = props;
  requireWhole(scope, "iops", iops, least, Math.min(mostIops, MOST_PER_GIB * storageGib));
  return { storageType, storageGib, iops };
}
