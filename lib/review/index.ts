export * from "./manifest";
export * from "./rule";
export * from "./rules";
export type { AlarmConfig, AlarmFault } from "./alarms/config";
export { VALID_ALARM, alarmFaults } from "./valid-alarm";
export type { AlarmType } from "./valid-alarm";
