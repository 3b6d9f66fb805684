import { Route53HealthCheck } from "@cdktf/provider-aws/lib/route53-health-check";
import { Route53Record, Route53RecordConfig } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import { Dependable, Fenceable, Recoverable, Watchable } from "../core/declarations";
import { seconds } from "../core/duration";
import { refuse, requireDuration, requireForm, requireThat, requireWhole } from "../core/guard";
import { register } from "../core/hook";
import { REGION, placeOf } from "../core/place";
import { judge } from "../core/verdict";
import { Endpoint, RegionFailoverProps } from "./region-failover-props";
import { Answered, regionFence } from "./region-fence";
import { ROUTE_53_SLA, regionFailoverRecovers } from "./region-failover-recovery";
import { regionFailoverSignals } from "./region-failover-signals";
import { CheckedHealth, healthCheck, healthOf } from "./region-health";
import { ROUTE_53_METRICS, toldAtHome } from "./region-news";
import { Routing } from "./routing";

/** How long answers of an alias to a load balancer are kept. */
const ALIAS_SECONDS = 60;

/**
 * One name for a service in several regions: Route 53 asks each region whether it serves, and answers with those that do.
 *
 * It needs no control plane, neither of the failed region nor of Route 53: health checks are the data plane, and nothing
 * is edited when a region fails. Records of a share that only an edit could raise are refused. The fence that keeps DNS
 * from leading back to a region that comes back with old data is an edit, beside the failover and not a part of it.
 *
 * @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/appendix-b---edge-network-global-service-guidance.html
 */
export class RegionFailover extends Construct implements Recoverable, Dependable, Watchable, Fenceable {
  /**
   * The check of each region. A game day may invert one, by the control plane of Route 53; an incident lets its path
   * fail.
   */
  readonly healthChecks: Readonly<Record<string, Route53HealthCheck>>;
  readonly records: Readonly<Record<string, Route53Record>>;
  private readonly health: CheckedHealth;
  private readonly ttlSeconds: number;
  private readonly alarmNames: readonly string[];
  private readonly answered: Answered;

  constructor(scope: Construct, id: string, props: RegionFailoverProps) {
    super(scope, id);
    register(this, props, "RegionFailoverProps");
    const { domain, endpoints, routing = Routing.failover(placeOf(this).region), ttl = "60 seconds", rto } = props;
    const regions = Object.keys(endpoints).sort();
    for (const region of regions) requireForm(this, "endpoints", region, REGION, "regions such as eu-west-1");
    requireForm(
      this,
      "domain.name",
      domain.name,
      /^[a-z0-9*]([a-z0-9.-]*[a-z0-9])?\.[a-z]+$/,
      "a domain name in small letters",
    );
    this.requireRouting(routing, regions);
    this.health = healthOf(this, props.health);
    const kept = requireDuration(this, "ttl", ttl, "1 second", "1 day");
    const aliases = Object.values(endpoints).every(({ zoneId }) => zoneId !== undefined);
    this.ttlSeconds = aliases ? ALIAS_SECONDS : kept;
    if (rto !== undefined) this.judgeTime(requireDuration(this, "rto", rto, "0 seconds", "30 days"), rto);

    const { switches } = props;
    const losable = routing.primary === undefined ? regions : [routing.primary];
    this.answered = { domain, regions: losable, ttlSeconds: this.ttlSeconds, switches };
    const without = regions.filter((region) => switches && switches[region] === undefined);
    requireThat(this, without.length === 0, { prop: "switches", must: "have one of each region", got: switches });
    this.healthChecks = mapped(regions, (region) => {
      const { dnsName } = endpoints[region];
      return healthCheck(this, region, { dnsName, switchedBy: switches?.[region] }, this.health);
    });
    this.records = mapped(regions, (region) => {
      const config = { ...answer(endpoints[region], kept), ...share(routing, region) };
      return new Route53Record(this, `record-${region}`, {
        zoneId: domain.zoneId,
        name: domain.name,
        setIdentifier: region,
        healthCheckId: this.healthChecks[region].id,
        ...config,
      });
    });
    const serving = this.serving(regions, props.waiting);
    this.alarmNames = toldAtHome(
      this,
      mapped(serving, (region) => this.healthChecks[region].id),
      this.health.detectionSeconds,
    );
  }

