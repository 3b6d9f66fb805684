export { Alarms } from "./alarms";
export type { AlarmsProps, Notify, Tunings } from "./alarms";
export type { AlarmHandle } from "./define-alarms";
export { Escalation } from "./escalation";
export type { EscalationProps, Receiver, Receivers } from "./escalation";
export type { Heartbeat } from "./heartbeat";
export { SilentAlarms } from "./silent-alarms";
export type { SilentAlarmsProps } from "./silent-alarms";
