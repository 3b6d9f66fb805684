import { Construct } from "constructs";
import {
  Alarms,
  Channel,
  Chat,
  Escalation,
  EscalationProps,
  Incidents,
  IncidentsProps,
  Receivers,
  SilentAlarms,
  SilentAlarmsProps,
} from "../../../lib/alerting";
import { Duration, ServiceGraph } from "../../../lib/core";
import { Bucket, Queue, Table } from "../../../lib/data";
import {
  Canary,
  CanaryProps,
  Dashboard,
  DashboardProps,
  HttpPath,
  JourneyStep,
  LogArchive,
  LogArchiveProps,
  Logs,
  LogsProps,
} from "../../../lib/observing";
import { BurnPair, ErrorBudget, PolicyStep, Slo, SloProps } from "../../../lib/slo";
import fc from "../../property";
import { NOTIFY, generated } from "../case";
import { atLeast, bucketName, key, mostly, named, one, placement, props, some, text, time, whole } from "../values";

const receivers = props<Receivers, Receivers>(
  { emails: some(mostly(text("orders@example.com", "a@b.c"), ["nobody"])) },
  {
    endpoints: some(
      mostly(text("https://pager.example.com/a", "https://pager.example.com/b", "https://PAGER.example.com/a"), [
        "http://pager.example.com",
      ]),
    ),
  },
);

const escalation = props<Pick<EscalationProps, "page" | "ticket">, Omit<EscalationProps, "page" | "ticket">>(
  { page: receivers, ticket: receivers },
  {
    key,
    heartbeat: props<{ endpoint: string }, { every: "5 minutes" }>(
      { endpoint: mostly(text("https://switch.example.com/orders"), ["http://switch.example.com"]) },
      { every: mostly(fc.constant("5 minutes" as const), ["2 minutes", "1 day"]) },
    ),
  },
);

const UUID = "1234abcd-12ab-34cd-56ef-1234567890ab";
const channel = fc.oneof(
  fc.record({ workspaceId: text("T0123ABCD"), channelId: text("C0123ABCD") }).map(Channel.slack),
  fc
    .record({ tenantId: text(UUID), teamId: text(UUID), channelId: text("19%3aabc%40thread.tacv2") })
    .map(Channel.teams),
);
const chat = props<{ channel: Channel; hears: number }, { guardrails: string[] }>(
  { channel, hears: mostly(fc.integer({ min: 1, max: 2 }), [0]) },
  { guardrails: some(text("arn:aws:iam::aws:policy/ReadOnlyAccess")) },
);

const silent = props<object, SilentAlarmsProps>(
  {},
  {
    prefix: mostly(text("orders-", "x".repeat(200)), ["x".repeat(256)]),
    after: time("6 hours", "10 minutes", "14 days"),
    key,
  },
);

const retention = mostly(fc.constantFrom(1, 30, 400, 3653), [0, 2, NaN, 1e300]);

const incidents = props<object, Omit<IncidentsProps, "of">>({}, { days: retention, key });

const pair = props<Omit<BurnPair, "short">, { short: BurnPair["long"] }>(
  {
    urgency: one("page", "ticket"),
    long: mostly(fc.constantFrom("1 hour", "6 hours", "1 day"), ["7 days", "1 minute"]),
    spends: mostly(fc.constantFrom(2, 5, 10), [0, NaN, 0.001, 100, 101]),
  },
  { short: time("1 minute", "5 minutes") },
);

const slo = props<
  Pick<SloProps, "objective"> & { within: Duration; of: "availability" | "latency" | "freshness" },
  Omit<SloProps, "objective" | "of" | "indicator" | "alarms" | "within"> & { policy: PolicyStep[] }
>(
  {
    objective: mostly(fc.constantFrom(90, 99, 99.9, 99.95, 99.99), [0, 49, 50, 100, NaN, 99.9999, 0.999]),
    of: fc.constantFrom("availability", "latency", "freshness"),
    within: time("300 milliseconds", "1 second"),
  },
  {
    period: one("28 days", "30 days"),
    slowest: mostly(fc.constant("1 day" as const), ["3 days", "1 week"]),
    windows: some(pair, 1, 1),
    minimumFailures: whole(1, 1000),
    expectedRequestsPerHour: atLeast(1),
    strict: fc.boolean(),
    policy: fc.array(
      fc.record({
        spent: whole(1, 100),
        who: text("the team"),
        does: text("talks"),
        releases: one("open", "reviewed", "frozen"),
        urgency: one("page", "ticket"),
      }),
      { minLength: 1, maxLength: 2 },
    ),
  },
);

const opens = fc.record({ step: text("first"), open: text("/") });
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ step: text("open", "look"), open: mostly(text("/", "/orders?all=1"), ["orders"]) }),
  },
  { weight: 1, arbitrary: fc.record({ step: text("click"), click: text("#buy", "button[name='x']") }) },
  { weight: 1, arbitrary: fc.record({ step: text("type"), type: text("a\"b'c"), into: text("#name") }) },
  { weight: 1, arbitrary: fc.record({ step: text("see"), see: text("Thank you `${x}`"), within: text("#main") }) },
) as fc.Arbitrary<JourneyStep>;

const script = "exports.handler = async () => {};";
const canary = props<
  Pick<CanaryProps, "address"> & { asks: Pick<CanaryProps, "paths" | "journey"> },
  Omit<CanaryProps, "address" | "paths" | "journey" | "may">
