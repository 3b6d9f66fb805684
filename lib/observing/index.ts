export type { ArchiveStream } from "./archive";
export { Dashboard } from "./dashboard";
export type { BoardProps, DashboardProps, ServicesDashboardProps } from "./dashboard-props";
export { ServicesDashboard } from "./services-dashboard";
export { LogArchive } from "./log-archive";
export type { LogArchiveProps } from "./log-archive";
export { Logs } from "./logs";
export type { LogsProps } from "./logs-props";
