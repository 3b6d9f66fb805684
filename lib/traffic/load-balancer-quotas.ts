import { Quotas } from "../core/quota";

const SOURCE = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html";

const usage = (resource: string) => ({ service: "Elastic Load Balancing", resource });
const asked = (code: string) => ({ service: "elasticloadbalancing", code });

/** What a load balancer takes a part of. */
export const LOAD_BALANCER_QUOTAS = {
  loadBalancers: {
    of: "Application Load Balancers",
    usage: usage("ApplicationLoadBalancersPerRegion"),
    asked: asked("L-53DA6B97"),
    source: SOURCE,
  },
  targetGroups: {
    of: "target groups",
    usage: usage("TargetGroupsPerRegion"),
    asked: asked("L-B22855CB"),
    source: SOURCE,
  },
} as const satisfies Quotas;
