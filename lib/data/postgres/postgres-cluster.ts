import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import { Construct } from "constructs";
import {
  Breakable,
  Dependable,
  Procedural,
  Protected,
  Queryable,
  Recoverable,
  Stateful,
  Watchable,
} from "../../core/declarations";
import { register } from "../../core/hook";
import { postureOf } from "../../core/posture";
import { BehindFirewall } from "../../parts/behind-firewall";
import { Firewall } from "../../parts/firewall";
import { zonesIn } from "../../parts/zones";
import { Poolable } from "../connection-pool/connection-pool-props";
import { maxConnections } from "../rds/max-connections";
import { postgresClusterPlan } from "./postgres-cluster-plan";
import { postgresClusterProcedures } from "./postgres-cluster-procedures";
import { PostgresClusterProps } from "./postgres-cluster-props";
import {
  CLUSTER_FAILOVER,
  RestorableCluster,
  postgresClusterRecovers,
  postgresClusterSla,
} from "./postgres-cluster-recovery";
import { definePostgresCluster } from "./postgres-cluster-resource";
import { WatchedCluster, postgresClusterSignals } from "./postgres-cluster-signals";
import { clusterFaults } from "../rds/rds-faults";
import { protectedBy, subscribeEvents } from "../rds/rds-parts";
import { rdsQueries } from "../rds/rds-queries";
import { located } from "../rds/rds-recovery";

/** Events that a topic is told of. */
const EVENTS = ["failover", "failure", "maintenance"];

/**
 * A Multi-AZ DB cluster of RDS for PostgreSQL: a writer and two standbys that can be read, each in a zone of its own. It
 * survives the loss of a zone in about half a minute, a bad write and a careless delete.
 *
 * In every posture it has three instances and takes three zones; by the posture it keeps 1 to 35 days of point-in-time
 * recovery and refuses to be deleted. A write is answered when one standby has it. Clients reach the writer and the
 * standbys at two addresses that stay through a failover. Always: encrypted, out of reach of the internet, TLS only, its
 * password managed. Its storage does not grow by itself, and a page comes before it is full.
 *
 * What RDS does not do for a cluster: it replicates no backups to another region, copies no snapshot, and keeps no
 * automated backup of a cluster that was deleted. Where a region may be lost, take `Aurora` or `Postgres`.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/multi-az-db-clusters-concepts.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/multi-az-db-clusters-concepts.Limitations.html
 */
export class PostgresCluster
  extends BehindFirewall
  implements Watchable, Recoverable, Dependable, Stateful, Breakable, Queryable, Procedural, Poolable
{
  readonly cluster: RdsCluster;
  readonly parameters: RdsClusterParameterGroup;
  readonly firewall: Firewall;
  readonly port: number;
  private readonly watched: WatchedCluster;
  private readonly restorable: RestorableCluster;
  private readonly zones: readonly string[];
  private readonly guarded: boolean;

  constructor(scope: Construct, id: string, props: PostgresClusterProps) {
    super(scope, id);
    register(this, props, "PostgresClusterProps");
    const plan = postgresClusterPlan(this, props);
    const { identifier, instanceClass, storageType, storageGib, iops } = plan;
    this.guarded = postureOf(this).deletionProtection;
    this.port = plan.settings.port;
    this.zones = zonesIn(this, props.network).map(([zone]) => zone);

    const { cluster, parameters, firewall, subnets } = definePostgresCluster(this, plan, props, this.guarded);
    this.cluster = cluster;
    this.parameters = parameters;
    this.firewall = firewall;
    const source = { type: "db-cluster", identifier: this.cluster.clusterIdentifier, categories: EVENTS } as const;
    if (props.eventTopic !== undefined) subscribeEvents(this, source, props.eventTopic);
    const instances = [1, 2, 3].map((number) => [`instance-${number}`, `${identifier}-instance-${number}`]);
    this.watched = { ...plan, instances: Object.fromEntries(instances) };
    this.restorable = {
      ...located(this, identifier, firewall),
      instanceClass,
      storageType,
      storageGib,
      iops,
      subnets: subnets.name,
      parameters: parameters.name,
    };
  }

  /** Where the writer is reached, whichever instance that is. */
  get endpoint(): string {
    return this.cluster.endpoint;
  }

  /** Where the standbys are reached, one after the other. They may be some seconds behind. */
  get readerEndpoint(): string {
    return this.cluster.readerEndpoint;
  }

  /** What a `ConnectionPool` needs to know. */
  get pooled(): Poolable["pooled"] {
    return {
      engine: "postgresql",
      target: { cluster: this.cluster.clusterIdentifier },
      maxConnections: maxConnections("postgresql", this.watched.memoryGib),
      secret: { arn: this.cluster.masterUserSecret.get(0).secretArn, key: this.cluster.kmsKeyId },
    };
  }

  get signals() {
    return postgresClusterSignals(this.watched);
  }

  get recovers() {
    return postgresClusterRecovers(this.restorable);
  }

  get sla() {
    return postgresClusterSla();
  }

  get faults() {
    return clusterFaults(CLUSTER_FAILOVER.mechanism, this.cluster.arn, this.zones);
  }

  get queries() {
    return rdsQueries("postgresql", `cluster/${this.watched.identifier}`);
  }

  get procedures() {
    return postgresClusterProcedures(this.restorable);
  }

  get protects(): readonly Protected[] {
    const notCopied = "AWS Backup copies no snapshot of a Multi-AZ DB cluster";
    return [
      {
        type: "RDS",
        arn: this.cluster.arn,
        name: this.cluster.clusterIdentifierInput,
        backUp: true,
        notCopied,
        by: protectedBy(this.guarded),
      },
    ];
  }
}
