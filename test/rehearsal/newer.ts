/** An argument that the AWS provider knows from 6.0 on, and the 5.x that the plans may be rehearsed on does not. */
export interface Newer {
  readonly type: string;
  readonly argument: string;
}

/** Taken off before a 5.x provider sees them; any other argument it does not know fails the rehearsal. */
export const NEWER: readonly Newer[] = [
  { type: "aws_dynamodb_contributor_insights", argument: "mode" },
  { type: "aws_dynamodb_table", argument: "replica.consistency_mode" },
  { type: "aws_dynamodb_table", argument: "replica.deletion_protection_enabled" },
];
