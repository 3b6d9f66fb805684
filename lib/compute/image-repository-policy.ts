import { Place } from "../core/place";
import { Statement } from "../parts/policy";
import { ImageRepositoryProps } from "./image-repository-props";

const PULL = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
const PUSH = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:BatchGetImage",
  "ecr:CompleteLayerUpload",
  "ecr:InitiateLayerUpload",
  "ecr:PutImage",
  "ecr:UploadLayerPart",
];

/**
 * Who may do what in a repository, beside what the IAM of its account says. Of TLS it says nothing: the registry speaks
 * nothing else.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/infrastructure-security.html
 */
export function repositoryStatements(
  { partition, region }: Required<Place>,
  { pulledBy = [], pulledByFunctions = [], pushedBy = [], mayErase = [] }: ImageRepositoryProps,
  guarded: boolean,
): Statement[] {
  const arnsOf = (who: readonly string[]) =>
    who.map((each) => (/^\d{12}$/.test(each) ? `arn:${partition}:iam::${each}:root` : each));
  const functions = pulledByFunctions.filter((arn) => arn.split(":")[3] === region);
  return [
    ...allowed("Pull", { AWS: arnsOf(pulledBy) }, PULL),
    ...allowed("Push", { AWS: arnsOf(pushedBy) }, PUSH),
    // Lambda adds it by itself in its own account, and the next plan would take it away.
    ...allowed("PullByFunctions", { Service: functions.length > 0 ? ["lambda.amazonaws.com"] : [] }, PULL.slice(1)).map(
      (statement) => ({ ...statement, Condition: { StringLike: { "aws:SourceArn": functions } } }),
    ),
    ...(guarded ? notDeleted(mayErase) : []),
  ];
}

function allowed(Sid: string, Principal: Record<string, string[]>, Action: readonly string[]): Statement[] {
  return Object.values(Principal).flat().length === 0 ? [] : [{ Sid, Effect: "Allow", Principal, Action }];
}

/**
 * Nobody deletes the repository, an image in it, or the policy that says so: Terraform would take that away first. The
 * lifecycle policy is carried out by ECR itself, which nothing here stops.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/logging-using-cloudtrail.html
 */
function notDeleted(mayErase: readonly string[]): Statement[] {
  const deny = { Effect: "Deny", Principal: "*" } as const;
  const repository = ["ecr:DeleteRepository", "ecr:DeleteRepositoryPolicy"];
  const image = "ecr:BatchDeleteImage";
  if (mayErase.length === 0) return [{ Sid: "NothingIsDeleted", ...deny, Action: [...repository, image] }];
  return [
    { Sid: "NothingIsDeleted", ...deny, Action: repository },
    { Sid: "ImagesStay", ...deny, Action: image, Condition: { ArnNotLike: { "aws:PrincipalArn": mayErase } } },
  ];
}
