import { Query } from "../core/query";
import { ArchiveStream } from "./archive";

/** What a {@link Logs} can be told. */
export interface LogsProps {
  /** The name of the log group. @default - `/services/` and the construct path */
  readonly name?: string;
  /** Days that lines are kept; one of the retentions CloudWatch Logs knows. @default - the posture's `logDays` */
  readonly days?: number;
  /** The ARN of a KMS key that CloudWatch Logs may use. @default - a key of its own */
  readonly key?: string;
  /** Errors in a minute above which a ticket is opened. @default - errors are drawn, and nobody is told */
  readonly errorsPerMinute?: number;
  /**
   * The central archive that gets every line: a `LogArchive`, or the ARN of a destination of CloudWatch Logs, which may be
   * another account's, or of a Firehose or Kinesis stream of this one.
   *
   * @default - lines stay in the group, and go with its retention
   */
  readonly archive?: string | ArchiveStream;
  /**
   * What is masked for everyone without `logs:Unmask`, by AWS's names of data identifiers: `EmailAddress`,
   * `CreditCardNumber`, `PhoneNumber-DE`. AWS charges for each gibibyte that it looks through.
   *
   * @default - nothing: the convention is not to log it
   */
  readonly masks?: readonly string[];
  /** Queries of your own, beside the general ones. @default - none */
  readonly queries?: Readonly<Record<string, Omit<Query, "logGroups">>>;
}
