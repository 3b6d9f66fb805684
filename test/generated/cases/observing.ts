import { Construct } from "constructs";
import { Limited, Quota, Quotas } from "../../../lib/core";
import {
  QuotaUsage,
  RealUsers,
  RealUsersProps,
  SamplingRule,
  ServicesDashboard,
  ServicesDashboardProps,
  Traces,
  TracesProps,
} from "../../../lib/observing";
import { traceCollector } from "../../../lib/observing/collector";
import fc from "../../property";
import { generated, inApp, plainRoom, rarely } from "../case";
import { atLeast, key, mostly, named, props, some, text, whole } from "../values";
import { service } from "./concerns";

const rate = mostly(fc.constantFrom(0, 0.01, 0.05, 1), [-0.1, 1.1, NaN, Infinity]);
const reservoir = mostly(fc.constantFrom(0, 1, 5), [-1, 0.5, NaN, Infinity]);
const requests = mostly(fc.constantFrom(1, 20), [0, NaN, -1, Infinity, 1e300]);

const samplingRule = props<Pick<SamplingRule, "requestsPerSecond">, Omit<SamplingRule, "requestsPerSecond">>(
  { requestsPerSecond: mostly(fc.constantFrom(0.1, 0.3), [0, 1000, NaN, 1e-300]) },
  {
    path: text("/checkout/*", "/", "*", `/${"x".repeat(127)}`),
    method: text("POST", "*", "DEL*"),
    host: text("api.example.com", "*.example.com", "x".repeat(64)),
    reservoirPerSecond: reservoir,
    rate,
  },
).map((rule) => ({ method: "GET", ...rule }));

const collector = traceCollector({ region: "eu-west-1", listen: "0.0.0.0" });

const traces = props<
  Pick<TracesProps, "service" | "requestsPerSecond">,
  Omit<TracesProps, "service" | "requestsPerSecond">
>(
  { service: text("orders", "Orders & co.", "x".repeat(64)), requestsPerSecond: requests },
  {
    rules: named(mostly(fc.constantFrom("checkouts", "health", "bigOnes"), ["rest", "a-b", ""]), samplingRule),
    tracesPerMonth: atLeast(1_000_000),
    priority: whole(1, 9990),
    insights: fc.boolean(),
    logs: some(text("/services/orders", "/services/carts")),
    reservoirPerSecond: reservoir,
    rate,
    collector: mostly(fc.constant(collector), [
      { ...collector, exporters: {} },
      { ...collector, service: { pipelines: {} } },
      { receivers: {}, exporters: {}, service: { pipelines: { traces: { receivers: [], exporters: [] } } } },
    ]),
    accountKey: key,
  },
);

const domain = mostly(fc.constantFrom("shop.example.com", "*.example.com", "x.io", `${"a".repeat(63)}.example.com`), [
  "https://shop.example.com",
  "SHOP.example.com",
  "localhost",
  "*",
  "shop.example.com:8443",
]);

const realUsers = props<Pick<RealUsersProps, "domains">, Omit<RealUsersProps, "domains">>(
  { domains: some(domain, 1, 4) },
  {
    sessionSampleRate: mostly(fc.constantFrom(0.001, 0.1, 1), [0, -1, 1.1, NaN]),
    viewsPerHour: mostly(fc.constantFrom(50_000, 1e6), [0, 1, NaN, Infinity, -1]),
    excludedPages: some(
      mostly(fc.constantFrom("https://*/pay*", "http://*.example.com/a?b=c", `https://*/${"x".repeat(1000)}`), [
        "/pay",
        "https://other.example.net/",
        `https://*/${"x".repeat(1300)}`,
      ]),
    ),
    allowCookies: fc.boolean(),
    tracing: fc.boolean(),
  },
);

/** Services in the stack of their dashboard, or each in one of its own. */
const services = props<{ count: number; apart: boolean; named: boolean }, Omit<ServicesDashboardProps, "of">>(
  { count: mostly(fc.integer({ min: 1, max: 4 }), [0, 30]), apart: fc.boolean(), named: fc.boolean() },
  {
    title: text("Shop", "*Shop*", "Shop & co."),
    runbooks: text("https://runbooks.example.com/", "runbooks"),
  },
);

const quota = (service: string, resource: string) =>
  fc.record<Quota>({
    of: text("processors", "load balancers"),
    usage: props<{ service: string; resource: string }, { class: string }>(
      { service: fc.constant(service), resource: fc.constant(resource) },
      { class: mostly(fc.constant("None"), ["Standard/OnDemand"]) },
    ),
    asked: fc.record({ service: text("ec2"), code: text("L-1216C47A") }),
    source: fc.constant("https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html"),
  });

const quotas = props(
  {},
  {
    vcpus: quota("EC2", "vCPU"),
    targetGroups: quota("Elastic Load Balancing", "TargetGroupsPerRegion"),
    loadBalancers: quota("Elastic Load Balancing", "ApplicationLoadBalancersPerRegion"),
  },
);

const usage = fc.record({ of: fc.array(quotas, { minLength: 1, maxLength: 3 }) });

/** What takes a part of quotas, made up. */
class Taker extends Construct implements Limited {
  constructor(
    scope: Construct,
    id: string,
    readonly quotas: Quotas,
  ) {
    super(scope, id);
  }
}

export const OBSERVING = [
  generated("Traces", traces, (scope, id, given) => new Traces(scope, id, given)),
  generated("RealUsers", realUsers, (scope, id, given) => new RealUsers(scope, id, given)),
  generated("QuotaUsage", usage, (scope, id, { of }) => {
    return new QuotaUsage(scope, id, {
      of: of.map((quotas, index) => new Taker(scope, `taker-${index}`, quotas as Quotas)),
    });
  }),
  rarely(
    0.5,
    inApp("ServicesDashboard", services, (app, name, { count, apart, named, ...given }, posture) => {
      const room = plainRoom(app, "generated", name, posture);
      const of = Array.from({ length: count }, (_, index) => {
        const own = apart ? plainRoom(app, `generated-${index}`, name, posture) : room;
        return service(new Construct(own, `shop-${index}`)).of;
      });
      new ServicesDashboard(room, "it", { ...given, ...(named && { of }) });
    }),
  ),
];
