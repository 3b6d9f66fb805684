import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import { Construct } from "constructs";
import { nameOf } from "../../core/naming";
import { Engine } from "./rds-settings";

type Settings = Readonly<Record<string, string>>;

/** TLS only, and statements that are slow, wait for locks or change the schema are logged. */
const SETTINGS: Readonly<Record<Engine, (slowQueryMs: number) => Settings>> = {
  postgresql: (slowQueryMs) => ({
    "rds.force_ssl": "1",
    log_min_duration_statement: String(slowQueryMs),
    log_statement: "ddl",
    log_lock_waits: "1",
  }),
  mysql: (slowQueryMs) => ({
    require_secure_transport: "ON",
    slow_query_log: "1",
    long_query_time: String(slowQueryMs / 1000),
    log_output: "FILE",
    innodb_print_all_deadlocks: "1",
    server_audit_logging: "1",
    server_audit_events: "CONNECT,QUERY_DCL,QUERY_DDL",
  }),
};

/** What lets others follow what is written. */
export const LOGICAL_REPLICATION: Readonly<Record<Engine, Settings>> = {
  postgresql: { "rds.logical_replication": "1" },
  mysql: { binlog_format: "ROW" },
};

/** What takes a restart: RDS refuses to set it at once. */
const STATIC: ReadonlySet<string> = new Set(["rds.logical_replication", "binlog_format"]);

/** Where a group stands, and for which versions. */
export interface ParameterFamily {
  /** Such as `postgres17`. */
  readonly family: string;
  /** @default - the region of the stack */
  readonly region?: string;
}

/** The parameters of one instance. */
export function instanceParameters(scope: Construct, of: ParameterFamily, settings: Settings): DbParameterGroup {
  return new DbParameterGroup(scope, "parameters", group(scope, "parameters", of, settings));
}

/** The parameters of all instances of a cluster, those that scaling adds among them. */
export function clusterParameters(scope: Construct, of: ParameterFamily, settings: Settings): RdsClusterParameterGroup {
  const id = "cluster-parameters";
  return new RdsClusterParameterGroup(scope, id, group(scope, id, of, settings));
}

/** What a database of an engine is set to. */
export function settingsOf(engine: Engine, slowQueryMs: number): Settings {
  return SETTINGS[engine](slowQueryMs);
}

function group(scope: Construct, id: string, { family, region }: ParameterFamily, settings: Settings) {
  return {
    name: nameOf(scope, "db-group", id, family),
    family,
    region,
    description: `parameters of ${scope.node.path}`,
    parameter: Object.entries(settings).map(([name, value]) => ({
      name,
      value,
      ...(STATIC.has(name) && { applyMethod: "pending-reboot" }),
    })),
    // A family cannot change in place, and a group in use cannot be deleted.
    lifecycle: { createBeforeDestroy: true },
  };
}
