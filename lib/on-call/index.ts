export type { Day, Hours } from "./coverage";
export { OnCall } from "./on-call";
export type { AlarmRoute, Level, OnCallProps, Scheduled } from "./on-call-props";
export { Rotation } from "./rotation";
export type { Layer, RotationProps } from "./rotation-props";
