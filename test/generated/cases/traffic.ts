import { Construct } from "constructs";
import { Entrance, Metric } from "../../../lib/core";
import { Fleet, FleetProps, ImageCopy, ImageCopyProps } from "../../../lib/compute";
import {
  LoadBalancer,
  LoadBalancerProps,
  RegionFailover,
  RegionFailoverProps,
  Routing,
  RoutingControls,
  RoutingControlsProps,
} from "../../../lib/traffic";
import fc from "../../property";
import { generated } from "../case";
import {
  atLeast,
  bucketName,
  key,
  mostly,
  named,
  one,
  otherRegion,
  placement,
  props,
  some,
  text,
  time,
  whole,
} from "../values";

const ZONE = "Z0123456789ABCDEFGHIJ";
const LABEL = "a".repeat(63);
const name = mostly(text("orders.example.com", `${LABEL}.example.com`, `${LABEL}.${LABEL}.example.com`), [
  "orders.EXAMPLE.com",
  "a..example.com",
]);
const certificate = mostly(
  fc.constant("arn:aws:acm:eu-west-1:111122223333:certificate/1234abcd-12ab-34cd-56ef-1234567890ab"),
  ["arn:aws:acm:us-east-1:111122223333:certificate/1234abcd-12ab-34cd-56ef-1234567890ab", "certificate/1", ""],
);

const domain = fc.oneof(
  { weight: 20, arbitrary: fc.record({ name, zoneId: text(ZONE) }) },
  { weight: 1, arbitrary: fc.record({ name, zoneId: text(ZONE), record: fc.constant(false) }) },
  { weight: 1, arbitrary: fc.record({ name }) },
);

const loadBalancer = props<
  Pick<LoadBalancerProps, "network" | "domain">,
  Omit<LoadBalancerProps, "network" | "domain">
>(
  { network: placement(), domain },
  {
    certificate,
    scheme: one("internet-facing", "internal"),
    from: some(mostly(text("10.0.0.0/8", "2001:db8::/32", "0.0.0.0/0"), ["10.0.0.1/8"])),
    targetPort: whole(1, 65_535),
    targetProtocol: one("HTTP", "HTTPS"),
    healthPath: text("/", "/healthz?deep=1", `/${"x".repeat(1023)}`),
    slowestRequest: time("0 seconds", "30 seconds", "50 seconds"),
    idleTimeout: mostly(fc.constantFrom("60 seconds", "70 seconds"), ["4000 seconds", "1 second"]),
    targetKeepAlive: time("110 seconds", "4001 seconds", "7 days"),
    clientKeepAlive: mostly(fc.constantFrom("1 hour", "7 days"), ["60 seconds", "8 days"]),
    deregistrationDelay: time("60 seconds", "1 hour"),
    slowStart: time("0 seconds", "30 seconds", "15 minutes"),
    algorithm: one("round_robin", "least_outstanding_requests"),
    minimumHealthyPercent: whole(1, 100),
    tlsPolicy: mostly(text("ELBSecurityPolicy-TLS13-1-3-2021-06", "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"), [
      "ELBSecurityPolicy-2016-08",
    ]),
    accessLogs: bucketName,
  },
);

const endpoint = fc.oneof(
  fc.record({ dnsName: text("orders.eu-west-1.elb.amazonaws.com"), zoneId: text("Z32O12XQLNTSW2") }),
  fc.record({ dnsName: text("orders.example.net") }),
);

const failover = props<
  Pick<RegionFailoverProps, "domain" | "endpoints">,
  Omit<RegionFailoverProps, "domain" | "endpoints">
>(
  {
    domain: fc.record({
      name: mostly(text("orders.example.com", "*.example.com", `${LABEL}.example.com`), ["a..example.com"]),
      zoneId: text(ZONE),
    }),
    endpoints: mostly(fc.record({ "eu-west-1": endpoint, "eu-central-1": endpoint }), [
      {},
      { "eu-west-1": { dnsName: "a.example.com" } },
      { "EU-WEST-1": { dnsName: "a.example.com" }, "eu-west-1": { dnsName: "b.example.com" } },
    ]),
  },
  {
    routing: mostly(
      fc.constantFrom(
        Routing.failover("eu-west-1"),
        Routing.latency(),
        Routing.weighted({ "eu-west-1": 255, "eu-central-1": 1 }),
      ),
      [Routing.failover("us-east-1"), Routing.weighted({ "eu-west-1": 0, "eu-central-1": 1 }), Routing.weighted({})],
    ),
    health: props<object, NonNullable<Required<RegionFailoverProps>["health"]>>(
      {},
      {
        paths: some(text("/healthz", "/", "/deep?zone=1&all", `/${"x".repeat(254)}`)),
        contains: text("ok", "x".repeat(255)),
        port: whole(1, 65_535),
        interval: one("10 seconds", "30 seconds"),
        failures: whole(1, 10),
      },
    ),
    switches: mostly(
      fc.constant({
        "eu-west-1":
          "arn:aws:route53-recovery-control::111122223333:controlpanel/0123456789abcdef0123456789abcdef/routingcontrol/0123456789abcdef",
        "eu-central-1":
          "arn:aws:route53-recovery-control::111122223333:controlpanel/0123456789abcdef0123456789abcdef/routingcontrol/0123456789abcdee",
      }),
      [{}, { "eu-west-1": "on" }, { "eu-west-1": "", "eu-central-1": "on" }],
    ),
    ttl: time("60 seconds", "1 second", "1 day"),
    rto: time("2 minutes", "30 days"),
  },
);

