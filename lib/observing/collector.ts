import { yaml } from "../review/yaml";
import { CollectorConfig } from "./collector-props";

/** What a collector beside a service is made from. */
export interface TraceCollector {
  readonly region: string;
  /** The log groups that X-Ray shows beside each trace. @default - none */
  readonly logGroups?: readonly string[];
  /** Where it listens: to its own instance or task, or to others as well (`0.0.0.0`). @default "127.0.0.1" */
  readonly listen?: string;
}

/**
 * A collector that stands beside a service and sends its traces to X-Ray: an instance's own, or a sidecar.
 *
 * `awsproxy` is what a remote sampler asks for the sampling rules: without it an OpenTelemetry SDK knows none of them. It
 * drops what comes before it runs out of memory, which says so in its log, and is asked for its health at port 13133.
 *
 * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-opentelemetry.html
 * @see https://aws-otel.github.io/docs/getting-started/collector
 */
export function traceCollector({ region, logGroups = [], listen = "127.0.0.1" }: TraceCollector): CollectorConfig {
  return {
    extensions: { awsproxy: { endpoint: `${listen}:2000` }, health_check: { endpoint: "0.0.0.0:13133" } },
    receivers: {
      otlp: { protocols: { grpc: { endpoint: `${listen}:4317` }, http: { endpoint: `${listen}:4318` } } },
    },
    processors: {
      memory_limiter: { check_interval: "1s", limit_percentage: 75, spike_limit_percentage: 20 },
      // As AWS's own configuration of it has them.
      batch: { timeout: "1s", send_batch_size: 50 },
    },
    exporters: { awsxray: { region, ...(logGroups.length > 0 && { aws_log_groups: logGroups }) } },
    service: {
      extensions: ["awsproxy", "health_check"],
      pipelines: {
        traces: { receivers: ["otlp"], processors: ["memory_limiter", "batch"], exporters: ["awsxray"] },
      },
    },
  };
}

/** A configuration as the file that a collector reads. */
export function collectorText(config: CollectorConfig): string {
  return yaml(config);
}
