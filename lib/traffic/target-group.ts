import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { Construct } from "constructs";
import { seconds } from "../core/duration";
import { requireForm, requireKnown, requireOneOf, requireWhole } from "../core/guard";
import { nameOf } from "../core/naming";
import { HEALTH_CHECK } from "../parts/target-health";
import { LoadBalancerProps } from "./load-balancer-props";
import { Timeouts, slowStartOf } from "./timeouts";

/**
 * The targets of a load balancer: asked every ten seconds, drained before they go. Where too few of all are healthy, DNS
 * calls the load balancer unhealthy.
 *
 * Each node sends to the targets of all zones, so a share of healthy ones is one of them all: what takes a single zone
 * out of DNS is the loss of its node, or a zonal shift.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html
 */
export function targetGroup(
  scope: Construct,
  props: LoadBalancerProps,
  { deregistrationDelay }: Timeouts,
): LbTargetGroup {
  const { targetPort = 8080, targetProtocol = "HTTP", healthPath = "/healthz", minimumHealthyPercent = 50 } = props;
  const { algorithm = "round_robin" } = props;
  requireKnown(scope, "targetPort", targetPort);
  requireWhole(scope, "targetPort", targetPort, 1, 65_535);
  requireOneOf(scope, "targetProtocol", targetProtocol, ["HTTP", "HTTPS"]);
  requireForm(scope, "healthPath", healthPath, /^\/[\x21-\x7e]{0,1023}$/, "a path that begins with /");
  requireWhole(scope, "minimumHealthyPercent", minimumHealthyPercent, 1, 100);
  requireOneOf(scope, "algorithm", algorithm, ["round_robin", "least_outstanding_requests"]);
  return new LbTargetGroup(scope, "targets", {
    // Neither can change in place, and a group in use cannot be deleted.
    name: nameOf(scope, "target-group", "", `${targetPort} ${targetProtocol}`),
    port: targetPort,
    protocol: targetProtocol,
    protocolVersion: "HTTP1",
    targetType: "instance",
    vpcId: props.network.vpcId,
    deregistrationDelay: String(seconds(deregistrationDelay)),
    slowStart: slowStartOf(scope, props),
    loadBalancingAlgorithmType: algorithm,
    healthCheck: { enabled: true, path: healthPath, protocol: targetProtocol, matcher: "200", ...HEALTH_CHECK },
    targetGroupHealth: {
      dnsFailover: {
        minimumHealthyTargetsCount: "1",
        minimumHealthyTargetsPercentage: String(minimumHealthyPercent),
      },
      // Below this, requests go to all targets: better a few answers than none.
      unhealthyStateRouting: { minimumHealthyTargetsCount: 1, minimumHealthyTargetsPercentage: "off" },
    },
    lifecycle: { createBeforeDestroy: true },
  });
}
