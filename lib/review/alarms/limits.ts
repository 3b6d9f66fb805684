/**
 * What CloudWatch holds.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
 */
export const LIMITS = {
  name: 255,
  description: 1024,
  actions: 5,
  /** Characters of one action. */
  action: 1024,
  dimensions: 30,
  dimensionName: 255,
  dimensionValue: 1024,
  /** Metrics in one alarm, and expressions beside them. */
  metrics: 10,
  expressions: 10,
  id: 255,
  /** CloudWatch takes 2048, the provider 1024. */
  expression: 1024,
  rule: 10_240,
  children: 100,
  /** Children, TRUE, FALSE and parentheses of one rule. */
  elements: 500,
  /** Composites that name one alarm. */
  parents: 150,
  tags: 50,
  tagName: 128,
  tagValue: 256,
} as const;

/** Operators that compare with a threshold. */
export const STATIC_OPERATORS = [
  "GreaterThanThreshold",
  "GreaterThanOrEqualToThreshold",
  "LessThanThreshold",
  "LessThanOrEqualToThreshold",
];

/** Operators that compare with an anomaly detection band. */
export const BAND_OPERATORS = [
  "GreaterThanUpperThreshold",
  "LessThanLowerThreshold",
  "LessThanLowerOrGreaterThanUpperThreshold",
];

/** What a period without data can mean. */
export const MISSING_DATA = ["breaching", "notBreaching", "ignore", "missing"];

/** What a percentile of few samples can do. */
export const LOW_SAMPLES = ["evaluate", "ignore"];

const SIZES = ["Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes"];
const SIZES_IN_BITS = ["Bits", "Kilobits", "Megabits", "Gigabits", "Terabits"];
const AMOUNTS = [...SIZES, ...SIZES_IN_BITS, "Count"];

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html (Unit) */
export const UNITS = [
  ...["Seconds", "Microseconds", "Milliseconds", "Percent", "None"],
  ...AMOUNTS,
  ...AMOUNTS.map((amount) => `${amount}/Second`),
];

/** In which units AWS publishes metrics of such names. */
export const PUBLISHED_UNITS: readonly (readonly [name: RegExp, units: readonly string[]])[] = [
  [/(Utilization|Percent|Percentage|%)$/, ["Percent"]],
  [/Bytes$/, ["Bytes"]],
  [/(Latency|ResponseTime|Duration)$/, ["Seconds", "Milliseconds", "Microseconds"]],
  [/Count$/, ["Count", "None"]],
];

/** Statistics that are words. */
export const STATISTICS = ["SampleCount", "Average", "Sum", "Minimum", "Maximum"];

/**
 * The services that an alarm can act through, as the ARNs of its actions name them. Investigations begin, and a composite
 * does more than tell people and functions, on the way into ALARM only.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html
 */
export const ACTIONS = {
  metric: ["sns", "lambda", "ssm", "ssm-incidents", "aiops", "autoscaling", "automate", "swf"],
  metricCalm: ["sns", "lambda", "ssm", "ssm-incidents", "autoscaling", "automate", "swf"],
  composite: ["sns", "lambda", "ssm", "ssm-incidents", "aiops"],
  compositeCalm: ["sns", "lambda"],
} as const;

/**
 * What stands behind service and Region in the ARN of an action, and how such an ARN looks.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html (AlarmActions)
 */
export const ACTION_FORMS: Readonly<Partial<Record<string, readonly [form: RegExp, such: string]>>> = {
  sns: [/^\d{12}:[\w-]{1,256}(\.fifo)?$/, "arn:aws:sns:<region>:<account>:<topic>"],
  lambda: [/^\d{12}:function:[\w-]+(:[\w$-]+)?$/, "arn:aws:lambda:<region>:<account>:function:<name>"],
  ssm: [/^\d{12}:opsitem:[1-4](#CATEGORY=.+)?$/, "arn:aws:ssm:<region>:<account>:opsitem:<1 to 4>"],
  "ssm-incidents": [/^\d{12}:response-?plan\/.+$/, "arn:aws:ssm-incidents::<account>:response-plan/<name>"],
  aiops: [/^\d{12}:investigation-group\/.+$/, "arn:aws:aiops:<region>:<account>:investigation-group/<id>"],
  autoscaling: [
    /^\d+:scalingPolicy:[^:]+:.+:policyName\/.+$/,
    "arn:aws:autoscaling:<region>:<account>:scalingPolicy:<id>:autoScalingGroupName/<group>:policyName/<policy>",
  ],
  automate: [
    /^ec2:(stop|terminate|reboot|recover)$/,
    "arn:aws:automate:<region>:ec2:<stop, terminate, reboot or recover>",
  ],
  swf: [
    /^\d{12}:action\/actions\/AWS_EC2\.InstanceId\.(Stop|Terminate|Reboot|Recover)\/1\.0$/,
    "arn:aws:swf:<region>:<account>:action/actions/AWS_EC2.InstanceId.Reboot/1.0",
  ],
};

/** Words in a metric-math expression that are neither a function nor the id of a query. */
export const MATH_WORDS = [
  ...["AND", "OR", "NOT", "TRUE", "FALSE", "REPEAT", "LINEAR", "ASC", "DESC"],
  ...["AVG", "MIN", "MAX", "SUM", "STDDEV"],
];
