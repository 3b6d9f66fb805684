import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { CloudwatchQueryDefinition } from "@cdktf/provider-aws/lib/cloudwatch-query-definition";
import { XrayEncryptionConfig } from "@cdktf/provider-aws/lib/xray-encryption-config";
import { XrayGroup } from "@cdktf/provider-aws/lib/xray-group";
import { XraySamplingRule } from "@cdktf/provider-aws/lib/xray-sampling-rule";
import { Token } from "cdktf";
import { Alarms } from "../../lib/alerting";
import { EventMeasure, Signals, waive } from "../../lib/core";
import { CollectorConfig, Traces, TracesProps, traceCollector } from "../../lib/observing";
import { Synthesized, synth } from "../synth";
import { NOTIFY } from "./service";

const SERVICE = { service: "orders", requestsPerSecond: 20 };
const KEY = "arn:aws:kms:eu-west-1:111122223333:key/0f1e2d3c-0000-4000-8000-000000000000";

/** Rules of which one is full, one empty and one by default: 0.5 + 0 + 1 + 0.05 × 16.5 traces a second. */
const RULES = {
  checkouts: { method: "POST", path: "/checkouts", requestsPerSecond: 0.5, rate: 1 },
  health: { path: "/healthz", requestsPerSecond: 2, reservoirPerSecond: 0, rate: 0 },
};
const RECORDED = Math.ceil((0.5 + 1 + 0.05 * 16.5) * 30 * 24 * 3600);

/** Traces, and what the construct itself says once they are made. */
function traced<T>(props: Partial<TracesProps> = {}, says?: (traces: Traces) => T) {
  let said: T | undefined;
  const stack = synth((stack) => {
    const traces = new Traces(stack, "traces", { ...SERVICE, ...props });
    said = says?.(traces);
  });
  return { stack, said: said as T };
}

function watched(props: Partial<TracesProps> = {}): Synthesized {
  return synth((stack) => {
    new Alarms(stack, "alarms", { notify: NOTIFY }).watch(new Traces(stack, "traces", { ...SERVICE, ...props }));
  });
}

test("all traces of the service are one group, those with a fault another", () => {
  const { stack } = traced();
  expect(stack.at(XrayGroup, "traces/Resource")).toMatchObject({
    group_name: "test-traces",
    filter_expression: 'service("orders")',
    insights_configuration: { insights_enabled: false, notifications_enabled: false },
  });
  expect(stack.at(XrayGroup, "traces/faults").filter_expression).toBe('service("orders") { fault }');
});

test("one request a second and a twentieth of the others is traced, of this service alone", () => {
  expect(traced().stack.the(XraySamplingRule)).toMatchObject({
    rule_name: "test-traces-rest",
    priority: 1000,
    version: 1,
    reservoir_size: 1,
    fixed_rate: 0.05,
    service_name: "orders",
    service_type: "*",
    host: "*",
    http_method: "*",
    url_path: "*",
    resource_arn: "*",
  });
});

test("rules keep their order, and what no rule fits comes last", () => {
  const { stack } = traced({ rules: RULES, priority: 40, tracesPerMonth: RECORDED });
  const rules = Object.values(stack.all(XraySamplingRule)).sort((a, b) => a.priority - b.priority);
  expect(
    rules.map(({ priority, http_method, url_path, reservoir_size, fixed_rate }) => {
      return [priority, http_method, url_path, reservoir_size, fixed_rate];
    }),
  ).toEqual([
    [40, "POST", "/checkouts", 1, 1],
    [41, "*", "/healthz", 0, 0],
    [42, "*", "*", 1, 0.05],
  ]);
});

test("names of groups and rules fit X-Ray under a long path", () => {
  const stack = synth((stack) => void new Traces(stack, "traces-of-a-service-with-a-long-name", SERVICE));
  const names = [
    ...Object.values(stack.all(XrayGroup)).map(({ group_name }) => group_name),
    ...Object.values(stack.all(XraySamplingRule)).map(({ rule_name }) => rule_name),
  ];
  expect(Math.max(...names.map(({ length }: string) => length))).toBeLessThanOrEqual(32);
  expect(new Set(names).size).toBe(names.length);
});

test("a budget holds exactly what the stated requests leave", () => {
  const kept = (tracesPerMonth: number) => {
    return traced({ rules: RULES, tracesPerMonth }).stack.warnings.some((each) => each.includes("tracesPerMonth"));
  };
  expect([kept(RECORDED), kept(RECORDED - 1)]).toEqual([false, true]);
});

