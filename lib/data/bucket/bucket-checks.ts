import { Construct } from "constructs";
import { refuse, requireForm, requireOneOf, requireWhole } from "../../core/guard";
import { requireOtherRegion } from "../../core/place";
import { requireBucketName } from "../../parts/bucket-name";
import { BucketProps, STORAGE_CLASSES } from "./bucket-props";
import { requireObjectLock } from "./object-lock";

/**
 * Days that an object must stay in the storage it comes from, where S3 asks for some.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
 */
const STAY_DAYS = 30;

/** Refuses what S3 would refuse in the middle of an apply. */
export function requireBucket(scope: Construct, props: BucketProps): void {
  const { replicateTo, lock, expireDays, sizeGib, accessLogs, mayErase = [] } = props;
  if (accessLogs !== undefined) requireBucketName(scope, "accessLogs", accessLogs);
  if (sizeGib !== undefined) requireWhole(scope, "sizeGib", sizeGib, 1, Infinity);
  if (lock !== undefined) requireObjectLock(scope, lock, expireDays);
  for (const role of mayErase) {
    requireForm(scope, "mayErase", role, /^arn:[\w-]+:iam::\d{12}:role\/.+$/, "the ARN of a role");
  }
  requireTransitions(scope, props);
  if (replicateTo !== undefined) {
    requireOtherRegion(scope, "replicateTo", replicateTo, "a copy beside the original is lost with it");
  }
}

/** The transitions in the order in which objects make them. */
export function orderedTransitions({ transitions = {} }: BucketProps) {
  return STORAGE_CLASSES.flatMap((storageClass) => {
    const days = transitions[storageClass];
    return days === undefined ? [] : [{ storageClass, days }];
  });
}

function requireTransitions(scope: Construct, props: BucketProps): void {
  for (const name of Object.keys(props.transitions ?? {})) requireOneOf(scope, "transitions", name, STORAGE_CLASSES);
  let earliest = 0;
  for (const { storageClass, days } of orderedTransitions(props)) {
    const prop = `transitions.${storageClass}`;
    requireWhole(
      scope,
      prop,
      days,
      storageClass === "STANDARD_IA" ? Math.max(STAY_DAYS, earliest) : earliest,
      Infinity,
    );
    earliest = days + (storageClass === "STANDARD_IA" ? STAY_DAYS : 1);
    if (props.expireDays !== undefined && props.expireDays <= days) {
      refuse(scope, { prop, must: `be before the end at ${props.expireDays} days`, got: days });
    }
  }
}
