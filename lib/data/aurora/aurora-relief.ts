import { ServerlessCapacity } from "./aurora-props";
import { largerClass } from "../rds/instance-classes";
import { untilAvailable } from "../rds/rds-recovery";
import { Engine } from "../rds/rds-settings";

/** What relief needs to know of a cluster. */
export interface RelievedAurora {
  /** The DBClusterIdentifier. */
  readonly identifier: string;
  readonly region: string;
  readonly engine: Engine;
  readonly instanceClass: string;
  /** @default - instances of one class */
  readonly capacity?: ServerlessCapacity;
  readonly readers: number;
  /** The most that scaling makes of them. @default - their number is fixed */
  readonly mostReaders?: number;
  /** The DBInstanceIdentifier of each instance. */
  readonly instances: Readonly<Record<string, string>>;
  /** The parameter group of each instance. */
  readonly parameters: string;
}

const MOST_CAPACITY = 256;
const MOST_READERS = 15;

/** More CPU and memory for the one that writes, as a step. */
export function largerWriter(of: RelievedAurora): string {
  const { capacity, instanceClass } = of;
  if (capacity) return moreCapacity(of, capacity);
  const next = largerClass(instanceClass, "r7g");
  if (next === undefined) return `It is the load: a class larger than ${instanceClass}, as instanceClass in the code.`;
  return of.readers > 0 ? byReader(of, next) : inPlace(of, next);
}

function moreCapacity({ identifier }: RelievedAurora, { minCapacity, maxCapacity }: ServerlessCapacity): string {
  if (maxCapacity >= MOST_CAPACITY)
    return `It is the load: nothing is larger than ${MOST_CAPACITY} units. Write less, or in turns.`;
  const most = Math.min(2 * maxCapacity, MOST_CAPACITY);
  return `It is the load: let it grow further, at once and without an outage. It is paid for as it is used; the limit of connections follows at the next restart. Write it as serverless.maxCapacity in the code afterwards, or the next apply takes it back: \`aws rds modify-db-cluster --db-cluster-identifier ${identifier} --serverless-v2-scaling-configuration MinCapacity=${minCapacity},MaxCapacity=${most} --apply-immediately\`.`;
}

/** The one that writes is never changed: a larger reader takes its place. */
function byReader({ identifier, region }: RelievedAurora, next: string): string {
  const reader = `READER=$(aws rds describe-db-clusters --region ${region} --db-cluster-identifier ${identifier} --query 'DBClusters[0].DBClusterMembers[?!IsClusterWriter].DBInstanceIdentifier | [0]' --output text)`;
  const change = `aws rds modify-db-instance --region ${region} --db-instance-identifier "$READER" --db-instance-class ${next} --apply-immediately && sleep 60`;
  const failover = `aws rds failover-db-cluster --region ${region} --db-cluster-identifier ${identifier} --target-db-instance-identifier "$READER"`;
  return `It is the load: let a reader take a larger class, and then the place of the writer. It costs ten minutes without that reader, a minute without a writer, and about twice as much a month for that instance; write it as instanceClass in the code afterwards: \`${reader}\`, \`${change}\`, ${untilAvailable("instance", region, '"$READER"')}, \`${failover}\`.`;
}

function inPlace({ instances }: RelievedAurora, next: string): string {
  const [writer] = Object.values(instances);
  return `It is the load: take a larger class. There is no reader, so it costs ten minutes without the database, and about twice as much a month; write it as instanceClass in the code afterwards, or the next apply takes it back: \`aws rds modify-db-instance --db-instance-identifier ${writer} --db-instance-class ${next} --apply-immediately\`.`;
}

/** One more that reads, as a step. */
export function moreReaders(of: RelievedAurora): string {
  const { identifier, engine, instanceClass, parameters, mostReaders } = of;
  if (mostReaders !== undefined && mostReaders < MOST_READERS) {
    const most = Math.min(mostReaders + 2, MOST_READERS);
    return `Let scaling make two more; each takes ten minutes, and is paid for by the hour. Write it as readerScaling.max in the code afterwards, or the next apply takes it back: \`aws application-autoscaling register-scalable-target --service-namespace rds --resource-id cluster:${identifier} --scalable-dimension rds:cluster:ReadReplicaCount --max-capacity ${most}\`.`;
  }
  return `Make one more; it takes ten minutes, is paid for by the hour, and Terraform does not know it. Write one more as readers in the code afterwards, and delete this one: \`aws rds create-db-instance --db-cluster-identifier ${identifier} --db-instance-identifier ${identifier}-relief --engine aurora-${engine} --db-instance-class ${instanceClass} --db-parameter-group-name ${parameters} --promotion-tier 15\`.`;
}

/** A writer that hangs, or none at all, as steps. */
export function newWriter(of: RelievedAurora): string[] {
  const { identifier, instances, readers } = of;
  const [first] = Object.values(instances);
  const cluster = `--db-cluster-identifier ${identifier}`;
  const writer = `$(aws rds describe-db-clusters ${cluster} --query 'DBClusters[0].DBClusterMembers[?IsClusterWriter].DBInstanceIdentifier | [0]' --output text)`;
  const other =
    readers > 0
      ? `A reader is available: let it write. It costs a minute, and what was not committed: aws rds failover-db-cluster ${cluster}.`
      : `There is no reader that could write: restart the writer, ${first}, which is back within minutes: aws rds reboot-db-instance --db-instance-identifier ${first}.`;
  return [
    other,
    ...(readers > 0
      ? [
          `No reader is available, and the writer hangs: restart it: aws rds reboot-db-instance --db-instance-identifier ${writer}.`,
        ]
      : []),
    `No instance is left: make one; it writes after ten minutes, and nothing is lost. Then apply, and delete it: \`aws rds create-db-instance ${cluster} --db-instance-identifier ${identifier}-relief --engine aurora-${of.engine} --db-instance-class ${of.instanceClass} --db-parameter-group-name ${of.parameters}\`.`,
  ];
}

/** The instances of a cluster and how each is, as a command. */
export function instancesOf(cluster: string): string {
  return `aws rds describe-db-instances --filters Name=db-cluster-id,Values=${cluster} --query 'DBInstances[].[DBInstanceIdentifier,DBInstanceStatus,AvailabilityZone,DBInstanceClass]' --output text`;
}

/** The units that each instance of a cluster took at most in the last ten minutes, as a command. */
export function capacityOfEach(cluster: string): string {
  return `aws rds describe-db-instances --filters Name=db-cluster-id,Values=${cluster} --query 'DBInstances[].DBInstanceIdentifier' --output text | tr '\t' '\n' | while read -r NODE; do echo "$NODE $(aws cloudwatch get-metric-statistics --namespace AWS/RDS --metric-name ServerlessDatabaseCapacity --dimensions "Name=DBInstanceIdentifier,Value=$NODE" --statistics Maximum --period 600 --start-time $(($(date +%s) - 600)) --end-time $(date +%s) --query 'max(Datapoints[].Maximum)')"; done`;
}
