import { Construct } from "constructs";
import { requireKnown, requireOneOf, requireWhole } from "../../core/guard";
import { nameOf } from "../../core/naming";
import { requireAbroad } from "../../core/place";
import { isBurstable, sizeOf } from "../rds/instance-classes";
import { PostgresProps } from "./postgres-props";
import { PostgresSize } from "./postgres-signals";
import { requirePassword } from "../rds/rds-password";
import { RdsSettings } from "../rds/rds-props";
import { POSTGRES_VERSION, rdsSettings } from "../rds/rds-settings";

/**
 * Versions of PostgreSQL that this pattern knows; each has a family of parameters.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html
 */
const VERSIONS = ["15", "16", "17", "18"];

/** Refuses a version that this library does not know, and a minor one. */
export function requirePostgresVersion(scope: Construct, engineVersion: string): void {
  requireKnown(scope, "engineVersion", engineVersion);
  const major = "name the major version: RDS moves on to newer minor ones by itself, and cannot go back";
  requireOneOf(scope, "engineVersion", engineVersion, VERSIONS, major);
}

/** A database in which nothing is left to a default. */
export interface PostgresPlan {
  readonly size: PostgresSize;
  readonly instanceClass: string;
  readonly maxStorageGib: number;
  readonly engineVersion: string;
  readonly settings: RdsSettings;
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html */
const MOST_GIB = 65_536;

/** What a database is told, and what it is not told by default; refuses what RDS would refuse at apply. */
export function postgresPlan(scope: Construct, props: PostgresProps): PostgresPlan {
  const {
    instanceClass = "db.m7g.large",
    storageGib = 100,
    maxStorageGib = Math.min(storageGib * 4, MOST_GIB),
  } = props;
  const { engineVersion = POSTGRES_VERSION } = props;
  requireKnown(scope, "storageGib", storageGib);
  requireWhole(scope, "storageGib", storageGib, 20, Math.floor((MOST_GIB * 10) / 11), "leave room to grow");
  requireWhole(
    scope,
    "maxStorageGib",
    maxStorageGib,
    Math.ceil((storageGib * 11) / 10),
    MOST_GIB,
    "leave room to grow",
  );
  requirePostgresVersion(scope, engineVersion);
  const { replicateTo } = props;
  if (replicateTo) {
    requireAbroad(scope, "replicateTo", replicateTo, "a replica beside the original is lost with it");
  }
  requirePassword(scope, props, { prop: "replicateTo", follows: replicateTo !== undefined });
  const [identifier, burstable] = [nameOf(scope, "db-instance"), isBurstable(instanceClass)];
  return {
    size: { ...sizeOf(scope, instanceClass, props), identifier, storageGib, burstable, instanceClass },
    instanceClass,
    maxStorageGib,
    engineVersion,
    settings: rdsSettings(scope, "postgresql", props),
  };
}
