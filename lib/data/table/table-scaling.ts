import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { Construct } from "constructs";
import { ProvisionedCapacity, TARGET_PERCENT } from "./table-props";

const KINDS = { reads: "Read", writes: "Write" } as const;

/**
 * Seconds until capacity is added again, and until it is taken away again. DynamoDB takes capacity away a few times a day
 * only, so each time should count.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html#decreasing-provisioned-throughput
 */
const COOL_DOWN = { out: 60, in: 900 };

/** Capacity that follows the load between its bounds. */
export function scaleWithLoad(scope: Construct, table: DynamodbTable, capacity: ProvisionedCapacity): void {
  for (const kind of ["reads", "writes"] as const) {
    const { min, max } = capacity[kind];
    const target = new AppautoscalingTarget(scope, `${kind}-capacity`, {
      serviceNamespace: "dynamodb",
      resourceId: `table/${table.name}`,
      scalableDimension: `dynamodb:table:${KINDS[kind]}CapacityUnits`,
      minCapacity: min,
      maxCapacity: max,
    });
    new AppautoscalingPolicy(scope, `${kind}-scaling`, {
      name: `target-tracking-${kind}`,
      policyType: "TargetTrackingScaling",
      serviceNamespace: target.serviceNamespace,
      resourceId: target.resourceId,
      scalableDimension: target.scalableDimension,
      targetTrackingScalingPolicyConfiguration: {
        targetValue: capacity.target ?? TARGET_PERCENT,
        scaleOutCooldown: COOL_DOWN.out,
        scaleInCooldown: COOL_DOWN.in,
        disableScaleIn: false,
        predefinedMetricSpecification: { predefinedMetricType: `DynamoDB${KINDS[kind]}CapacityUtilization` },
      },
    });
  }
}