  get signals() {
    const { alarmNames, answered, health } = this;
    return regionFailoverSignals({
      alarmNames,
      alarmRegion: ROUTE_53_METRICS,
      domain: answered.domain.name,
      path: health.paths[0],
    });
  }

  get recovers() {
    return regionFailoverRecovers(this.health, this.ttlSeconds, this.answered.domain.name);
  }

  get fence() {
    return regionFence(this.answered);
  }

  get sla() {
    return ROUTE_53_SLA;
  }

  private requireRouting({ kind, primary, weights }: Routing, regions: readonly string[]): void {
    const enough = kind === "failover" ? regions.length === 2 : regions.length >= 2;
    const count = kind === "failover" ? "exactly two regions for failover" : "at least two regions";
    requireThat(this, enough, { prop: "endpoints", must: `be ${count}`, got: regions });
    if (primary !== undefined && !regions.includes(primary)) {
      refuse(this, { prop: "routing", must: `have one of ${regions.join(", ")} as primary`, got: primary });
    }
    if (!weights) return;
    const missing = regions.filter((region) => weights[region] === undefined);
    const unknown = Object.keys(weights).filter((region) => !regions.includes(region));
    const must = "give a weight to each region, and to no other";
    if (missing.length + unknown.length > 0) refuse(this, { prop: "routing", must, got: weights });
    // A weight of 0 is raised by an edit of the record: by a control plane, in the hour of need.
    const mend =
      "a region without a share can only be turned on by editing the record: take Routing.failover, or give it a share";
    for (const region of regions) requireWhole(this, `routing.${region}`, weights[region], 1, 255, mend);
  }

  /** The regions that somebody must hear of when they do not serve. */
  private serving(regions: readonly string[], waiting: readonly string[] = []): readonly string[] {
    const serving = regions.filter((region) => !waiting.includes(region));
    const known = waiting.every((region) => regions.includes(region));
    requireThat(this, known && serving.length > 0, {
      prop: "waiting",
      must: `be some of ${regions.join(", ")}, and leave one that serves`,
      got: waiting,
    });
    return serving;
  }

  private judgeTime(objective: number, rto: string): void {
    const takes = this.health.detectionSeconds + this.ttlSeconds;
    judge(this, "recovery-objective", takes <= objective, {
      prop: "rto",
      must: `be at least ${takes} seconds, ${this.health.detectionSeconds} to notice and ${this.ttlSeconds} in which answers are kept`,
      got: rto,
      mend:
        seconds(this.health.interval) > 10
          ? 'ask more often: interval: "10 seconds"'
          : "keep answers for a shorter time (ttl), or state what is true",
    });
  }
}

/** What DNS answers for a region. */
function answer(
  { dnsName, zoneId }: Endpoint,
  ttl: number,
): Pick<Route53RecordConfig, "type"> & Partial<Route53RecordConfig> {
  if (zoneId === undefined) return { type: "CNAME", records: [dnsName], ttl };
  return { type: "A", alias: { name: dnsName, zoneId, evaluateTargetHealth: true } };
}

function share({ kind, primary, weights }: Routing, region: string): Partial<Route53RecordConfig> {
  if (kind === "failover") return { failoverRoutingPolicy: { type: region === primary ? "PRIMARY" : "SECONDARY" } };
  if (kind === "weighted") return { weightedRoutingPolicy: { weight: weights?.[region] ?? 0 } };
  return { latencyRoutingPolicy: { region } };
}

function mapped<T>(regions: readonly string[], make: (region: string) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(regions.map((region) => [region, make(region)]));
}
