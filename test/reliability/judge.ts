import { Check, Verdict } from "./check";
import { Plan, Resource } from "./plan";

/** What a check said of one resource. */
export interface Judged {
  readonly check: Check;
  readonly resource: Resource;
  readonly verdict: Verdict;
}

/** What checks say of each resource that they are about. */
export function judge(checks: readonly Check[], plan: Plan): Judged[] {
  return checks.flatMap((check) =>
    plan
      .all(...check.types)
      .filter((resource) => check.only?.(resource, plan) ?? true)
      .map((resource) => ({ check, resource, verdict: check.judge(resource, plan) })),
  );
}
