import { AutoscalingPolicy } from "@cdktf/provider-aws/lib/autoscaling-policy";
import { Construct } from "constructs";
import { refuse, requireOneOf } from "../core/guard";
import { Capacity, judgeTarget, requirePositive, withHeadroom } from "./fleet-capacity";
import { FleetProps, ScaleOn } from "./fleet-props";

/** @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CustomizedMetricSpecification.html */
const STATISTICS = ["Average", "Minimum", "Maximum", "SampleCount", "Sum"];

/** What a fleet scales on, and whether that leaves room for the loss of a zone. */
export interface Scale extends ScaleOn {
  readonly survivesZoneLoss: boolean;
}

/** What a fleet scales on: what it is told, else the requests that each target gets in a minute. */
export function scaleOf(scope: Construct, { zones }: Capacity, props: FleetProps): Scale {
  const { behind, load, scaleOn, targetPerInstance } = props;
  if (targetPerInstance !== undefined && (scaleOn || !behind)) {
    const mend = "state scaleOn.target instead";
    refuse(scope, { prop: "targetPerInstance", must: "be left out without requests", got: targetPerInstance, mend });
  }
  if (scaleOn) {
    requirePositive(scope, "scaleOn.target", scaleOn.target);
    requireOneOf(scope, "scaleOn.metric.statistic", scaleOn.metric.statistic, STATISTICS);
    return { ...scaleOn, survivesZoneLoss: true };
  }
  if (!behind || !load) {
    const mend = "such as the backlog for each instance, or stand behind an entrance";
    return refuse(scope, { prop: "scaleOn", must: "be given without an entrance", got: undefined, mend });
  }
  const { perInstance } = load;
  if (targetPerInstance !== undefined) requirePositive(scope, "targetPerInstance", targetPerInstance);
  const survivesZoneLoss =
    targetPerInstance === undefined || judgeTarget(scope, zones, targetPerInstance, { ...load, perInstance });
  // Requests a second are stated; the metric counts those of a minute.
  const target = targetPerInstance === undefined ? withHeadroom(60 * perInstance, zones) : 60 * targetPerInstance;
  return { metric: behind.requestsPerTarget, target, survivesZoneLoss };
}

/**
 * Holds a metric at its target by adding instances, and by taking them away again.
 *
 * Requests are named as any other metric is. The predefined `ALBRequestCountPerTarget` is the same one, but asks for a
 * label of load balancer and target group, and is refused until a listener has brought the two together.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PredefinedMetricSpecification.html
 */
export function targetTracking(scope: Construct, autoscalingGroupName: string, scale: ScaleOn): AutoscalingPolicy {
  const { namespace, name: metricName, statistic, dimensions = {} } = scale.metric;
  return new AutoscalingPolicy(scope, "scaling", {
    name: "target-tracking",
    autoscalingGroupName,
    policyType: "TargetTrackingScaling",
    enabled: true,
    targetTrackingConfiguration: {
      targetValue: scale.target,
      disableScaleIn: false,
      customizedMetricSpecification: {
        namespace,
        metricName,
        statistic,
        metricDimension: Object.entries(dimensions).map(([name, value]) => ({ name, value })),
      },
    },
  });
}
