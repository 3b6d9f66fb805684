import { Statement } from "./policy";

/**
 * Nobody deletes a bucket, a version in it, or the policy that says so: Terraform would take that away first. Who must
 * delete changes the policy, and so says it.
 *
 * @param mayErase the ARNs of roles that may delete versions, and nothing else
 */
export function notDeleted(arn: string, mayErase: readonly string[] = []): Statement[] {
  const deny = { Effect: "Deny", Principal: "*", Resource: [arn, `${arn}/*`] } as const;
  const bucket = ["s3:DeleteBucket", "s3:DeleteBucketPolicy"];
  const version = "s3:DeleteObjectVersion";
  if (mayErase.length === 0) return [{ Sid: "NothingIsDeleted", ...deny, Action: [...bucket, version] }];
  return [
    { Sid: "NothingIsDeleted", ...deny, Action: bucket },
    { Sid: "VersionsStay", ...deny, Action: version, Condition: { ArnNotLike: { "aws:PrincipalArn": mayErase } } },
  ];
}
