import { AutoscalingPolicy } from "@cdktf/provider-aws/lib/autoscaling-policy";
import { Construct } from "constructs";
import { refuse, requireForm, requireOneOf } from "../core/guard";
import { Capacity, judgeTarget, requirePositive, withHeadroom } from "./fleet-capacity";
import { MathMeasure, Metric } from "../core/signal";
import { FleetProps, ScaleOn } from "./fleet-props";

/** @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CustomizedMetricSpecification.html */
const STATISTICS = ["Average", "Minimum", "Maximum", "SampleCount", "Sum"];

/** The expression, among the metrics that it is reckoned from. */
const RESULT = "held";

/** What a fleet scales on, and whether that leaves room for the loss of a zone. */
export interface Scale {
  readonly metric: Metric | MathMeasure;
  readonly target: number;
  readonly survivesZoneLoss: boolean;
}

/** What a fleet scales on: what it is told, else the requests that each target gets in a minute. */
export function scaleOf(scope: Construct, { zones }: Capacity, instances: Metric, props: FleetProps): Scale {
  const { behind, load, scaleOn, targetPerInstance } = props;
  if (targetPerInstance !== undefined && (scaleOn || !behind)) {
    const mend = "state scaleOn.target instead";
    refuse(scope, { prop: "targetPerInstance", must: "be left out without requests", got: targetPerInstance, mend });
  }
  if (scaleOn) {
    requirePositive(scope, "scaleOn.target", scaleOn.target);
    return { target: scaleOn.target, metric: measured(scope, scaleOn, instances), survivesZoneLoss: true };
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

/** What is held at the target; refuses what Auto Scaling would refuse at apply. */
function measured(scope: Construct, { metric: asked }: ScaleOn, instances: Metric): Metric | MathMeasure {
  const metric = typeof asked === "function" ? asked(instances) : asked;
  if (!isMath(metric)) {
    requireOneOf(scope, "scaleOn.metric.statistic", metric?.statistic, STATISTICS);
    return metric;
  }
  for (const id of Object.keys(metric.math.metrics)) {
    const form = "named by a small letter, then letters, digits and _";
    requireForm(scope, "scaleOn.metric", id, new RegExp(`^(?!${RESULT}$)[a-z]\\w*$`), form);
  }
  return metric;
}

function isMath(metric: Metric | MathMeasure): metric is MathMeasure {
  return metric !== undefined && "math" in metric;
}

/**
 * Holds a metric at its target by adding instances, and by taking them away again.
 *
 * Requests are named as any other metric is. The predefined `ALBRequestCountPerTarget` is the same one, but asks for a
 * label of load balancer and target group, and is refused until a listener has brought the two together.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PredefinedMetricSpecification.html
 */
export function targetTracking(scope: Construct, autoscalingGroupName: string, scale: Scale): AutoscalingPolicy {
  return new AutoscalingPolicy(scope, "scaling", {
    name: "target-tracking",
    autoscalingGroupName,
    policyType: "TargetTrackingScaling",
    enabled: true,
    targetTrackingConfiguration: {
      targetValue: scale.target,
      disableScaleIn: false,
      customizedMetricSpecification: isMath(scale.metric) ? reckoned(scale.metric) : named(scale.metric),
    },
  });
}

function named({ namespace, name: metricName, statistic, dimensions }: Metric) {
  return { namespace, metricName, statistic, metricDimension: pairs(dimensions) };
}

/** @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-target-tracking-metric-math.html */
function reckoned({ math: { expression, metrics } }: MathMeasure) {
  const parts = Object.entries(metrics).map(([id, { namespace, name: metricName, statistic: stat, dimensions }]) => ({
    id,
    metricStat: { metric: { namespace, metricName, dimensions: pairs(dimensions) }, stat },
    returnData: false,
  }));
  return { metrics: [...parts, { id: RESULT, expression, label: expression, returnData: true }] };
}

function pairs(dimensions: Metric["dimensions"] = {}) {
  return Object.entries(dimensions).map(([name, value]) => ({ name, value }));
}
