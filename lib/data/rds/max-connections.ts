import { Engine } from "./rds-settings";

const GIB = 1024 ** 3;

/**
 * Connections that each engine lets in by default, by bytes of memory.
 *
 * PostgreSQL: one for each 9531392 bytes, at most 5000, on RDS and Aurora alike. Aurora MySQL: by whole logarithms to the
 * base 2. The service keeps some memory for itself, so the true number is up to a tenth lower.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html#RDS_Limits.MaxConnections
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Performance.html#AuroraMySQL.Managing.MaxConnections
 */
const LIMITS: Readonly<Record<Engine, (bytes: number) => number>> = {
  postgresql: (bytes) => Math.min(5000, Math.floor(bytes / 9_531_392)),
  mysql: (bytes) => Math.max(45 * wholeLog(bytes / 805_306_368), 1000 * wholeLog(bytes / 8_187_281_408)),
};

/** Connections that an instance of that size lets in. */
export function maxConnections(engine: Engine, memoryGib: number): number {
  return LIMITS[engine](memoryGib * GIB);
}

function wholeLog(ratio: number): number {
  return Math.floor(Math.log2(ratio));
}
