import { Indicators } from "../core/indicator";
import { Zone } from "../core/network";
import { Metric } from "../core/signal";

/** Every metric of a load balancer with the dimensions it has; not each metric has each combination. */
export const METRICS =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html";

/** What the metrics of a load balancer are found by. */
export interface Watched {
  /** `app/<name>/<id>`, the end of its ARN. */
  readonly loadBalancer: string;
  /** `targetgroup/<name>/<id>`. */
  readonly targetGroup: string;
  /** Its name, for whoever looks it up. */
  readonly name: string;
  readonly zones: readonly Zone[];
  readonly certificateArn: string;
  /** Whether targets are spoken to by HTTPS. */
  readonly targetTls: boolean;
}

/** Why which target is unhealthy, as a command; AWS assigns the ARNs on its way. */
export function targetHealth(watched: Pick<Watched, "name">): string {
  const group = `$(aws elbv2 describe-target-groups --load-balancer-arn ${arnOf(watched)} --query 'TargetGroups[0].TargetGroupArn' --output text)`;
  const shown =
    "'TargetHealthDescriptions[].[Target.Id,Target.AvailabilityZone,TargetHealth.State,TargetHealth.Reason]'";
  return `aws elbv2 describe-target-health --target-group-arn ${group} --query ${shown} --output text`;
}

/** Takes the zone `$ZONE` out of DNS, as a command; AWS numbers zones by ids of each account's own. */
export function zonalShift(watched: Pick<Watched, "name">): string {
  const zone = `$(aws ec2 describe-availability-zones --zone-names "$ZONE" --query 'AvailabilityZones[0].ZoneId' --output text)`;
  return `aws arc-zonal-shift start-zonal-shift --resource-identifier ${arnOf(watched)} --away-from ${zone} --expires-in 2h --comment "the zone is bad"`;
}

/** Which certificate it shows, whether AWS renews it, and by which records, as a command. */
export function renewal(watched: Pick<Watched, "name">): string {
  const certificate = `$(aws elbv2 describe-listeners --load-balancer-arn ${arnOf(watched)} --query "Listeners[?Protocol=='HTTPS'].Certificates[0].CertificateArn | [0]" --output text)`;
  const shown =
    "'Certificate.[NotAfter,RenewalSummary.RenewalStatus,DomainValidationOptions[].[DomainName,ValidationStatus,ResourceRecord]]'";
  return `aws acm describe-certificate --certificate-arn ${certificate} --query ${shown}`;
}

function arnOf({ name }: Pick<Watched, "name">): string {
  return `$(aws elbv2 describe-load-balancers --names ${name} --query 'LoadBalancers[0].LoadBalancerArn' --output text)`;
}

type Named = (name: string, statistic: string, zone?: Zone) => Metric;

/** The metrics of the load balancer as a whole, and those of its targets; of one zone where it is named. */
export function metrics({ loadBalancer, targetGroup }: Watched): { readonly whole: Named; readonly targets: Named } {
  const of =
    (group: Record<string, string>): Named =>
    (name, statistic, zone) => {
      const dimensions = {
        ...group,
        LoadBalancer: loadBalancer,
        ...(zone !== undefined && { AvailabilityZone: zone }),
      };
      return { namespace: "AWS/ApplicationELB", name, statistic, dimensions };
    };
  return { whole: of({}), targets: of({ TargetGroup: targetGroup }) };
}

/**
 * Requests that end in an error of ours, and all requests.
 *
 * `RequestCount` leaves out those that find no target, so these are added. Of one zone AWS counts them only among all
 * errors of the load balancer: there the total is too high by its other errors, which lowers the share by half at most.
 */
export function requests(watched: Watched, zone?: Zone): { readonly bad: Metric[]; readonly total: Metric[] } {
  const sum = (...names: string[]) => names.map((name) => metrics(watched).whole(name, "Sum", zone));
  return {
    bad: sum("HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count"),
    total: sum("RequestCount", zone === undefined ? "HTTPCode_ELB_503_Count" : "HTTPCode_ELB_5XX_Count"),
  };
}

/** How good an entrance is, for objectives. */
export function loadBalancerIndicators(watched: Watched) {
  const { namespace, name, dimensions } = metrics(watched).targets("TargetResponseTime", "p99");
  return {
    availability: { kind: "availability", counts: "requests", ...requests(watched) },
    latency: { kind: "latency", counts: "requests", distribution: { namespace, name, dimensions }, unit: "seconds" },
  } satisfies Indicators;
}