/** What synthesis says where the budget holds. */
const WITHIN = ["watched is waived: a test"];

const overspent = (props: Partial<TracesProps>, excused = false) =>
  synth(
    (stack) => {
      const traces = new Traces(stack, "traces", { ...SERVICE, ...props });
      waive(traces, "watched", { waived: "a test" });
      if (excused) waive(traces, "trace-budget", { waived: "a week of hunting a fault" });
    },
    { checks: true },
  );

test("fails on more than the budget holds, with the number to change", () => {
  expect(() => overspent({ tracesPerMonth: 3_000_000 })).toThrow(
    "'tracesPerMonth' must hold what the sampling rules record of the stated requests, got 3000000; " +
      "5054400 would be recorded: write rate: 0.0082, or tracesPerMonth: 5054400",
  );
  expect(() => overspent({ tracesPerMonth: 1_000_000 })).toThrow("write reservoirPerSecond: 0 and rate: 0.0192");
});

test("the number that the budget asks for is enough, and the next above it is not", () => {
  expect(overspent({ tracesPerMonth: 3_000_000, rate: 0.0082 }).warnings).toEqual(WITHIN);
  expect(() => overspent({ tracesPerMonth: 3_000_000, rate: 0.0083 })).toThrow("'tracesPerMonth' must hold");
  expect(overspent({ tracesPerMonth: 1_000_000, reservoirPerSecond: 0, rate: 0.0192 }).warnings).toEqual(WITHIN);
});

test("a budget can be overdrawn for a reason", () => {
  expect(overspent({ tracesPerMonth: 3_000_000 }, true).warnings.join()).toContain("a week of hunting a fault");
});

test("where requests are few, fewer traces than the reservoir are reckoned", () => {
  const quiet = { service: "orders", requestsPerSecond: 0.1, tracesPerMonth: 0.1 * 30 * 24 * 3600 };
  expect(overspent(quiet).warnings).toEqual(WITHIN);
});

test("a service that falls silent is a ticket, where it is never silent by chance", () => {
  const silence = "traces/alarms/silence-ticket";
  expect(watched().at(CloudwatchMetricAlarm, silence)).toMatchObject({
    namespace: "AWS/X-Ray",
    metric_name: "ApproximateTraceCount",
    dimensions: { GroupName: "test-traces" },
    comparison_operator: "LessThanThreshold",
    treat_missing_data: "breaching",
    period: 300,
    evaluation_periods: 3,
  });
  expect(Object.keys(watched({ requestsPerSecond: 0.05 }).all(CloudwatchMetricAlarm))).not.toContain(silence);
});

test("a day with more traces than a thirtieth of the budget is a ticket", () => {
  const budget = watched({ tracesPerMonth: 6_000_000 });
  expect(budget.at(CloudwatchMetricAlarm, "traces/alarms/over-budget-ticket")).toMatchObject({
    threshold: 200_000,
    period: 86_400,
    evaluation_periods: 1,
    comparison_operator: "GreaterThanThreshold",
  });
});

test("the share of traces with a fault is measured between the two groups", () => {
  const { said } = traced({}, ({ signals }) => signals.faultShare.measure.ratio);
  const groups = [...said.bad, ...said.total].map(({ dimensions }) => dimensions);
  expect(groups).toEqual([{ GroupName: "test-traces-faults" }, { GroupName: "test-traces" }]);
});

test("X-Ray looks for faults out of the ordinary only where it is asked to, and then tells of them", () => {
  const asked = traced({ insights: true }, ({ signals }) => Object.keys(signals));
  expect(asked.stack.at(XrayGroup, "traces/Resource").insights_configuration).toEqual({
    insights_enabled: true,
    notifications_enabled: true,
  });
  expect(asked.said).toContain("anomaly");
  expect(traced({}, ({ signals }) => Object.keys(signals)).said).not.toContain("anomaly");
  // Fields of the event's schema: EventBridge drops every event for a field that it does not have.
  const { said } = traced({ insights: true }, ({ signals }) => signals as Signals);
  expect(said.anomaly.measure).toMatchObject({ event: { detail: { State: ["ACTIVE"] } } });
  expect(Object.keys((said.anomaly.measure as EventMeasure).event.detail ?? {})).toEqual(["State", "GroupName"]);
});

