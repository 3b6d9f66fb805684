import { IConstruct } from "constructs";
import { requireForm } from "../core/guard";

const FORM = /^(?!\d+(\.\d+){3}$)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const FREE = /^(?!xn--|sthree-|amzn-s3-demo-)(?!.*(-s3alias|--ol-s3|--x-s3|--table-s3|\.mrap)$)/;

/**
 * Refuses what is no name of a bucket. Tokens pass.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export function requireBucketName(scope: IConstruct, prop: string, name: string): void {
  requireForm(scope, prop, name, FORM, "a bucket name: 3 to 63 small letters, digits, dots and hyphens, no address");
  requireForm(scope, prop, name, FREE, "a bucket name without a beginning or end that S3 keeps for itself");
}
