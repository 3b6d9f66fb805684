import { Duration, seconds } from "../../core/duration";
import { Signals } from "../../core/signal";
import { Standby } from "../aurora/aurora-steps";
import { RUNNING, STOP, eventsOf } from "./rds-relief";
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
        `Is it connected, and does it still follow? aws rds describe-global-clusters --region ${region} --global-cluster-identifier ${global} --query 'GlobalClusters[0].GlobalClusterMembers[].[DBClusterArn,IsWriter,SynchronizationStatus]' --output text.`,
        `Which region is how far behind, says the writer: ${BEHIND[engine]}`,
        `Does the writer load much at once? What it has written has to be sent: ${RUNNING[engine]}`,
        `It does not, and no member is out of step: read the events there: ${eventsOf(identifier)}.`,
        "After a failover this cluster is the writer, and silent until the way back: then nothing is wrong.",
      ],
      mitigate: [
        `Do not fail over to ${region} while it is behind, unless the first region is lost.`,
        `Hold back the job that writes so much. ${STOP}`,
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
  const there = `--region ${region} --db-instance-identifier ${identifier}`;
  const look = `aws rds describe-db-instances ${there} --query 'DBInstances[0].[DBInstanceStatus,StatusInfos]'`;
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
        `Does it follow at all? ${look}.`,
        "It does: how far is it behind, says the replica itself? SELECT now() - pg_last_xact_replay_timestamp() AS behind.",
        `Does the source load much at once, or build an index? What it has written has to be sent: ${RUNNING.postgresql}`,
        "It does not: is the replica short of CPU or disk? A statement that runs there for long holds it back as well.",
      ],
      mitigate: [
        `Do not promote it while it is behind, unless the first region is lost.`,
        `Hold back the job that writes so much. ${STOP}`,
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
        `What does RDS say of it? ${look}.`,
        "Nothing (null, or an empty list): it was promoted, and follows nobody. Is it meant to be? Then the way back is a new replica in the other direction.",
        "error or terminated: the message says why. Mostly the logs that it needs are gone, since it was away or behind for too long.",
      ],
      mitigate: [
        `Restart it; nobody is hurt, and it often follows again: aws rds reboot-db-instance ${there}.`,
        `It does not follow after ten minutes: replace it. Until the new one is there, ${region} has nothing to promote. The next apply makes it: \`aws rds modify-db-instance ${there} --no-deletion-protection --apply-immediately\`, \`aws rds delete-db-instance ${there} --skip-final-snapshot\`.`,
      ],
      rationale:
        "AWS watches the lag; RDS reports -1 where replication is not active. Its silence is a breach of replicaLag.",
      source,
    },
  } as const satisfies Signals;
}