test("the role of a service may send traces and ask what to sample, and read none", () => {
  const { said } = traced({}, ({ statements }) => statements.flatMap(({ Action }) => Action));
  expect(said).toEqual([
    "xray:PutTraceSegments",
    "xray:PutTelemetryRecords",
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
  ]);
});

test("what one trace logged is asked of the groups that the service logs to", () => {
  const { stack, said } = traced({ logs: ["/services/orders"] }, ({ queries }) => queries);
  expect(stack.the(CloudwatchQueryDefinition)).toMatchObject({
    name: "test/traces/lines-of-trace",
    log_group_names: ["/services/orders"],
    query_string: expect.stringContaining("filter traceId in"),
  });
  expect(said.linesOfTrace.logGroups).toEqual(["/services/orders"]);
  expect(traced().stack.all(CloudwatchQueryDefinition)).toEqual({});
});

test("the setting of the account is left alone, or made with your key", () => {
  expect(traced().stack.all(XrayEncryptionConfig)).toEqual({});
  expect(traced({ accountKey: KEY }).stack.the(XrayEncryptionConfig)).toMatchObject({ type: "KMS", key_id: KEY });
});

test("fails on a second setting of the account in one stack", () => {
  expect(() =>
    synth((stack) => {
      new Traces(stack, "one", { ...SERVICE, accountKey: KEY });
      new Traces(stack, "two", { ...SERVICE, accountKey: KEY });
    }),
  ).toThrow(
    "'accountKey' must be set once for account and region, got \"a second setting, beside test/one/encryption\"",
  );
});

test("the collector takes OTLP, answers a remote sampler, and sends to X-Ray with the logs beside", () => {
  const { said } = traced({ logs: ["/services/orders"] }, ({ collector }) => collector);
  expect(said).toBe(`extensions:
  awsproxy:
    endpoint: "127.0.0.1:2000"
  health_check:
    endpoint: "0.0.0.0:13133"
receivers:
  otlp:
    protocols:
      grpc:
        endpoint: "127.0.0.1:4317"
      http:
        endpoint: "127.0.0.1:4318"
processors:
  memory_limiter:
    check_interval: "1s"
    limit_percentage: 75
    spike_limit_percentage: 20
  batch:
    timeout: "1s"
    send_batch_size: 50
exporters:
  awsxray:
    region: eu-west-1
    aws_log_groups:
      - /services/orders
service:
  extensions:
    - awsproxy
    - health_check
  pipelines:
    traces:
      receivers:
        - otlp
      processors:
        - memory_limiter
        - batch
      exporters:
        - awsxray
`);
});

const COLLECTOR = traceCollector({ region: "eu-west-1" });
const TRACES = COLLECTOR.service.pipelines.traces;
const piped = (pipelines: CollectorConfig["service"]["pipelines"], more: Partial<CollectorConfig> = {}) => ({
  ...COLLECTOR,
  ...more,
  service: { ...COLLECTOR.service, pipelines },
});

test("a connector that ends one pipeline and begins another joins them", () => {
  const connectors = { spanmetrics: {} };
  const exporters = { ...COLLECTOR.exporters, awsemf: {} };
  const collector = piped(
    {
      traces: { ...TRACES, exporters: ["awsxray", "spanmetrics"] },
      "metrics/spans": { receivers: ["spanmetrics"], exporters: ["awsemf"] },
    },
    { connectors, exporters },
  );
  expect(traced({ collector }, (traces) => traces.collector).said).toContain("metrics/spans:");
});

