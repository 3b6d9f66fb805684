import { logName } from "./cache-group";
import { largerNode } from "./cache-nodes";

/** What relief needs to know of a cache with nodes. */
export interface RelievedCache {
  readonly identifier: string;
  readonly nodeType: string;
  /** The id of the group of those who may sign in. */
  readonly userGroup: string;
  /** @default - one, without cluster mode */
  readonly shards?: number;
  readonly replicas: number;
  /** What the id of the global datastore ends with. @default - one region */
  readonly globalSuffix?: string;
}

/** The most that a shard has. */
const MOST_REPLICAS = 5;

/** A metric of each node in the last ten minutes, as a command: one node, or all of them? */
export function ofEachNode({ identifier }: RelievedCache, metric: string, statistic = "Maximum"): string {
  const whole = statistic === "Sum" ? "sum" : "max";
  return `aws elasticache describe-replication-groups --replication-group-id ${identifier} --query 'ReplicationGroups[0].MemberClusters' --output text | tr '\\t' '\\n' | while read -r NODE; do echo "$NODE $(aws cloudwatch get-metric-statistics --namespace AWS/ElastiCache --metric-name ${metric} --dimensions "Name=CacheClusterId,Value=$NODE" --statistics ${statistic} --period 60 --start-time $(($(date +%s) - 600)) --end-time $(date +%s) --query '${whole}(Datapoints[].${statistic})')"; done`;
}

/** The state of a cache, the roles of its nodes and their zones, as a command. */
export function stateOf({ identifier }: RelievedCache): string {
  return `aws elasticache describe-replication-groups --replication-group-id ${identifier} --query 'ReplicationGroups[0].[Status,AutomaticFailover,NodeGroups[].NodeGroupMembers[].[CacheClusterId,CurrentRole,PreferredAvailabilityZone]]' --output text`;
}

/** The slow commands of the last half hour, as a command. */
export function slowLog({ identifier }: RelievedCache): string {
  return `aws logs tail ${logName(identifier, "slow-log")} --since 30m --format short`;
}

/** What the engine said in the last hour, as a command. */
export function engineLog({ identifier }: RelievedCache): string {
  return `aws logs tail ${logName(identifier, "engine-log")} --since 1h --format short`;
}

/** What ElastiCache did in the last six hours, as a command. */
export function cacheEvents({ identifier }: RelievedCache): string {
  return `aws elasticache describe-events --duration 360 --query "Events[?contains(SourceIdentifier, '${identifier}')].[Date,Message]" --output text`;
}

/** Larger nodes, as a step. */
export function largerNodes(of: RelievedCache): string {
  const { identifier, nodeType, globalSuffix } = of;
  const next = largerNode(nodeType);
  const group = `--replication-group-id ${identifier}`;
  if (next === undefined) {
    return `Take larger nodes than ${nodeType}, as nodeType in the code. There are these: aws elasticache list-allowed-node-type-modifications ${group} --query ScaleUpModifications --output text.`;
  }
  const says =
    "Take larger nodes. The data stays, and it is read from all the while; writes fail for some seconds near the end, and it takes ten minutes to an hour. It needs memory and CPU of its own: do it before the last of them is gone. It costs about twice as much a month; write it as nodeType in the code afterwards, or the next apply takes it back";
  const change = `--cache-node-type ${next} --apply-immediately`;
  if (globalSuffix === undefined) {
    return `${says}: \`aws elasticache modify-replication-group ${group} ${change}\`.`;
  }
  const id = `GLOBAL=$(aws elasticache describe-global-replication-groups --query "GlobalReplicationGroups[?ends_with(GlobalReplicationGroupId, '${globalSuffix}')].GlobalReplicationGroupId" --output text)`;
  return `${says}. Both regions change: \`${id}\`, \`aws elasticache modify-global-replication-group --global-replication-group-id "$GLOBAL" ${change}\`.`;
}

/** More nodes to read from, as a step, where there can be more. */
function moreReplicas({ identifier, replicas }: RelievedCache): string[] {
  if (replicas === MOST_REPLICAS) return [];
  return [
    `Clients read from replicas: add one a shard, without an outage. It costs another node a shard; while it is filled, the primary works more. Write it as replicas in the code afterwards, or the next apply takes it back: \`aws elasticache increase-replica-count --replication-group-id ${identifier} --new-replica-count ${replicas + 1} --apply-immediately\`.`,
  ];
}

/** More shards to spread over, as a step, where there is cluster mode in one region. */
export function moreShards({ identifier, shards, globalSuffix }: RelievedCache): string[] {
  if (shards === undefined || globalSuffix !== undefined) return [];
  const more = Math.min(Math.ceil((shards * 3) / 2), 500);
  return [
    `It is spread over all shards: take more of them, while it is in use. Keys move for an hour or longer, which takes CPU. It costs as many nodes more; write it as shards in the code afterwards, or the next apply takes it back: \`aws elasticache modify-replication-group-shard-configuration --replication-group-id ${identifier} --node-group-count ${more} --apply-immediately\`.`,
  ];
}

/** More nodes, as steps. */
export function moreNodes(of: RelievedCache): string[] {
  return [...moreReplicas(of), ...moreShards(of)];
}

/** Who may sign in, as a command. */
export function usersOf({ userGroup }: Pick<RelievedCache, "userGroup">): string {
  return `aws elasticache describe-users --query "Users[?contains(UserGroupIds, '${userGroup}')].[UserId,Status,AccessString]" --output text`;
}

/** Who changed users of caches in the last six hours, as a command. */
export const USER_CHANGES =
  "aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=ModifyUser --start-time $(($(date +%s) - 21600)) --query 'Events[].[EventTime,Username,Resources[0].ResourceName]' --output text";

/** Why somebody who may sign in is not let in. */
export const SIGN_IN = [
  "The user is there, and active: does the client make a new token for each connection? One lasts 15 minutes.",
  "It does: may its role connect (elasticache:Connect)? See mayConnect of the cache.",
];

/** How those who are refused get in again. */
export const REGAIN = [
  "Did a client or its role change when it began? Take that rollout back: what it may was right before.",
  "Did a user of the cache change? Take that back in the code, and apply.",
];
