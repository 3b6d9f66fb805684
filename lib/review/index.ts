export * from "./manifest";
export * from "./rule";
export * from "./rules";
export type { AlarmConfig, AlarmFault } from "./alarms/config";
export { lastManifests } from "./last-manifests";
export { summary } from "./summary";
export { VALID_ALARM, alarmFaults } from "./valid-alarm";
export type { AlarmType } from "./valid-alarm";
