export { provide } from "./provide";
export type { Provided } from "./provide";
export { Parity } from "./parity";
export type { ParityProps } from "./parity";
export { Strategy } from "./strategy";
export { twoRegions } from "./two-regions";
export type { Here, RegionRole, TwoRegions, TwoRegionsProps } from "./two-regions";
