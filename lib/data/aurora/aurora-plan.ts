import { Construct } from "constructs";
import { requireOneOf, requireWhole } from "../../core/guard";
import { postureOf } from "../../core/posture";
import { judge } from "../../core/verdict";
import { backtrackSeconds, computeOf, requireGlobal, requireReaders } from "./aurora-checks";
import { ClusterPlan } from "./aurora-cluster";
import { AuroraProps } from "./aurora-props";
import { monitoringRole } from "../rds/rds-parts";
import { rdsSettings } from "../rds/rds-settings";

/**
 * Versions that this pattern knows; each has a family of parameters.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraPostgreSQLReleaseNotes/aurorapostgresql-release-calendar.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraMySQLReleaseNotes/AuroraMySQL.release-calendars.html
 */
const VERSIONS = { postgresql: ["15", "16", "17"], mysql: ["8.0"] } as const;
const LATEST = { postgresql: "17", mysql: "8.0" } as const;

/** A cluster in which nothing is left to a default. */
export interface AuroraPlan extends ClusterPlan {
  readonly readers: number;
  readonly memoryGib: number;
  readonly sizeGib: number;
  /** Seconds. @default - it cannot be wound back */
  readonly backtrackWindow?: number;
}

/** What a cluster is told, and what it is not told by default; refuses what Aurora would refuse at apply. */
export function planOf(scope: Construct, props: AuroraProps): AuroraPlan {
  const { standby, deletionProtection } = postureOf(scope);
  const { engine, readers = standby ? 1 : 0, readerScaling, serverless, network, key } = props;
  requireOneOf(scope, "engine", engine, Object.keys(VERSIONS));
  const { engineVersion: major = LATEST[engine], storageType = "aurora", sizeGib = 100 } = props;
  const mend = "name the major version: Aurora moves on to newer minor ones by itself, and cannot go back";
  requireOneOf(scope, "engineVersion", major, VERSIONS[engine], mend);
  requireOneOf(scope, "storageType", storageType, ["aurora", "aurora-iopt1"]);
  requireWhole(scope, "sizeGib", sizeGib, 1, Infinity);
  requireReaders(scope, readers, readerScaling);
  requireGlobal(scope, props);
  judge(scope, "zone-loss", readers > 0 || !standby, {
    prop: "readers",
    must: "be at least 1: without one, a lost zone takes the cluster along until somebody makes a writer elsewhere",
    got: readers,
  });
  return {
    engine,
    major,
    readers,
    serverless,
    storageType,
    sizeGib,
    logicalReplication: props.logicalReplication ?? false,
    ...computeOf(scope, props),
    settings: rdsSettings(scope, engine, props),
    backtrackWindow: backtrackSeconds(scope, props),
    site: { network, key },
    instances: readers + 1,
    guarded: deletionProtection,
    monitoring: monitoringRole(scope),
  };
}
