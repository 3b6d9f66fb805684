import { ResourceConfig } from "../../rule";

type TagsOf = (config: ResourceConfig) => Readonly<Record<string, unknown>>[];

const own: TagsOf = ({ tags }) => (isRecord(tags) ? [tags] : []);

/** Tags that a group puts on what it launches. */
const propagated: TagsOf = ({ tag }) => {
  const rows = Array.isArray(tag) ? tag.filter(isRecord) : [];
  return [Object.fromEntries(rows.map(({ key, value }) => [String(key), value]))];
};

/** Tags that a launch template puts on one type of resource. */
const launched =
  (type: string): TagsOf =>
  ({ tag_specifications: rows }) =>
    (Array.isArray(rows) ? rows.filter(isRecord) : []).flatMap(({ resource_type, tags }) =>
      resource_type === type && isRecord(tags) ? [tags] : [],
    );

const INSTANCES = {
  aws_autoscaling_group: propagated,
  aws_instance: own,
  aws_launch_template: launched("instance"),
} as const;

/**
 * Which resources of a plan give their tags to what the fault injection service finds by tags.
 *
 * @see https://docs.aws.amazon.com/fis/latest/userguide/targets.html#resource-types
 */
export const CARRIERS: Readonly<Record<string, Readonly<Record<string, TagsOf>>>> = {
  "aws:arc:zonal-shift-managed-resource": { aws_autoscaling_group: propagated, aws_lb: own },
  "aws:dynamodb:global-table": { aws_dynamodb_table: own },
  "aws:ec2:autoscaling-group": { aws_autoscaling_group: propagated },
  "aws:ec2:ebs-volume": { aws_ebs_volume: own, aws_launch_template: launched("volume") },
  "aws:ec2:instance": INSTANCES,
  "aws:ec2:spot-instance": INSTANCES,
  "aws:ec2:subnet": { aws_subnet: own },
  "aws:ec2:transit-gateway": { aws_ec2_transit_gateway: own },
  "aws:ec2:vpc-endpoint": { aws_vpc_endpoint: own },
  "aws:ecs:cluster": { aws_ecs_cluster: own },
  "aws:ecs:task": { aws_ecs_service: own, aws_ecs_task_definition: own },
  "aws:eks:cluster": { aws_eks_cluster: own },
  "aws:eks:nodegroup": { aws_eks_node_group: own },
  "aws:elasticache:replicationgroup": { aws_elasticache_replication_group: own },
  "aws:iam:role": { aws_iam_role: own },
  "aws:kinesis:stream": { aws_kinesis_stream: own },
  "aws:lambda:function": { aws_lambda_function: own },
  "aws:memorydb:multi-region-cluster": { aws_memorydb_multi_region_cluster: own },
  "aws:rds:cluster": { aws_rds_cluster: own },
  "aws:rds:db": { aws_db_instance: own },
  "aws:s3:bucket": { aws_s3_bucket: own },
};

/** The Terraform types that are read. */
export const CARRYING = [...new Set(Object.values(CARRIERS).flatMap((types) => Object.keys(types)))].sort();

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
