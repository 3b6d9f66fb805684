import { Construct } from "constructs";
import { requireForm, requireWhole } from "../../core/guard";
import { postureOf } from "../../core/posture";
import { RdsProps, RdsSettings } from "./rds-props";
import { WINDOWS, requireWindows } from "../windows";

/** What each engine calls itself, listens on, writes to CloudWatch Logs, and accepts as the name of a user. */
export const ENGINES = {
  postgresql: { family: "postgres", port: 5432, longestUser: 63 },
  mysql: { family: "mysql", port: 3306, longestUser: 16 },
} as const;

/** An engine of RDS that this library knows. */
export type Engine = keyof typeof ENGINES;

/** The major version of a PostgreSQL database that names none. */
export const POSTGRES_VERSION = "17";

/** What a database is told, and what it is not told by default; refuses what RDS would refuse at apply. */
export function rdsSettings(scope: Construct, engine: Engine, props: RdsProps): RdsSettings {
  const { port = ENGINES[engine].port, slowQueryMs = 1000, username = "dbadmin" } = props;
  const { backupDays = postureOf(scope).backupDays } = props;
  const { backupWindow = WINDOWS.backup, maintenanceWindow = WINDOWS.maintenance } = props;
  const { longestUser } = ENGINES[engine];
  requireWhole(scope, "backupDays", backupDays, 1, 35);
  const user = new RegExp(`^(?!(postgres|admin|rdsadmin)$)[a-z]\\w{0,${longestUser - 1}}$`, "i");
  requireForm(scope, "username", username, user, "a name that is not reserved");
  requireWhole(scope, "port", port, 1150, 65_535);
  requireWhole(scope, "slowQueryMs", slowQueryMs, 1, 2_147_483_647);
  requireWindows(scope, backupWindow, maintenanceWindow);
  return { backupDays, backupWindow, maintenanceWindow, username, port, slowQueryMs };
}
