export { LoadBalancer } from "./load-balancer";
export type { Domain, LoadBalancerProps } from "./load-balancer-props";
export { RegionFailover } from "./region-failover";
export type { Endpoint, RegionFailoverProps, RegionHealth } from "./region-failover-props";
export { Routing } from "./routing";
export { RoutingControls } from "./routing-controls";
export type { RoutingControlsProps } from "./routing-controls";
