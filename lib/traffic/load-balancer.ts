import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import {
  Dependable,
  Fenceable,
  Limited,
  Measurable,
  Protected,
  Recoverable,
  Stateful,
  Watchable,
} from "../core/declarations";
import { Duration } from "../core/duration";
import { Entrance } from "../core/entrance";
import { refuse, requireForm, requireOneOf } from "../core/guard";
import { register } from "../core/hook";
import { nameOf } from "../core/naming";
import { Placement, Zone } from "../core/network";
import { placeOf } from "../core/place";
import { postureOf } from "../core/posture";
import { Metric } from "../core/signal";
import { requireBucketName } from "../parts/bucket-name";
import { BehindFirewall } from "../parts/behind-firewall";
import { Firewall } from "../parts/firewall";
import { PrivateBucket } from "../parts/private-bucket";
import { zonesIn } from "../parts/zones";
import { accessLogs } from "./access-logs";
import { certificateOf } from "./certificate";
import { listeners } from "./listeners";
import { LoadBalancerProps } from "./load-balancer-props";
import { LOAD_BALANCER_QUOTAS } from "./load-balancer-quotas";
import { LOAD_BALANCER_SLA, loadBalancerFence, loadBalancerRecovers } from "./load-balancer-recovery";
import { WatchedLoadBalancer, loadBalancerIndicators } from "./load-balancer-metrics";
import { loadBalancerSignals } from "./load-balancer-signals";
import { targetGroup } from "./target-group";
import { timeoutsOf } from "./timeouts";
import { walledOff } from "./walled-off";

/**
 * An Application Load Balancer over all zones: TLS only, with a certificate that renews itself, and no request lost to
 * timeouts that do not fit each other. A zone that fails is left out by DNS, or by hand with a zonal shift.
 *
 * By the posture it refuses to be deleted. Every request is logged.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/introduction.html
 */
export class LoadBalancer
  extends BehindFirewall
  implements Entrance, Watchable, Measurable, Recoverable, Dependable, Stateful, Limited, Fenceable
{
  readonly loadBalancer: Lb;
  readonly targetGroup: LbTargetGroup;
  readonly https: LbListener;
  readonly http: LbListener;
  readonly firewall: Firewall;
  readonly port = 443;
  /** The bucket of the access logs, where it is this pattern's own. */
  readonly logs?: PrivateBucket;
  readonly targetPort: number;
  readonly deregistrationDelay: Duration;
  readonly quotas = LOAD_BALANCER_QUOTAS;
  private readonly zones: readonly Zone[];
  private readonly certificateArn: string;

  constructor(scope: Construct, id: string, props: LoadBalancerProps) {
    super(scope, id);
    register(this, props, "LoadBalancerProps");
    const { network, scheme = "internet-facing", domain } = props;
    requireOneOf(this, "scheme", scheme, ["internet-facing", "internal"]);
    const internal = scheme === "internal";
    const timeouts = timeoutsOf(this, props);
    this.zones = zonesIn(this, network).map(([zone]) => zone);
    const name = nameOf(this, "load-balancer", "", internal ? "internal" : "");
    requireForm(this, "id", name, /^(?!internal-)/, "one that makes no name with internal- in front: AWS keeps those");
    const guarded = postureOf(this).deletionProtection;

    this.targetPort = props.targetPort ?? 8080;
    this.deregistrationDelay = timeouts.deregistrationDelay;
    this.firewall = walledOff(this, props, internal);
    this.certificateArn = certificateOf(this, props);
    this.targetGroup = targetGroup(this, props, timeouts);
    if (props.accessLogs !== undefined) requireBucketName(this, "accessLogs", props.accessLogs);
    this.logs = props.accessLogs === undefined ? accessLogs(this) : undefined;
    this.loadBalancer = new Lb(this, "Resource", {
      name,
      loadBalancerType: "application",
      internal,
      ipAddressType: "ipv4",
      subnets: this.zones.map((zone) => this.subnetOf(network, zone, internal)),
      securityGroups: [this.firewall.securityGroupId],
      enableCrossZoneLoadBalancing: true,
      enableZonalShift: true,
      enableHttp2: true,
      idleTimeout: timeouts.idle,
      clientKeepAlive: timeouts.clientKeepAlive,
      dropInvalidHeaderFields: true,
      desyncMitigationMode: "defensive",
      enableDeletionProtection: guarded,
      accessLogs: { enabled: true, bucket: this.logs?.bucket.bucket ?? String(props.accessLogs) },
      // AWS tries to write before it lets logs be turned on.
      dependsOn: this.logs && [this.logs.policy],
      lifecycle: { preventDestroy: guarded },
    });
    const { https, http } = listeners(this, {
      loadBalancerArn: this.loadBalancer.arn,
      targetGroupArn: this.targetGroup.arn,
      certificateArn: this.certificateArn,
      tlsPolicy: props.tlsPolicy,
    });
    this.https = https;
    this.http = http;
    if (domain?.zoneId !== undefined && domain.record !== false) this.named(domain.name, domain.zoneId);
  }

  get targetGroupArn(): string {
    return this.targetGroup.arn;
  }

  /** The name by which AWS reaches it, for records of others. */
  get dnsName(): string {
    return this.loadBalancer.dnsName;
  }

  /** The hosted zone of that name. */
  get zoneId(): string {
    return this.loadBalancer.zoneId;
  }

  get requestsPerTarget(): Metric {
    const dimensions = { TargetGroup: this.targetGroup.arnSuffix };
    return { namespace: "AWS/ApplicationELB", name: "RequestCountPerTarget", statistic: "Sum", dimensions };
  }

  get signals() {
    return loadBalancerSignals(this.watched);
  }

  get indicators() {
    return loadBalancerIndicators(this.watched);
  }

  get recovers() {
    return loadBalancerRecovers();
  }

  get fence() {
    return loadBalancerFence(this, this.firewall, this.loadBalancer);
  }

  get sla() {
    return LOAD_BALANCER_SLA;
  }

  get protects(): readonly Protected[] {
    if (!this.logs) return [];
    const by = postureOf(this).deletionProtection ? ["prevent_destroy", "versions"] : ["versions"];
    const backUp = { no: "access logs are a record of requests that expires, not data of the service" };
    return [{ type: "S3", arn: this.logs.bucket.arn, backUp, by }];
  }

  private get watched(): WatchedLoadBalancer {
    const { zones, certificateArn } = this;
    const { arnSuffix: loadBalancer, nameInput: name = "" } = this.loadBalancer;
    const { arnSuffix: targetGroup, protocolInput } = this.targetGroup;
    const { account, region } = placeOf(this);
    const logs = `AWSLogs/${account}/elasticloadbalancing/${region}`;
    return { loadBalancer, targetGroup, name, zones, certificateArn, targetTls: protocolInput === "HTTPS", logs };
  }

  private subnetOf({ zones }: Placement, zone: Zone, internal: boolean): string {
    const subnet = internal ? zones[zone].private : zones[zone].public;
    const mend = `or write scheme: "internal"`;
    return (
      subnet ?? refuse(this, { prop: "network.zones", must: `have a public subnet in ${zone}`, got: zones[zone], mend })
    );
  }

  private named(name: string, zoneId: string): void {
    new Route53Record(this, "record", {
      zoneId,
      name,
      type: "A",
      alias: { name: this.loadBalancer.dnsName, zoneId: this.loadBalancer.zoneId, evaluateTargetHealth: true },
    });
  }
}
