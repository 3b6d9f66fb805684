/** Metrics that `aws-metrics.json` lacks, or publishes by further dimensions, with the page of AWS that names them. */
export interface DocumentedMetrics {
  readonly source: string;
  readonly metrics: readonly string[];
  /** Each set of dimensions that these metrics are published by. */
  readonly dimensions: readonly (readonly string[])[];
}

const LOAD_BALANCER =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html";
const BACKUP = "https://docs.aws.amazon.com/aws-backup/latest/devguide/cloudwatch.html";
const LOGS =
  "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch-Logs-Monitoring-CloudWatch-Metrics.html";
const PROXY = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.monitoring.html";
const RDS = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/dimensions.html";
const DYNAMODB = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html";

/** By namespace. */
export const DOCUMENTED: Readonly<Record<string, readonly DocumentedMetrics[]>> = {
  "AWS/Events": [
    {
      source: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html",
      metrics: ["FailedInvocations"],
      dimensions: [["RuleName"]],
    },
  ],
  "AWS/ApplicationELB": [
    {
      source: LOAD_BALANCER,
      metrics: [
        "ClientTLSNegotiationErrorCount",
        "HTTPCode_ELB_502_Count",
        "HTTPCode_ELB_503_Count",
        "HTTPCode_ELB_504_Count",
        "HTTPCode_ELB_5XX_Count",
        "HTTPCode_Target_5XX_Count",
        "NewConnectionCount",
        "RejectedConnectionCount",
        "RequestCount",
      ],
      dimensions: [["LoadBalancer"]],
    },
    {
      source: LOAD_BALANCER,
      metrics: ["HTTPCode_ELB_5XX_Count", "HTTPCode_Target_5XX_Count", "RequestCount"],
      dimensions: [["AvailabilityZone", "LoadBalancer"]],
    },
    {
      source: LOAD_BALANCER,
      metrics: ["HealthyHostCount", "TargetConnectionErrorCount", "TargetResponseTime", "UnHealthyHostCount"],
      dimensions: [
        ["LoadBalancer", "TargetGroup"],
        ["AvailabilityZone", "LoadBalancer", "TargetGroup"],
      ],
    },
    {
      source: LOAD_BALANCER,
      metrics: [
        "RequestCount",
        "RequestCountPerTarget",
        "TargetTLSNegotiationErrorCount",
        "UnhealthyRoutingRequestCount",
      ],
      dimensions: [["LoadBalancer", "TargetGroup"], ["TargetGroup"]],
    },
  ],
  "AWS/AutoScaling": [
    {
      source: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-metrics.html",
      metrics: ["GroupDesiredCapacity", "GroupInServiceInstances", "GroupMaxSize", "GroupPendingInstances"],
      dimensions: [["AutoScalingGroupName"]],
    },
  ],
  "AWS/Firehose": [
    {
      source: "https://docs.aws.amazon.com/firehose/latest/dev/cloudwatch-metrics.html",
      metrics: ["DeliveryToS3.DataFreshness", "ThrottledRecords"],
      dimensions: [["DeliveryStreamName"]],
    },
  ],
  "AWS/Backup": [
    {
      source: BACKUP,
      metrics: [
        "NumberOfBackupJobsAborted",
        "NumberOfBackupJobsCompleted",
        "NumberOfBackupJobsExpired",
        "NumberOfBackupJobsFailed",
        "NumberOfCopyJobsFailed",
        "NumberOfRecoveryPointsPartial",
      ],
      dimensions: [["BackupVaultName", "ResourceType"]],
    },
  ],
  "AWS/DynamoDB": [
    {
      source: DYNAMODB,
      metrics: ["SuccessfulRequestLatency", "SystemErrors"],
      dimensions: [["Operation", "TableName"]],
    },
  ],
  "AWS/EC2": [
    {
      source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_metrics_with_cloudwatch.html",
      metrics: [
        "CPUCreditBalance",
        "CPUUtilization",
        "EBSByteBalance%",
        "EBSIOBalance%",
        "StatusCheckFailed_AttachedEBS",
      ],
      dimensions: [["AutoScalingGroupName"]],
    },
  ],
  "AWS/EFS": [
    {
      source: "https://docs.aws.amazon.com/efs/latest/ug/efs-metrics.html",
      metrics: ["TimeSinceLastSync"],
      dimensions: [["DestinationFileSystemId", "FileSystemId"]],
    },
  ],
  "AWS/ElastiCache": [
    {
      source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/serverless-metrics-events-redis.html",
      metrics: [
        "AuthenticationFailures",
        "BytesUsedForCache",
        "ElastiCacheProcessingUnits",
        "Evictions",
        "SuccessfulReadRequestLatency",
        "ThrottledCmds",
      ],
      dimensions: [["clusterId"]],
    },
  ],
  "AWS/Logs": [
    { source: LOGS, metrics: ["IncomingLogEvents"], dimensions: [["LogGroupName"]] },
    {
      source: LOGS,
      metrics: ["DeliveryErrors", "DeliveryThrottling"],
      dimensions: [["LogGroupName"], ["DestinationType", "FilterName", "LogGroupName"]],
    },
  ],
  "AWS/RDS": [
    {
      source: RDS,
      metrics: [
        "CPUCreditBalance",
        "DiskQueueDepth",
        "OldestReplicationSlotLag",
        "SwapUsage",
        "TransactionLogsDiskUsage",
      ],
      dimensions: [["DBInstanceIdentifier"]],
    },
    {
      source: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/dimensions.html",
      metrics: [
        "ActiveTransactions",
        "BlockedTransactions",
        "BufferCacheHitRatio",
        "CPUUtilization",
        "DatabaseConnections",
        "FreeableMemory",
        "FreeLocalStorage",
        "MaximumUsedTransactionIDs",
        "RollbackSegmentHistoryListLength",
      ],
      dimensions: [["DBClusterIdentifier", "Role"]],
    },
    { source: PROXY, metrics: ["AvailabilityPercentage"], dimensions: [["ProxyName", "TargetGroup", "TargetRole"]] },
    {
      source: PROXY,
      metrics: [
        "ClientConnections",
        "ClientConnectionsSetupFailedAuth",
        "DatabaseConnections",
        "DatabaseConnectionsBorrowLatency",
        "DatabaseConnectionsCurrentlyBorrowed",
        "DatabaseConnectionsCurrentlySessionPinned",
        "DatabaseConnectionsSetupFailed",
        "MaxDatabaseConnectionsAllowed",
      ],
      dimensions: [["ProxyName"]],
    },
  ],
  "AWS/RUM": [
    {
      source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-RUM-metrics.html",
      metrics: [
        "Http5xxCount",
        "JsErrorCount",
        "PageViewCount",
        "WebVitalsCumulativeLayoutShift",
        "WebVitalsInteractionToNextPaint",
        "WebVitalsLargestContentfulPaint",
      ],
      dimensions: [["application_name"]],
    },
  ],
  "AWS/Usage": [
    {
      source:
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Service-Quota-Integration.html",
      metrics: ["ResourceCount"],
      dimensions: [["Class", "Resource", "Service", "Type"]],
    },
  ],
  "AWS/X-Ray": [
    {
      source: "https://docs.aws.amazon.com/xray/latest/devguide/xray-console-groups.html",
      metrics: ["ApproximateTraceCount"],
      dimensions: [["GroupName"]],
    },
  ],
  CloudWatchSynthetics: [
    {
      source:
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_metrics.html",
      metrics: ["Duration", "SuccessPercent"],
      dimensions: [["CanaryName"], ["CanaryName", "StepName"]],
    },
  ],
};
