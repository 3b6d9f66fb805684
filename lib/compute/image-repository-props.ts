import { Waiver } from "../core/waiver";

/** What an `ImageRepository` can be told. */
export interface ImageRepositoryProps {
  /** In lower case, with `/` between its parts; the same in each region, and it cannot change later. @default - by path */
  readonly name?: string;
  /**
   * The ARN of a KMS key in the region of the stack, or why Amazon S3 managed keys (AES256) are enough. It cannot change
   * later.
   *
   * @default - a key of its own, as the replica has
   */
  readonly key?: string | Waiver;
  /**
   * Tags that may be moved to another image, up to five, with up to two `*` each: `["latest", "dev-*"]`. What runs must not
   * be named by them: who starts later would start something else.
   *
   * @default - none: a tag names one image for good
   */
  readonly mutableTags?: readonly string[];
  /**
   * How many of the newest images with such a tag stay, by the tag with up to four `*`: `{ "v*": 50, "pr-*": 10 }`. ECR does
   * not know what runs: give what is deployed tags that nothing else has, and more than you go back to. An image with
   * several tags stays as long as the most generous of its rules says.
   *
   * @default - all images with a tag stay
   */
  readonly keep?: Readonly<Record<string, number>>;
  /** Days after which an image without a tag goes (1-3650); 30 at least beside `mutableTags`. @default 30 */
  readonly untaggedDays?: number;
  /** Who else may pull: accounts by their 12 digits, or ARNs of their roles and users. @default - this account, by its IAM */
  readonly pulledBy?: readonly string[];
  /**
   * The ARNs of Lambda functions that run its images, here or in the region of the replica. An account of theirs that is not
   * this one stands in `pulledBy`, too.
   *
   * @default - none
   */
  readonly pulledByFunctions?: readonly string[];
  /** Who else may push, as `pulledBy`. @default - this account, by its IAM */
  readonly pushedBy?: readonly string[];
  /** The ARNs of roles that may delete images, where a posture that protects denies it. @default - nobody */
  readonly mayErase?: readonly string[];
  /** Another region that has every image, in a repository of its own; an `ImageReplication` fills it. @default - none */
  readonly replicateTo?: string;
}
