import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Fn, TerraformStack, TerraformVariable } from "cdktf";
import { Alarms } from "../../lib/alerting";
import { DEVELOPMENT, Metric, Signal } from "../../lib/core";
import { LoadBalancer, LoadBalancerProps } from "../../lib/traffic";
import { DOCUMENTED } from "../data-sources/documented-metrics";
import { Config, Setting, network, synth, synthAll } from "../synth";

const CERTIFICATE = "arn:aws:acm:eu-west-1:111122223333:certificate/1";
const DOMAIN = { name: "orders.example.com", zoneId: "Z0123456789ABC" };

function entrance(props: Partial<LoadBalancerProps> = {}, setting?: Setting) {
  let made!: LoadBalancer;
  const stack = synth((scope) => {
    made = new LoadBalancer(scope, "entrance", { network: network(), certificate: CERTIFICATE, ...props });
  }, setting);
  return { stack, made };
}

const targets = (props: Partial<LoadBalancerProps> = {}) => entrance(props).stack.the(LbTargetGroup);

test("it stands in every zone, and production does not let it be deleted", () => {
  const balancer = entrance().stack.the(Lb);
  expect(balancer).toMatchObject({
    internal: false,
    subnets: ["subnet-public-a", "subnet-public-b", "subnet-public-c"],
    enable_deletion_protection: true,
    enable_zonal_shift: true,
    drop_invalid_header_fields: true,
    desync_mitigation_mode: "defensive",
    lifecycle: { prevent_destroy: true },
  });
  expect(entrance({}, { posture: DEVELOPMENT }).stack.the(Lb)).toMatchObject({
    enable_deletion_protection: false,
    lifecycle: { prevent_destroy: false },
  });
});

test("inside, it stands in the private subnets and lets nobody in until it is told", () => {
  const { stack } = entrance({ scheme: "internal" });
  expect(stack.the(Lb)).toMatchObject({ internal: true, subnets: expect.arrayContaining(["subnet-private-a"]) });
  expect(stack.all(VpcSecurityGroupIngressRule)).toEqual({});
});

test("whoever may come, comes by TLS 1.2 or newer; by HTTP they are sent to HTTPS", () => {
  const { stack } = entrance({ from: ["192.0.2.0/24"] });
  expect(stack.at(LbListener, "entrance/https")).toMatchObject({
    port: 443,
    protocol: "HTTPS",
    ssl_policy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
    certificate_arn: CERTIFICATE,
  });
  expect(stack.at(LbListener, "entrance/http").default_action).toEqual([
    { type: "redirect", redirect: { protocol: "HTTPS", port: "443", status_code: "HTTP_301" } },
  ]);
  const rules = Object.values(stack.all(VpcSecurityGroupIngressRule)).map(({ cidr_ipv4, to_port }) => [
    cidr_ipv4,
    to_port,
  ]);
  expect(rules).toEqual([
    ["192.0.2.0/24", 443],
    ["192.0.2.0/24", 80],
  ]);
});

