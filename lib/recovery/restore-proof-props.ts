import { Content } from "../core/content";
import { Placement } from "../core/network";
import { Tier } from "./backups-props";
import { Restorable } from "./restorable";

/** When restores are tested: once a week, once a month. */
export type RestoreTestName = "weekly" | "monthly";

/** One test in which AWS Backup restores something of each type, looks at it, and throws it away. */
export interface RestoreTest {
  /** The hour of the day at which its start window opens, in UTC (0-23). */
  readonly hour: number;
  /** Hours in which its restores start (1-168): AWS Backup spreads them. */
  readonly startHours: number;
  /** Which recovery point of each resource: the latest one, or any. */
  readonly picks: "latest" | "random";
  /** How far back it is picked from, in days (1-365). */
  readonly withinDays: number;
}

/** Changes to the tests of a tier; a test that the tier does not have is added. */
export type RestoreTestTunings = { readonly [name in RestoreTestName]?: Partial<RestoreTest> };

/** What a restored PostgreSQL database is asked. */
export interface RestoreQuery {
  /** A query without a semicolon, such as `select 1 from orders where placed_at > now() - interval '3 days'`. */
  readonly rows: Content;
  /** How many rows it must find. @default 1 */
  readonly atLeast?: number;
  /** @default - the database that was made with the instance */
  readonly database?: string;
  /** @default 5432 */
  readonly port?: number;
}

/** What a {@link RestoreProof} can be told. */
export interface RestoreProofProps {
  /** What is restored: a `Backups`, or a vault and the types that lie in it. */
  readonly of: Restorable;
  /** @default - the posture's `backupTier` */
  readonly tier?: Tier;
  /** Other hours, windows or picks, and tests that the tier does not have. @default - as the tier says */
  readonly tests?: RestoreTestTunings;
  /**
   * Where restored databases stand: in its data subnets, behind a firewall that lets nobody in. Without it they would land
   * in the default VPC.
   *
   * @default - required for RDS, Aurora, DocumentDB and Neptune
   */
  readonly network?: Placement;
  /**
   * What AWS Backup is told of a restore, by type, before what it infers: `{ RDS: { dbInstanceClass: "db.t4g.small" } }`.
   *
   * @default - what it infers; required for EC2 and FSx, which would land in the default VPC
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing-inferred-metadata.html
   */
  readonly overrides?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /**
   * What a restored PostgreSQL instance of RDS is asked; clusters are not. The validator then stands in the private
   * subnets of `network`, which need a way out to AWS.
   *
   * @default - it is enough that what was restored is there
   */
  readonly query?: RestoreQuery;
  /** Hours that what was restored is kept for the validator (1-168). @default 4 */
  readonly validationHours?: number;
  /**
   * Days without a proven restore of a type after which a ticket is opened.
   *
   * @default - as long as the most frequent test is away, and two days for the test itself
   */
  readonly unprovenDays?: number;
  /** The ARN of a KMS key that CloudWatch Logs may use. @default - a key of its own */
  readonly key?: string;
}
