/**
 * Keys under which the Terraform provider lets an action take its target, and the first of the two versions that this
 * library is tested with that does: it checks them before it asks AWS. A template with another key goes through Cloud
 * Control, which leaves the check to AWS; whoever plans it must be allowed cloudformation:DescribeType.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/fis/experiment_template.go
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/46979
 */
export const TARGET_KEYS: Readonly<Record<string, "5.100" | "6.25">> = {
  AutoScalingGroups: "5.100",
  Buckets: "5.100",
  Cluster: "5.100",
  Clusters: "5.100",
  DBInstances: "5.100",
  Functions: "6.25",
  Instances: "5.100",
  ManagedResources: "5.100",
  Nodegroups: "5.100",
  Pods: "5.100",
  ReplicationGroups: "5.100",
  Roles: "5.100",
  SpotInstances: "5.100",
  Subnets: "5.100",
  Tables: "5.100",
  Tasks: "5.100",
  TransitGateways: "5.100",
  Volumes: "5.100",
};