>(
  {
    address: mostly(text("https://orders.example.com", "https://orders.example.com:8443"), [
      "http://orders.internal",
      "https://a.example.com:99999",
    ]),
    asks: fc.oneof(
      fc.record({
        paths: fc.uniqueArray(
          props<{ path: string }, Omit<HttpPath, "path">>(
            { path: text("/healthz", '/a?b="c"', "/orders", "/invoices") },
            { status: whole(200, 599), text: text("ok", "it's `fine`") },
          ),
          { minLength: 1, maxLength: 3, selector: ({ path }) => path },
        ),
      }),
      fc.record({
        journey: fc
          .tuple(
            mostly(opens, [{ step: "first", click: "#buy" }]),
            fc.uniqueArray(step, { maxLength: 3, selector: (each) => each.step }),
          )
          .map(([first, rest]) => [first, ...rest]),
      }),
      fc.record({ journey: fc.record({ script: text(script) }) }),
    ),
  },
  {
    every: time("5 minutes", "1 minute", "1 hour"),
    timeout: mostly(fc.constantFrom("1 minute", "15 seconds"), ["14 minutes", "1 second", "15 minutes"]),
    network: placement(),
    runtime: mostly(text("syn-nodejs-puppeteer-15.0", "syn-nodejs-puppeteer-13.1"), ["syn-nodejs-puppeteer-7.0"]),
    keepDays: whole(1, 455),
    bucket: bucketName,
    key,
  },
);

const logs = props<object, LogsProps>(
  {},
  {
    name: mostly(text("/services/orders", "x".repeat(512)), ["aws/orders", "a b"]),
    days: retention,
    key,
    errorsPerMinute: atLeast(0),
    archive: text(
      "arn:aws:logs:eu-west-1:444455556666:destination:archive",
      "arn:aws:firehose:eu-west-1:111122223333:deliverystream/archive",
    ),
    masks: some(mostly(text("EmailAddress", "PhoneNumber-DE"), ["emailaddress"])),
    queries: named(
      mostly(fc.constantFrom("slow", "failed"), ["slow!", "Slow", ""]),
      fc.record({ asks: text("what is slow"), query: mostly(text("fields @message | limit 1"), ["x".repeat(10_001)]) }),
    ),
  },
);

const logArchive = props<Pick<LogArchiveProps, "keepDays">, Omit<LogArchiveProps, "keepDays">>(
  { keepDays: atLeast(365) },
  { bucket: bucketName, key },
);

const dashboard = props<object, Omit<DashboardProps, "of">>(
  {},
  {
    title: text("Orders", "*Orders*"),
    runbooks: text("https://runbooks.example.com/", "https://runbooks.example.com"),
  },
);

/** A small service with a queue, a table and a bucket, and who is told of it. */
export function service(scope: Construct) {
  const alarms = new Alarms(scope, "alarms", { notify: NOTIFY });
  const queue = new Queue(scope, "queue");
  const table = new Table(scope, "table", { partitionKey: { name: "id", type: "S" } });
  const bucket = new Bucket(scope, "bucket");
  for (const part of [queue, table, bucket]) alarms.watch(part);
  return {
    alarms,
    queue,
    table,
    bucket,
    of: new ServiceGraph(scope, "service", { runs: queue, needs: [table, bucket] }),
  };
}

export const CONCERNS = [
  generated("Escalation", escalation, (scope, id, given) => new Escalation(scope, id, given)),
  generated("Chat", chat, (scope, id, { hears, ...given }) => {
    const people = { emails: ["orders@example.com"] };
    const { topics } = new Escalation(scope, "told", { page: people, ticket: people });
    return new Chat(scope, id, { ...given, hears: [topics.page, topics.ticket].slice(0, hears) });
  }),
  generated("SilentAlarms", silent, (scope, id, given) => new SilentAlarms(scope, id, given)),
  generated(
    "Incidents",
    incidents,
    (scope, id, given) => new Incidents(scope, id, { ...given, of: [service(scope).of] }),
  ),
  generated("Slo", slo, (scope, id, { of: kind, within, policy, ...given }) => {
    const { alarms, of, queue, table } = service(scope);
    const latency = {
      kind: "latency",
      counts: "requests",
      unit: "milliseconds",
      distribution: { namespace: "Orders", name: "Latency" },
    } as const;
    const freshness = Object.values(queue.indicators)[0];
    const indicator = { latency, freshness, availability: Object.values(table.indicators)[0] }[kind];
    const limit = kind === "latency" ? { within } : {};
    const made = new Slo(scope, id, { ...given, ...limit, of, alarms, indicator });
    const budget = new ErrorBudget(scope, "budget", { of: [made], alarms, ...(policy && { policy }) });
    alarms.watch(budget);
    return made;
  }),
  generated("Canary", canary, (scope, id, { asks, ...given }) => new Canary(scope, id, { ...given, ...asks })),
  generated("Logs", logs, (scope, id, given) => new Logs(scope, id, given)),
  generated("LogArchive", logArchive, (scope, id, given) => new LogArchive(scope, id, given)),
  generated(
    "Dashboard",
    dashboard,
    (scope, id, given) => new Dashboard(scope, id, { ...given, of: service(scope).of }),
  ),
];
