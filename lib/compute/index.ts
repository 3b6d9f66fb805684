export { Fleet } from "./fleet";
export type { FleetProps, Load, ScaleOn, SpotShare } from "./fleet-props";
export { ImageCopy } from "./image-copy";
export type { ImageCopyProps } from "./image-copy-props";
