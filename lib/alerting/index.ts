export { Alarms } from "./alarms";
export type { AlarmsProps, Notify, Tunings } from "./alarms";
export type { AlarmHandle } from "./define-alarms";
export { Escalation } from "./escalation";
export type { EscalationProps, Receivers } from "./escalation";