test.each<[string, CollectorConfig, string]>([
  ["no pipeline", piped({}), "'collector.service.pipelines' must be one at least"],
  [
    "a receiver that is not defined",
    piped({ traces: { ...TRACES, receivers: ["otlp", "zipkin"] } }),
    `'collector.service.pipelines.traces.receivers' must name what is defined, got "zipkin"; define it under receivers, or name one of otlp`,
  ],
  [
    "a processor that is not defined",
    piped({ traces: { ...TRACES, processors: ["memory_limiter", "batch", "filter"] } }),
    "'collector.service.pipelines.traces.processors' must name what is defined",
  ],
  [
    "an exporter that is a receiver",
    piped({ traces: { ...TRACES, exporters: ["awsxray", "otlp"] } }),
    "'collector.service.pipelines.traces.exporters' must name what is defined",
  ],
  [
    "an extension that is not defined",
    { ...COLLECTOR, service: { ...COLLECTOR.service, extensions: ["awsproxy", "health_check", "pprof"] } },
    "'collector.service.extensions' must name what is defined",
  ],
  [
    "a processor in no pipeline",
    piped({ traces: { ...TRACES, processors: ["batch"] } }),
    "'collector.processors.memory_limiter' must be in use",
  ],
  [
    "an extension that nobody starts",
    { ...COLLECTOR, service: { ...COLLECTOR.service, extensions: ["awsproxy"] } },
    "'collector.extensions.health_check' must be in use",
  ],
  [
    "a pipeline without a receiver",
    piped({ traces: { ...TRACES, receivers: [] } }),
    "receivers' must name one at least",
  ],
  [
    "a processor twice",
    piped({ traces: { ...TRACES, processors: ["memory_limiter", "batch", "batch"] } }),
    "processors' must name each once",
  ],
  [
    "a pipeline of spans",
    piped({ spans: TRACES }),
    "'collector.service.pipelines.spans' must be named by what it carries",
  ],
  [
    "an id that is no id",
    piped({ traces: { ...TRACES, receivers: ["otlp in"] } }, { receivers: { "otlp in": {} } }),
    "'collector.receivers' must have ids of a type",
  ],
  [
    "a connector by the name of a receiver",
    piped({ traces: TRACES }, { connectors: { otlp: {} } }),
    "'collector.connectors' must have ids that no receiver or exporter has",
  ],
  [
    "a connector that begins nothing",
    piped({ traces: { ...TRACES, exporters: ["awsxray", "spanmetrics"] } }, { connectors: { spanmetrics: {} } }),
    "'collector.connectors.spanmetrics' must end one pipeline and begin another",
  ],
  [
    "connectors that lead in a circle",
    piped(
      {
        "traces/in": { receivers: ["otlp", "back"], processors: ["memory_limiter", "batch"], exporters: ["forward"] },
        "traces/out": { receivers: ["forward"], exporters: ["awsxray", "back"] },
      },
      { connectors: { forward: {}, back: {} } },
    ),
    "'collector.service.pipelines' must not lead back to itself by connectors, got \"traces/in → traces/out → traces/in\"",
  ],
])("fails on a collector with %s", (_, collector, message) => {
  expect(() => traced({ collector })).toThrow(message);
});

test.each<[string, Partial<TracesProps>, string]>([
  ["a service of later", { service: Token.asString({ Ref: "x" }) }, "'service' must be known at synthesis"],
  ["a service with a star", { service: "orders*" }, "'service' must be 1 to 64"],
  ["no requests", { requestsPerSecond: 0 }, "'requestsPerSecond' must be a number above 0"],
  ["half a trace", { tracesPerMonth: 0.5 }, "'tracesPerMonth' must be"],
  ["a share above one", { rate: 5 }, "'rate' must be between 0 and 1"],
  ["half a reservoir", { reservoirPerSecond: 0.5 }, "'reservoirPerSecond' must be"],
  ["a late priority", { priority: 9999, rules: RULES }, "'priority' must be"],
  ["a key that is none", { accountKey: "alias/traces" }, "'accountKey' must be"],
  ["logs of two lines", { logs: ["/services/orders\n"] }, "'logs' must be 1 to 512 letters, digits and . - _ / #"],
  [
    "rules with more requests than the service",
    { rules: { orders: { path: "/orders", requestsPerSecond: 21 } } },
    "'rules' must add up to 20 requests a second at most",
  ],
  ["a rule for all", { rules: { all: { requestsPerSecond: 1 } } }, "'rules.all' must say which requests"],
  [
    "a rule by the name of the rest",
    { rules: { rest: { path: "/a", requestsPerSecond: 1 } } },
    "'rules' must be named",
  ],
  ["a path without a slash", { rules: { a: { path: "a", requestsPerSecond: 1 } } }, "'rules.a.path' must be a path"],
  ["a small method", { rules: { a: { method: "get", requestsPerSecond: 1 } } }, "'rules.a.method' must be a method"],
  ["a host with a path", { rules: { a: { host: "a.com/b", requestsPerSecond: 1 } } }, "'rules.a.host' must be a name"],
])("fails on %s", (_, props, message) => {
  expect(() => traced(props)).toThrow(message);
});
