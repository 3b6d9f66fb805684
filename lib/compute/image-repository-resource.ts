import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { EcrRepositoryPolicy } from "@cdktf/provider-aws/lib/ecr-repository-policy";
import { Construct } from "constructs";
import { placeOf } from "../core/place";
import { postureOf } from "../core/posture";
import { policy } from "../parts/policy";
import { lifecyclePolicy } from "./image-lifecycle";
import { repositoryStatements } from "./image-repository-policy";
import { ImageRepositoryProps } from "./image-repository-props";

/** What the two repositories do not have in common. */
interface Side {
  readonly name: string;
  /** The ARN of a key. @default - keys of S3 */
  readonly key?: string;
  /** @default - the region of the stack */
  readonly region?: string;
}

/** Defines a repository with its lifecycle policy and, where it says something, its repository policy. */
export function makeRepository(
  scope: Construct,
  id: string,
  props: ImageRepositoryProps,
  { name, key, region }: Side,
): EcrRepository {
  const { mutableTags = [], keep = {}, untaggedDays } = props;
  const guarded = postureOf(scope).deletionProtection;
  const part = (of: string) => (id === "Resource" ? of : `${id}-${of}`);
  const made = new EcrRepository(scope, id, {
    region,
    name,
    imageTagMutability: mutableTags.length > 0 ? "IMMUTABLE_WITH_EXCLUSION" : "IMMUTABLE",
    ...(mutableTags.length > 0 && {
      imageTagMutabilityExclusionFilter: mutableTags.map((filter) => ({ filter, filterType: "WILDCARD" })),
    }),
    imageScanningConfiguration: { scanOnPush: true },
    encryptionConfiguration: [
      key === undefined ? { encryptionType: "AES256" } : { encryptionType: "KMS", kmsKey: key },
    ],
    forceDelete: !guarded,
    lifecycle: { preventDestroy: guarded },
  });
  const repository = { repository: made.name, region };
  new EcrLifecyclePolicy(scope, part("lifecycle"), { ...repository, policy: lifecyclePolicy(keep, untaggedDays) });
  const place = placeOf(scope);
  const says = repositoryStatements({ ...place, region: region ?? place.region }, props, guarded);
  // ECR takes no policy without a statement.
  if (says.length > 0) new EcrRepositoryPolicy(scope, part("policy"), { ...repository, policy: policy(...says) });
  return made;
}
