import { Duration, seconds } from "../core/duration";
import { Signals } from "../core/signal";
import { Standby } from "./aurora-steps";
import { rdsMetric } from "./rds-signals";
import { Engine } from "./rds-settings";

/** How to ask a database of a global database how far each region is behind. */
const BEHIND: Readonly<Record<Engine, string>> = {
  postgresql: "SELECT aws_region, durability_lag_in_msec, rpo_lag_in_msec FROM aurora_global_db_status().",
  mysql:
    "SELECT aws_region, durability_lag_in_milliseconds, rpo_lag_in_milliseconds FROM information_schema.aurora_global_db_status.",
};

/**
 * What is worth watching about a cluster that follows in another region, by what the loss of the first one may cost: of
 * user transactions alone, as AWS has it looked at for every PostgreSQL and for MySQL from 3.04 on.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html
 */
export function globalSignals({ region, identifier, global, waiting }: Standby, engine: Engine, rpo: Duration) {
  return {
    globalLag: {
      kind: "latency",
      means: `a failover to ${region} would lose more than the ${rpo} that it is said to`,
      measure: rdsMetric({ DBClusterIdentifier: identifier })("AuroraGlobalDBRPOLag", "Maximum"),
      region,
      bad: "above",
      unit: "milliseconds",
      ticket: seconds(rpo) * 1000,
      breaches: "5 of 5",
      // Where no instance waits, nobody promises that there is a measurement.
      missing: waiting ? "breaching" : "missing",
      firstSteps: [
        `Is it connected, and does it still follow? aws rds describe-global-clusters --region ${region} --global-cluster-identifier ${global} --query 'GlobalClusters[0].GlobalClusterMembers[].[DBClusterArn,IsWriter,SynchronizationStatus]' --output text`,
        `Which region is how far behind, says the writer: ${BEHIND[engine]}`,
        "Look for a bulk load on the writer: what it has written has to be sent. After a failover this cluster is the writer, and silent until the way back.",
      ],
      rationale: `The loss that is claimed of a lost region, ${rpo}; a second is usual. Who cannot lose more is paged.`,
      source: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html",
    },
  } as const satisfies Signals;
}

/** A replica in another region, as signals find it. */
interface Follower {
  readonly region: string;
  readonly identifier: string;
}

/** What is worth watching about a replica in another region. */
export function replicaSignals({ region, identifier }: Follower, rpo: Duration) {
  const source = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PostgreSQL.Replication.ReadReplicas.html";
  const lag = (statistic: string) => rdsMetric({ DBInstanceIdentifier: identifier })("ReplicaLag", statistic);
  const look = `aws rds describe-db-instances --region ${region} --db-instance-identifier ${identifier} --query 'DBInstances[0].StatusInfos'`;
  return {
    replicaLag: {
      kind: "latency",
      means: `a promotion in ${region} would lose more than the ${rpo} that it is said to`,
      measure: lag("Maximum"),
      region,
      bad: "above",
      unit: "seconds",
      ticket: seconds(rpo),
      breaches: "10 of 10",
      missing: "breaching",
      firstSteps: [
        "Look for a bulk load on the source, or an index that is built: what it has written has to be sent.",
        `How far behind is it, says the replica: SELECT now() - pg_last_xact_replay_timestamp().`,
        `What does RDS say of it? ${look}`,
      ],
      rationale: `AWS names 60 seconds, which a source without transactions exceeds: then up to five minutes are reported. Here it is the loss that is claimed of a lost region, ${rpo}.`,
      source,
    },
    replicaStopped: {
      kind: "errors",
      means: `the replica in ${region} does not follow any more: a promotion would lose all since then`,
      measure: lag("Minimum"),
      region,
      bad: "below",
      unit: "seconds",
      ticket: 0,
      breaches: "5 of 5",
      missing: "notBreaching",
      firstSteps: [
        `What does RDS say of it? ${look}`,
        "Was it promoted? Then make a new replica in the other direction, and deploy.",
        "Did it fall too far behind? Then the write-ahead logs that it needs are gone: replace it.",
      ],
      rationale:
        "AWS watches the lag; RDS reports -1 where replication is not active. Its silence is a breach of replicaLag.",
      source,
    },
  } as const satisfies Signals;
}
