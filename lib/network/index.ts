export { Firewall } from "../parts/firewall";
export type { FirewallProps } from "../parts/firewall";
export { Network } from "./network";
export type { NetworkProps } from "./network-props";
export type { ZoneParts } from "./zone";
