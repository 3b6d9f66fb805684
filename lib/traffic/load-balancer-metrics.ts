import { Indicators } from "../core/indicator";
import { Zone } from "../core/network";
import { Metric } from "../core/signal";

/** Every metric of a load balancer with the dimensions it has; not each metric has each combination. */
export const METRICS =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html";

/** What the metrics of a load balancer are found by. */
export interface WatchedLoadBalancer {
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
  /** Where its access logs stand in their bucket: `AWSLogs/<account>/elasticloadbalancing/<region>`. */
  readonly logs: string;
}

type Named = (name: string, statistic: string, zone?: Zone) => Metric;

/** The metrics of the load balancer as a whole, and those of its targets; of one zone where it is named. */
export function metrics({ loadBalancer, targetGroup }: WatchedLoadBalancer): {
  readonly whole: Named;
  readonly targets: Named;
} {
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
export function requests(
  watched: WatchedLoadBalancer,
  zone?: Zone,
): { readonly bad: Metric[]; readonly total: Metric[] } {
  const sum = (...names: string[]) => names.map((name) => metrics(watched).whole(name, "Sum", zone));
  return {
    bad: sum("HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count"),
    total: sum("RequestCount", zone === undefined ? "HTTPCode_ELB_503_Count" : "HTTPCode_ELB_5XX_Count"),
  };
}

/** How good an entrance is, for objectives. */
export function loadBalancerIndicators(watched: WatchedLoadBalancer) {
  const { namespace, name, dimensions } = metrics(watched).targets("TargetResponseTime", "p99");
  return {
    availability: { kind: "availability", counts: "requests", ...requests(watched) },
    latency: { kind: "latency", counts: "requests", distribution: { namespace, name, dimensions }, unit: "seconds" },
  } satisfies Indicators;
}
