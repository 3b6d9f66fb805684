import { CollectorConfig } from "./collector-props";

/** How much of some requests is traced: so many a second, and a share of those above. */
export interface Sampling {
  /** Requests a second that are traced whatever the share: a service with little traffic is seen. Whole. @default 1 */
  readonly reservoirPerSecond?: number;
  /** The share of all others that is traced, from 0 to 1. @default 0.05 */
  readonly rate?: number;
}

/** Requests of a service that are sampled otherwise than the rest. `*` and `?` stand for other characters. */
export interface SamplingRule extends Sampling {
  /** How many of them come in a second, on average: a part of the service's own. */
  readonly requestsPerSecond: number;
  /** The path of their address: `/checkout/*`. @default "*" */
  readonly path?: string;
  /** Their method: `POST`. @default "*" */
  readonly method?: string;
  /** The name that they ask: `api.example.com`. @default "*" */
  readonly host?: string;
}

/** What a {@link Traces} can be told. */
export interface TracesProps extends Sampling {
  /** How the service calls itself in its traces: the `service.name` of OpenTelemetry. */
  readonly service: string;
  /** Requests a second on average, over a month with its nights: what the budget is reckoned by. */
  readonly requestsPerSecond: number;
  /** Rules for some requests, by name; the first that fits counts. @default - all requests are alike */
  readonly rules?: Readonly<Record<string, SamplingRule>>;
  /** The budget: traces in 30 days. X-Ray records a million for about 5 US dollars. @default 5000000 */
  readonly tracesPerMonth?: number;
  /** The priority of the first rule (1-9999); the others follow. Services do not meet: rules name theirs. @default 1000 */
  readonly priority?: number;
  /** Whether X-Ray looks for faults out of the ordinary, at about 1 US dollar a million traces. @default false */
  readonly insights?: boolean;
  /** The names of the log groups in which the service writes `traceId`: shown beside a trace. @default - none */
  readonly logs?: readonly string[];
  /**
   * What the collector beside the service does.
   *
   * @default - it takes OTLP and sends traces to X-Ray, see `traceCollector`
   */
  readonly collector?: CollectorConfig;
  /**
   * The ARN of a KMS key for all traces of the account in this region, also those of others: X-Ray has one setting for
   * both, and a second stack that sets it undoes the first. Set it in one place, such as a foundation stack.
   *
   * @default - the setting is left as it is: X-Ray encrypts with a key of its own
   */
  readonly accountKey?: string;
}
