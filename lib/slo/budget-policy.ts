import { IConstruct } from "constructs";
import { refuse, requireOneOf, requireWhole } from "../core/guard";
import { Urgency, URGENCIES } from "../core/signal";
import { DeclaredStep } from "../review/slo/declared";

/** What may go out: anything, what somebody has looked at, or only what makes the service better. */
export type Releases = DeclaredStep["releases"];

/** What is done when so much of a budget is spent. */
export interface PolicyStep {
  /** Per cent of the budget (1 to 100). */
  readonly spent: number;
  /** Who acts: a role or a team. */
  readonly who: string;
  /** What they do, in a sentence. */
  readonly does: string;
  readonly releases: Releases;
  /** @default "ticket" - what wakes people is the speed of the burn, not what it has come to */
  readonly urgency?: Urgency;
}

const RELEASES: readonly Releases[] = ["open", "reviewed", "frozen"];

/**
 * Half of the budget is a talk, three quarters a change of plan, all of it a freeze.
 *
 * @see https://sre.google/workbook/error-budget-policy/
 */
export const POLICY: readonly PolicyStep[] = [
  { spent: 50, who: "the team", does: "looks at what spends it, in its next planning", releases: "open" },
  {
    spent: 75,
    who: "the team and its product owner",
    does: "put what spends it before features; somebody else looks at each release",
    releases: "reviewed",
  },
  {
    spent: 100,
    who: "the team and whoever answers for the service",
    does: "release only what makes the service better, until budget is left",
    releases: "frozen",
  },
];

/** A policy in which nothing is left open; refuses one that grows laxer as more is spent. */
export function policyOf(scope: IConstruct, policy: readonly PolicyStep[]): DeclaredStep[] {
  if (policy.length === 0) refuse(scope, { prop: "policy", must: "have at least one step", got: policy });
  policy.forEach((step, index) => {
    const before = policy[index - 1];
    requireWhole(scope, "policy.spent", step.spent, before ? before.spent + 1 : 1, 100, "put the steps in order");
    requireOneOf(scope, "policy.urgency", step.urgency ?? "ticket", URGENCIES);
    const least = before ? RELEASES.indexOf(before.releases) : 0;
    requireOneOf(
      scope,
      "policy.releases",
      step.releases,
      RELEASES.slice(least),
      "no step takes back what one before it did",
    );
    for (const prop of ["who", "does"] as const) {
      const got = step[prop];
      if (!got?.trim()) refuse(scope, { prop: `policy.${prop}`, must: "say it, in words", got });
    }
  });
  return policy.map(({ spent, urgency = "ticket", who, does, releases }) => ({ spent, urgency, who, does, releases }));
}