test("a certificate that nobody gave is requested, proven in the zone, and only then served", () => {
  const { stack } = entrance({ certificate: undefined, domain: DOMAIN });
  expect(stack.the(AcmCertificate)).toMatchObject({
    domain_name: DOMAIN.name,
    validation_method: "DNS",
    lifecycle: { create_before_destroy: true },
  });
  const proof = stack.at(Route53Record, "entrance/certificate-proof");
  // The options are a set: Terraform reads no element of it by number.
  expect(proof.name).toMatch(/^\$\{tolist\(aws_acm_certificate\..*domain_validation_options\)\.0\./);
  expect(stack.the(AcmCertificateValidation).validation_record_fqdns).toEqual([
    expect.stringContaining("aws_route53_record.entrance_certificate-proof"),
  ]);
  expect(stack.at(LbListener, "entrance/https").certificate_arn).toContain("aws_acm_certificate_validation.");
});

test("the name leads to it for as long as it is healthy", () => {
  expect(entrance({ domain: DOMAIN }).stack.the(Route53Record)).toMatchObject({
    zone_id: DOMAIN.zoneId,
    name: DOMAIN.name,
    alias: { evaluate_target_health: true },
  });
  expect(entrance({ domain: { name: DOMAIN.name } }).stack.all(Route53Record)).toEqual({});
});

test("only the log delivery of its own account writes to its bucket, and it may before logs are turned on", () => {
  const { stack } = entrance();
  const { bucket } = stack.the(S3Bucket);
  expect(bucket).toBe("test-entrance-logs-111122223333-eu-west-1");
  const { Statement } = JSON.parse(stack.the(S3BucketPolicy).policy);
  const written = Statement.filter(({ Effect }: Config) => Effect === "Allow");
  expect(written).toEqual([
    {
      Sid: "WrittenByLogDelivery",
      Effect: "Allow",
      Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: expect.stringMatching(/^\$\{aws_s3_bucket\..*\.arn\}\/AWSLogs\/111122223333\/\*$/),
    },
  ]);
  const balancer = stack.the(Lb);
  expect(balancer.access_logs).toMatchObject({ enabled: true, bucket: expect.stringContaining("aws_s3_bucket.") });
  expect(balancer.depends_on).toEqual([expect.stringContaining("aws_s3_bucket_policy.")]);
});

test("its logs are encrypted by S3, the only way that log delivery knows", () => {
  expect(entrance().stack.the(S3BucketServerSideEncryptionConfigurationA).rule).toEqual([
    { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" }, bucket_key_enabled: false },
  ]);
});

test("logs can go to a bucket that exists; then it makes none and waits for none", () => {
  const { stack, made } = entrance({ accessLogs: "central-logs" });
  expect(stack.the(Lb)).toMatchObject({ access_logs: { enabled: true, bucket: "central-logs" } });
  expect(stack.the(Lb)).not.toHaveProperty("depends_on");
  expect(stack.all(S3Bucket)).toEqual({});
  expect(made.protects).toEqual([]);
});

test("a target that leaves finishes its requests, one that comes takes its share slowly, too few are said in DNS", () => {
  expect(targets()).toMatchObject({
    deregistration_delay: "60",
    slow_start: 30,
    load_balancing_algorithm_type: "round_robin",
    health_check: { enabled: true, path: "/healthz", protocol: "HTTP", matcher: "200" },
    target_group_health: {
      dns_failover: { minimum_healthy_targets_count: "1", minimum_healthy_targets_percentage: "50" },
      unhealthy_state_routing: { minimum_healthy_targets_count: 1, minimum_healthy_targets_percentage: "off" },
    },
  });
});

test("least outstanding requests cannot start slowly", () => {
  expect(targets({ algorithm: "least_outstanding_requests" }).slow_start).toBe(0);
});

test("what forces another target group gives it another name, and the first one stays until it is there", () => {
  const name = (props: Partial<LoadBalancerProps> = {}) => targets(props).name as string;
  const names = [name(), name({ targetPort: 8081 }), name({ targetProtocol: "HTTPS" })];
  expect(new Set(names).size).toBe(3);
  expect(name({ healthPath: "/health", slowStart: "60 seconds" })).toBe(name());
  expect(targets().lifecycle).toEqual({ create_before_destroy: true });
  for (const each of names) expect(each).toMatch(/^[A-Za-z](?!.*--)[A-Za-z0-9-]{0,30}[A-Za-z0-9]$/);
});

test("timeouts that fit each other are passed on", () => {
  const { stack } = entrance({
    slowestRequest: "2 minutes",
    idleTimeout: "150 seconds",
    targetKeepAlive: "151 seconds",
    deregistrationDelay: "121 seconds",
    clientKeepAlive: "5 minutes",
  });
  expect(stack.the(Lb)).toMatchObject({ idle_timeout: 150, client_keep_alive: 300 });
  expect(stack.the(LbTargetGroup).deregistration_delay).toBe("121");
});

function metricsOf(value: unknown): Metric[] {
  if (typeof value !== "object" || value === null) return [];
  if ("namespace" in value && "name" in value) return [value as Metric];
  return Object.values(value).flatMap(metricsOf);
}

test("every metric is asked for by dimensions that AWS publishes it with", () => {
  const { made } = entrance();
  const asked = metricsOf([made.signals, made.indicators, made.requestsPerTarget]).filter(
    ({ namespace }) => namespace === "AWS/ApplicationELB",
  );
  expect(asked.length).toBeGreaterThan(20);
  for (const { name, dimensions = {} } of asked) {
    const published = DOCUMENTED["AWS/ApplicationELB"].filter(({ metrics }) => metrics.includes(name));
    const sets = published.flatMap(({ dimensions: each }) => each.map((set) => set.join(",")));
    expect([name, sets]).toEqual([name, expect.arrayContaining([Object.keys(dimensions).sort().join(",")])]);
  }
});

test("why requests fail is a ticket: only that they fail is a page", () => {
  const { signals } = entrance().made;
  for (const name of ["balancerErrors", "badGateway", "connectionErrors", "tlsErrors"] as const) {
    expect(signals[name]).not.toHaveProperty("page");
    expect(signals[name].ticket).toBeGreaterThan(0);
  }
  expect(signals.errorShare.page).toBe(5);
});

test("the TLS of targets is watched where they have any", () => {
  const ticket = (targetProtocol?: "HTTP" | "HTTPS") =>
    entrance({ targetProtocol }).made.signals.targetTlsErrors.ticket;
  expect([ticket("HTTPS"), ticket("HTTP"), ticket()]).toEqual([0, undefined, undefined]);
});

test("fewer requests than usual is nobody's alarm until somebody says how few are too few", () => {
  const stack = (page?: number) =>
    synth((scope) => {
      const made = new LoadBalancer(scope, "entrance", { network: network(), certificate: CERTIFICATE });
      const alarms = new Alarms(scope, "alarms", {
        notify: {
          page: "arn:aws:sns:eu-west-1:111122223333:page",
          ticket: "arn:aws:sns:eu-west-1:111122223333:ticket",
        },
      });
      alarms.watch(made, { requests: { page } });
    });
  const path = "entrance/alarms/requests-page";
  expect(stack().all(CloudwatchMetricAlarm)).not.toHaveProperty([path]);
  expect(stack(100).at(CloudwatchMetricAlarm, path)).toMatchObject({
    metric_name: "RequestCount",
    period: 300,
    treat_missing_data: "breaching",
  });
});

test("requests that found no target count as requests and as errors", () => {
  const { errorShare, zoneErrorShare } = entrance().made.signals;
  const names = ({ bad, total }: { bad: Metric[]; total: Metric[] }) =>
    [bad, total].map((all) => all.map(({ name }) => name));
  const bad = ["HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count"];
  expect(names(errorShare.measure.ratio)).toEqual([bad, ["RequestCount", "HTTPCode_ELB_503_Count"]]);
  // Of one zone, AWS counts them only together with the other errors of the load balancer.
  expect(names(zoneErrorShare.measure.zones["eu-west-1b"].ratio)).toEqual([
    bad,
    ["RequestCount", "HTTPCode_ELB_5XX_Count"],
  ]);
});

test("errors are a share of at least 50 requests, and page where one in twenty fails", () => {
  const stack = synth((scope) => {
    const made = new LoadBalancer(scope, "entrance", { network: network(), certificate: CERTIFICATE });
    new Alarms(scope, "alarms", {
      notify: { page: "arn:aws:sns:eu-west-1:111122223333:page", ticket: "arn:aws:sns:eu-west-1:111122223333:ticket" },
    }).watch(made);
  });
  const alarm = stack.at(CloudwatchMetricAlarm, "entrance/alarms/error-share-page");
  expect(alarm.metric_query[0].expression).toContain(">= 50, 100 *");
  expect(alarm).toMatchObject({
    threshold: 5,
    evaluation_periods: 5,
    datapoints_to_alarm: 3,
    alarm_actions: ["arn:aws:sns:eu-west-1:111122223333:page"],
  });
  const slow = stack.at(CloudwatchMetricAlarm, "entrance/alarms/latency-ticket");
  expect(slow).toMatchObject({ extended_statistic: "p99", evaluate_low_sample_count_percentiles: "ignore" });
});

test("a zone that fails, lags, has sick targets or none is told apart from the others", () => {
  const { signals } = entrance({ network: network("ab") }).made;
  const zonal = Object.entries(signals as Record<string, Signal>).filter(([, { measure }]) => "zones" in measure);
  expect(zonal.map(([name]) => name).sort()).toEqual([
    "unhealthyHosts",
    "zoneErrorShare",
    "zoneLatency",
    "zoneWithoutHost",
  ]);
  for (const [, { measure, page }] of zonal) {
    expect(Object.keys((measure as { zones: object }).zones)).toEqual(["eu-west-1a", "eu-west-1b"]);
    expect(page).toBeUndefined();
  }
});

test("silence of the health checks is a breach; silence of the errors is none", () => {
  const { noHealthyHost, zoneWithoutHost, noTarget } = entrance().made.signals;
  expect([noHealthyHost.missing, zoneWithoutHost.missing]).toEqual(["breaching", "breaching"]);
  expect(noTarget).not.toHaveProperty("missing");
});

test("a certificate that ACM counts the days of is watched, one of IAM cannot be", () => {
  const expiry = (certificate: string) => entrance({ certificate }).made.signals.certificateExpiry;
  expect(expiry(CERTIFICATE)).toMatchObject({ ticket: 30, bad: "below" });
  expect(expiry("arn:aws:iam::111122223333:server-certificate/orders")).not.toHaveProperty("ticket");
});

test("objectives can be written on availability and on latency", () => {
  const { availability, latency } = entrance().made.indicators;
  expect(availability.total.map(({ name }) => name)).toEqual(["RequestCount", "HTTPCode_ELB_503_Count"]);
  expect(latency).toMatchObject({ distribution: { name: "TargetResponseTime" }, unit: "seconds" });
  expect(latency.distribution).not.toHaveProperty("statistic");
});

test("what fails is left out after three health checks, a lost zone when DNS has forgotten it as well", () => {
  const { recovers, sla } = entrance().made;
  expect(recovers.instance![0].rto.value).toBe("35 seconds");
  expect(recovers.zone![0]).toMatchObject({ rto: { value: "95 seconds" }, floor: { rto: { value: "60 seconds" } } });
  expect(recovers.corruption).toBeUndefined();
  expect(sla.value).toBe(99.99);
});

test("the log bucket holds data that nobody needs to back up, and says why", () => {
  expect(entrance().stack.manifest.constructs[0]).toMatchObject({
    protects: [{ type: "S3", backUp: { no: expect.stringContaining("expires") }, by: ["prevent_destroy", "versions"] }],
  });
  expect(entrance({}, { posture: DEVELOPMENT }).made.protects[0].by).toEqual(["versions"]);
});

test("what AWS assigns is passed on as it is", () => {
  const stack = synth((scope) => {
    const { stringValue: given } = new TerraformVariable(scope, "given", { type: "string" });
    new LoadBalancer(scope, "entrance", {
      network: { vpcId: given, zones: { a: { public: given, private: given }, b: { public: given, private: given } } },
      domain: { name: Fn.lower(given), zoneId: given },
      certificate: given,
      healthPath: given,
      accessLogs: given,
    });
  });
  expect(stack.the(Lb)).toMatchObject({
    subnets: ["${var.given}", "${var.given}"],
    access_logs: { bucket: "${var.given}" },
  });
  expect(stack.the(LbTargetGroup)).toMatchObject({ vpc_id: "${var.given}", health_check: { path: "${var.given}" } });
});

test("fails on a port that is known only after apply: the target group is named after it", () => {
  const fill = (scope: TerraformStack) => {
    const { numberValue: targetPort } = new TerraformVariable(scope, "port", { type: "number" });
    new LoadBalancer(scope, "entrance", { network: network(), certificate: CERTIFICATE, targetPort });
  };
  expect(() => synth(fill)).toThrow("'targetPort' must be known at synthesis");
});

test("fails on a name that AWS keeps for itself", () => {
  const fill = (scope: TerraformStack) =>
    new LoadBalancer(scope, "entrance", { network: network(), certificate: CERTIFICATE });
  expect(() => synthAll({ internal: fill })).toThrow("'id' must be one that makes no name with internal- in front");
});

test.each<[string, Partial<LoadBalancerProps>, string]>([
  ["too few zones", { network: network("a") }, "'network.zones' must be at least 2, got 1"],
  [
    "a zone without a public subnet",
    { network: { vpcId: "vpc-1", zones: { a: { private: "subnet-a" }, b: { private: "subnet-b" } } } },
    `'network.zones' must have a public subnet in a, got {"private":"subnet-a"}; or write scheme: "internal"`,
  ],
  [
    "a certificate without a zone",
    { certificate: undefined, domain: { name: "orders.example.com" } },
    `'domain.zoneId' must be given, so that a certificate is made, got {"name":"orders.example.com"}; or state certificate`,
  ],
  ["neither certificate nor domain", { certificate: undefined }, "'domain.zoneId' must be given"],
  ["a certificate that is none", { certificate: "orders" }, "'certificate' must be the ARN of a certificate"],
  ["half a certificate", { certificate: "arn:aws:acm:eu-west-1" }, "'certificate' must be the ARN of a certificate"],
  ["a domain that is none", { domain: { name: "Orders_1" } }, "'domain.name' must be a domain name in small letters"],
  [
    "a zone by its name",
    { domain: { name: "a.example.com", zoneId: "example.com" } },
    "'domain.zoneId' must be the id of",
  ],
  ["old TLS", { tlsPolicy: "ELBSecurityPolicy-2016-08" }, "'tlsPolicy' must be a policy with TLS 1.3"],
  [
    "weak ciphers",
    { tlsPolicy: "ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06" },
    "'tlsPolicy' must be a policy with TLS 1.3",
  ],
  ["a path without a slash", { healthPath: "healthz" }, "'healthPath' must be a path that begins with /"],
  ["no port", { targetPort: 0 }, "'targetPort' must be between 1 and 65535, got 0"],
  ["a share of nothing", { minimumHealthyPercent: 0 }, "'minimumHealthyPercent' must be between 1 and 100, got 0"],
  ["a bucket that is none", { accessLogs: "Central_Logs" }, "'accessLogs' must be a bucket name"],
  ["addresses that are none", { from: ["everyone"] }, "'peer.cidr' must be addresses"],
  ["a start too short to be slow", { slowStart: "10 seconds" }, `'slowStart' must be "0 seconds", or 30 seconds to`],
  [
    "a slow start that the algorithm cannot do",
    { slowStart: "30 seconds", algorithm: "least_outstanding_requests" },
    `'slowStart' must be "0 seconds" with least_outstanding_requests, got "30 seconds"; only round_robin can`,
  ],
  [
    "an idle timeout that ends requests",
    { slowestRequest: "60 seconds" },
    "'idleTimeout' must exceed slowestRequest, 60 seconds, got \"60 seconds\"; else answers end in 504",
  ],
  [
    "draining that ends requests",
    { deregistrationDelay: "30 seconds" },
    "'deregistrationDelay' must exceed slowestRequest, 30 seconds",
  ],
  [
    "targets that close first",
    { targetKeepAlive: "5 seconds" },
    "'targetKeepAlive' must exceed idleTimeout, 60 seconds, got \"5 seconds\"; else targets close connections in use",
  ],
  [
    "clients cut off before they are idle",
    { clientKeepAlive: "60 seconds" },
    "'clientKeepAlive' must exceed idleTimeout, 60 seconds",
  ],
  [
    "an idle timeout out of range",
    { idleTimeout: "2 hours" },
    "'idleTimeout' must be between 1 second and 4000 seconds",
  ],
  ["half a second", { idleTimeout: "60.5 seconds" }, "'idleTimeout' must be whole seconds"],
])("fails on %s, naming path, prop, value and mend", (_, props, message) => {
  expect(() => entrance(props)).toThrow(message);
  expect(() => entrance(props)).toThrow(/^test\/entrance/);
});

test("one whose region was given up lets nobody in, and says how long an open connection lasts", () => {
  const { fence } = entrance({ clientKeepAlive: "10 minutes" }).made;
  expect(fence.steps.join("\n")).toContain("revoke-security-group-ingress --region eu-west-1");
  expect(fence.steps.join("\n")).toContain("may last for 10 minutes more");
  expect(fence.holds).toContain("It must say 0");
});