const controls = props<RoutingControlsProps>({
  regions: some(otherRegion, 2),
  worthItsPrice: text("it is the bank"),
});

const instanceType = mostly(text("m7g.large", "m7g.xlarge", "m6g.xlarge"), ["u-6tb1.metal", "large", "M7G.large"]);
const metric: Metric = { namespace: "Orders", name: "Backlog", statistic: "Average", dimensions: { Queue: "orders" } };

const fleet = props<
  Pick<FleetProps, "network" | "image"> & { alone: boolean; rollback: number },
  Omit<FleetProps, "network" | "image" | "behind">
>(
  {
    network: placement(),
    image: mostly(text("ami-0a1b2c3d", "ami-0a1b2c3d4e5f60718"), ["ami-1"]),
    alone: fc.boolean(),
    rollback: mostly(fc.integer({ min: 1, max: 10 }), [0, 11]),
  },
  {
    load: props({ peakRequestsPerSecond: whole(1, 10_000), perInstance: whole(1000, 2000) }),
    targetPerInstance: atLeast(1),
    min: whole(3, 30),
    max: whole(100, 10_000),
    instanceType,
    spot: props<
      Required<Pick<NonNullable<FleetProps["spot"]>, "sharePercent" | "instanceTypes">> & { waived: string },
      { until: string }
    >(
      { sharePercent: whole(1, 100), instanceTypes: some(instanceType, 2, 3), waived: text("batch work") },
      { until: mostly(text("2027-03-31"), ["2027-02-31"]) },
    ),
    userData: mostly(text("#!/bin/sh", "x".repeat(16 * 1024)), ["", "x".repeat(16 * 1024 + 1)]),
    may: some(
      mostly(fc.constant({ Sid: "Reads", Effect: "Allow", Action: "s3:GetObject", Resource: "*" } as const), [
        { Sid: "Not a sid", Effect: "Allow", Action: "s3:GetObject", Resource: "*" },
      ]),
    ),
    tags: named(mostly(fc.constantFrom("team", "Name"), ["aws:reserved"]), text("orders", "x".repeat(256))),
    rootVolumeGib: whole(1, 16_384),
    rootDevice: text("/dev/xvda", "/dev/sda1"),
    key,
    warmUp: time("2 minutes", "1 hour"),
    gracePeriod: time("1 hour", "2 hours"),
    maxLifetime: time("30 days", "1 day", "365 days"),
    checkpointDelay: time("10 minutes", "2 days"),
  },
);

const LOAD = { peakRequestsPerSecond: 900, perInstance: 150 };

/** A load balancer that stands already. */
const behind: Entrance = {
  targetGroupArn: "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/orders/0123456789abcdef",
  targetPort: 8080,
  securityGroupId: "sg-0a1b2c3d",
  requestsPerTarget: { namespace: "AWS/ApplicationELB", name: "RequestCountPerTarget", statistic: "Sum" },
  deregistrationDelay: "60 seconds",
};

const imageCopy = props<Pick<ImageCopyProps, "image" | "from">, Pick<ImageCopyProps, "key" | "region">>(
  {
    image: mostly(fc.constant("ami-0a1b2c3d4e5f60718"), ["ami-xyz", "orders", ""]),
    from: otherRegion,
  },
  { key, region: mostly(fc.constant("eu-west-1"), ["eu-central-1", "mars-1"]) },
);

export const TRAFFIC = [
  generated("LoadBalancer", loadBalancer, (scope, id, given) => new LoadBalancer(scope, id, given)),
  generated("RegionFailover", failover, (scope, id, given) => new RegionFailover(scope, id, given)),
  generated("ImageCopy", imageCopy, (scope, id, given) => new ImageCopy(scope, id, given)),
  generated("RoutingControls", controls, (scope: Construct, id, given) => new RoutingControls(scope, id, given)),
  generated("Fleet", fleet, (scope, id, { alone, rollback, load = LOAD, targetPerInstance, ...given }) => {
    const on = alone ? { scaleOn: { metric, target: 10 } } : { behind, load, targetPerInstance };
    const made = new Fleet(scope, id, { ...on, ...given });
    made.rollBackOn(Array.from({ length: rollback }, (_, index) => ({ name: `alarm-${index}` })));
    return made;
  }),
];
