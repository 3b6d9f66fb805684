import { IConstruct } from "constructs";
import { requireWhole } from "./guard";
import { early, setEarly } from "./place";
import { requireKind } from "./props";

/**
 * How much reliability an environment pays for.
 *
 * Patterns take their defaults from the posture of the scope they stand in, so that everything that differs between
 * environments stands in one table. Unset means {@link PRODUCTION}: to forget is safe.
 */
export interface Posture {
  /** Availability zones that patterns spread over; at least 2, since a load balancer and a database need two. */
  readonly zones: number;
  /** Whether each zone has its own way out, or all share that of one zone (cheaper; lost with that zone). */
  readonly natGateways: "one" | "per-zone";
  /** Whether a database keeps a standby in another zone. */
  readonly standby: boolean;
  /** Days of point-in-time recovery. */
  readonly backupDays: number;
  /** Which row of the backup tiers applies. */
  readonly backupTier: "critical" | "standard" | "development";
  /** Whether what holds data, or what everything hangs on, refuses to be deleted. */
  readonly deletionProtection: boolean;
  /** Days that logs are kept; one of the retentions CloudWatch Logs knows. */
  readonly logDays: number;
  /** Whether a broken promise fails synthesis or warns. Malformed input fails in every posture. */
  readonly enforce: "fail" | "warn";
}

/** Survives the loss of a zone, a bad write and a careless delete; refuses what cannot. */
export const PRODUCTION: Posture = {
  zones: 3,
  natGateways: "per-zone",
  standby: true,
  backupDays: 35,
  backupTier: "critical",
  deletionProtection: true,
  logDays: 365,
  enforce: "fail",
};

/** Shaped as production, so that what passes here passes there; keeps data for a shorter time. */
export const STAGING: Posture = {
  zones: 3,
  natGateways: "one",
  standby: true,
  backupDays: 7,
  backupTier: "standard",
  deletionProtection: false,
  logDays: 90,
  enforce: "fail",
};

/** Cheap and disposable: what production would refuse is a warning here. */
export const DEVELOPMENT: Posture = {
  zones: 2,
  natGateways: "one",
  standby: false,
  backupDays: 1,
  backupTier: "development",
  deletionProtection: false,
  logDays: 30,
  enforce: "warn",
};

/**
 * Sets the posture of a scope; call it before the scope has children.
 *
 * @throws where a field is out of range, or `scope` has children
 */
export function setPosture(scope: IConstruct, posture: Posture): void {
  requireKind(scope, "posture", posture, "Posture");
  requireWhole(scope, "posture.zones", posture.zones, 2, 6, "a load balancer and a database need two zones");
  requireWhole(scope, "posture.backupDays", posture.backupDays, 1, 35);
  setEarly(scope, "posture", posture);
}

/** The posture in force at a scope: the nearest one set, or {@link PRODUCTION}. */
export function postureOf(scope: IConstruct): Posture {
  return early<Posture>(scope, "posture") ?? PRODUCTION;
}
