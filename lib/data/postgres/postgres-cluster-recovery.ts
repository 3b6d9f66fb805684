import { Sla } from "../../core/declarations";
import { MOMENT, RestoreTo } from "../../core/moment";
import { Recoveries, Recovery } from "../../core/recovery";
import { securityGroupId } from "../../parts/locked-out";
import { postgresSla } from "./postgres-recovery";
import { Located, managedPassword, pointInTime, renamedCluster, untilAvailable } from "../rds/rds-recovery";

/**
 * How one of the standbys takes over. A write is answered when one of them has it, and the one with the newest is taken.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/multi-az-db-clusters-concepts.html
 */
export const CLUSTER_FAILOVER: Recovery = {
  mechanism: "failover to a readable standby",
  rpo: {
    value: "0 seconds",
    basis: "vendor-typical",
    source:
      "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/multi-az-db-clusters-concepts.html (one standby has a write before it is answered)",
  },
  rto: {
    value: "35 seconds",
    basis: "vendor-typical",
    source:
      "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_FailoverDBCluster.html (typically less than 35 seconds)",
  },
  selfHealing: true,
};

/** What a restore needs to know of a cluster; all of it is known at synthesis. */
export interface RestorableCluster extends Located {
  readonly instanceClass: string;
  readonly storageType: string;
  readonly storageGib: number;
  readonly iops: number;
  readonly subnets: string;
  readonly parameters: string;
}

/** How a cluster comes back: by one of its standbys; from bad data, or with none left, by a restore. */
export function postgresClusterRecovers(of: RestorableCluster): Recoveries {
  const restore = (to: RestoreTo) => pointInTime(of.storageGib, stepsBeside(of, to));
  const fromLoss = [CLUSTER_FAILOVER, restore("newest")];
  return { instance: fromLoss, zone: fromLoss, corruption: [restore("moment")] };
}

function stepsBeside(of: RestorableCluster, to: RestoreTo): string[] {
  const { identifier, region, instanceClass, storageType, iops, subnets, parameters, stack } = of;
  const restored = `${identifier}-restored`;
  const time = to === "moment" ? '--restore-to-time "$MOMENT"' : "--use-latest-restorable-time";
  return [
    ...(to === "moment" ? [MOMENT] : []),
    `Restore beside what is there: \`aws rds restore-db-cluster-to-point-in-time --region ${region} --source-db-cluster-identifier ${identifier} --db-cluster-identifier ${restored} ${time} --db-cluster-instance-class ${instanceClass} --storage-type ${storageType} --iops ${iops} --db-subnet-group-name ${subnets} --vpc-security-group-ids ${securityGroupId(of)} --db-cluster-parameter-group-name ${parameters} --no-publicly-accessible\`.`,
    `Wait for it, with its three instances: ${untilAvailable("cluster", region, restored)}.`,
    managedPassword(region, restored),
    ...(to === "moment"
      ? [
          "Compare. Is it a few rows? Copy them over with pg_dump --table and psql, and delete the restored cluster. Is it all? Let them change names, as below.",
        ]
      : []),
    renamedCluster(region, identifier, restored),
    `Terraform finds it by its name: \`terraform -chdir=cdktf.out/stacks/${stack} plan\` must replace nothing. Alarms find its instances by theirs: \`aws rds describe-db-instances --region ${region} --filters Name=db-cluster-id,Values=${identifier} --query 'DBInstances[].DBInstanceIdentifier'\` must say ${identifier}-instance-1 to 3; rename those that differ.`,
  ];
}

/** What AWS promises: of a cluster the same as of an instance with a standby. */
export function postgresClusterSla(): Sla {
  return { ...postgresSla(true), condition: "Multi-AZ DB cluster" };
}
