import { IConstruct } from "constructs";

/** Something of a construct that is backed up. */
export interface Held {
  /** In AWS Backup's word: `RDS`, `DynamoDB`, `S3`, `EFS`. */
  readonly type: string;
  readonly arn: string;
  /** What its ARN ends in, or its tag `Name`. @default - AWS assigns it */
  readonly name?: string;
  readonly construct: IConstruct;
}

/** What can be restored: our `Backups`, or a literal for a vault that exists. */
export interface Restorable {
  readonly vaultArn: string;
  /** What lies in the vault, in AWS Backup's words. */
  readonly types: readonly string[];
  /** What is backed up there. @default - everything of these types */
  readonly held?: readonly Held[];
}
