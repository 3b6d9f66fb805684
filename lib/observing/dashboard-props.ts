import { IConstruct } from "constructs";
import { ServiceGraph } from "../core/service-graph";

/** What a dashboard of any kind can be told. */
export interface BoardProps {
  /** The address under which runbooks are published; links need one that a browser can open. @default - pages are named */
  readonly runbooks?: string;
  /** The heading. @default - the name of the service, or `Services` */
  readonly title?: string;
}

/** What a {@link Dashboard} can be told. */
export interface DashboardProps extends BoardProps {
  readonly of: ServiceGraph;
  /** What belongs to the service and is no dependency: its logs, its backups. @default - nothing */
  readonly also?: readonly IConstruct[];
}

/** What a {@link ServicesDashboard} can be told. */
export interface ServicesDashboardProps extends BoardProps {
  /** The services, in the order in which they stand. @default - every service of the app in this account */
  readonly of?: readonly ServiceGraph[];
}
