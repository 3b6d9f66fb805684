export { Fleet } from "./fleet";
export type { FleetProps, Load, ScaleOn, SpotShare } from "./fleet-props";
