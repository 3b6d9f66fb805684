export { LoadBalancer } from "./load-balancer";
export type { Domain, LoadBalancerProps } from "./load-balancer-props";
