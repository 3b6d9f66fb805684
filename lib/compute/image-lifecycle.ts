import { Construct } from "constructs";
import { requireForm, requireThat, requireWhole } from "../core/guard";
import { verbatim } from "../core/content";

/** Days after which an image without a tag goes, where nobody says so. */
export const UNTAGGED_DAYS = 30;
/** The one that is being rolled out, the one that runs, and the one before it, which a rollback starts. */
const LEAST_KEPT = 3;
/** @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html (images in a repository) */
const MOST_IMAGES = 100_000;
/** @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html (rules of a policy) */
const MOST_RULES = 50;
/** @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html */
const PATTERN = /^(?=[\w.*-]{1,128}$)[^*]*(\*[^*]*){0,4}$/;

type Keep = Readonly<Record<string, number>>;

/**
 * The policy that clears a repository up: images without a tag by age, others by how many there are with the same tag.
 *
 * An image that matches a rule is expired by none of lower priority, so that the rules stand by how many they keep: one
 * with several tags stays for the most generous of them.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html#lp_evaluation_rules
 */
export function lifecyclePolicy(keep: Keep, untaggedDays = UNTAGGED_DAYS): string {
  const untagged = {
    description: `without a tag for ${untaggedDays} days`,
    selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: untaggedDays },
  };
  const tagged = inOrder(keep).map(([pattern, countNumber]) => ({
    description: `the newest ${countNumber} of ${pattern} stay`,
    selection: { tagStatus: "tagged", tagPatternList: [pattern], countType: "imageCountMoreThan", countNumber },
  }));
  const rules = [untagged, ...tagged].map((rule, index) => ({
    rulePriority: index + 1,
    ...rule,
    action: { type: "expire" },
  }));
  return verbatim(JSON.stringify({ rules }));
}

/** Refuses rules that ECR would, that keep too little to go back, and that never select anything. */
export function requireKeep(scope: Construct, keep: Keep): void {
  const must = `be at most ${MOST_RULES - 1} tags: a policy has ${MOST_RULES} rules`;
  requireThat(scope, Object.keys(keep).length < MOST_RULES, { prop: "keep", must, got: Object.keys(keep).length });
  for (const [pattern, count] of Object.entries(keep)) {
    requireForm(scope, "keep", pattern, PATTERN, "a tag with at most four *, such as v*");
    const mend = "what is rolled out, what runs and what a rollback starts";
    requireWhole(scope, `keep.${pattern}`, count, LEAST_KEPT, MOST_IMAGES, mend);
  }
  const ordered = inOrder(keep);
  for (const [index, [pattern, got]] of ordered.entries()) {
    const wider = ordered.slice(0, index).find(([before]) => covers(before, pattern));
    if (wider === undefined) continue;
    requireThat(scope, false, {
      prop: `keep.${pattern}`,
      must: `be more than the ${wider[1]} of ${wider[0]}, which takes the same images first`,
      got,
      mend: "raise it, or leave it out",
    });
  }
}

function inOrder(keep: Keep): [pattern: string, count: number][] {
  const alphabetical = (a: string, b: string) => (a < b ? -1 : 1);
  return Object.entries(keep).sort(([a, most], [b, next]) => next - most || alphabetical(a, b));
}

/** Whether one pattern matches all that another does: its `*` stands for any text, also for another `*`. */
function covers(wider: string, pattern: string): boolean {
  const text = wider.replace(/[.-]/g, String.raw`\$&`).replaceAll("*", ".*");
  return new RegExp(`^${text}$`).test(pattern);
}
