import { IConstruct } from "constructs";
import { refuse, requireBetween, requireForm, requireKnown, requireThat, requireWhole } from "../core/guard";
import { judge } from "../core/verdict";
import { Sampling, SamplingRule, TracesProps } from "./traces-props";

/** Seconds of the month that a budget is for. */
const MONTH_SECONDS = 30 * 86_400;

/** The priority of the first rule of a service that states none: others may come before it, and behind it. */
export const FIRST_PRIORITY = 1000;

/** The rule for requests that no other one fits. */
export const REST = "rest";

/** A rule with nothing left to a default. */
export type ResolvedRule = Required<SamplingRule> & { readonly name: string; readonly prop: string };

/**
 * Traces a second of a rule, at most: the reservoir is filled first, and a share of what is above it. What comes in bursts
 * leaves fewer than the average does.
 *
 * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-console-sampling.html
 */
export function tracesPerSecond({
  requestsPerSecond: asked,
  reservoirPerSecond: held,
  rate,
}: Omit<ResolvedRule, "name" | "prop">) {
  return Math.min(asked, held) + Math.max(0, asked - held) * rate;
}

/** Traces in a month of all rules. */
function tracesPerMonth(rules: readonly ResolvedRule[]): number {
  return rules.reduce((sum, rule) => sum + tracesPerSecond(rule), 0) * MONTH_SECONDS;
}

/** The rules of a service in the order of their priority; what no rule fits comes last. Refuses what X-Ray would. */
export function rulesOf(scope: IConstruct, props: TracesProps): ResolvedRule[] {
  const { requestsPerSecond, rules = {}, priority = FIRST_PRIORITY } = props;
  requireRate(scope, "requestsPerSecond", requestsPerSecond);
  requireWhole(scope, "priority", priority, 1, 9999 - Object.keys(rules).length, "the last rule has 9999 at most");
  const named = Object.entries(rules).map(([name, rule]) => ruleOf(scope, name, `rules.${name}.`, rule));
  const rest = requestsPerSecond - named.reduce((sum, rule) => sum + rule.requestsPerSecond, 0);
  if (rest < -1e-9) {
    const must = `add up to ${requestsPerSecond} requests a second at most, those of the whole service`;
    refuse(scope, { prop: "rules", must, got: requestsPerSecond - rest, mend: "state those of the service again" });
  }
  const { reservoirPerSecond, rate } = props;
  return [...named, ruleOf(scope, REST, "", { requestsPerSecond: Math.max(0, rest), reservoirPerSecond, rate })];
}

function ruleOf(scope: IConstruct, name: string, prop: string, rule: SamplingRule): ResolvedRule {
  const { requestsPerSecond, path = "*", method = "*", host = "*", reservoirPerSecond = 1, rate = 0.05 } = rule;
  if (prop !== "") {
    requireForm(scope, "rules", name, /^(?!rest$)[a-z][A-Za-z0-9]{0,31}$/, `named by a noun in camelCase, not ${REST}`);
    requireRate(scope, `${prop}requestsPerSecond`, requestsPerSecond);
    requireForm(
      scope,
      `${prop}path`,
      path,
      /^[/*?][\x21-\x7e]{0,127}$/,
      "a path from its slash on, 128 characters at most",
    );
    requireForm(scope, `${prop}method`, method, /^[A-Z*?]{1,10}$/, "a method in capitals, or *");
    requireForm(
      scope,
      `${prop}host`,
      host,
      /^[\w.*?-]{1,64}$/,
      "a name without a scheme or a path, 64 characters at most",
    );
    const isEvery = [path, method, host].every((each) => each === "*");
    requireThat(scope, !isEvery, {
      prop: `rules.${name}`,
      must: "say which requests: path, method or host",
      got: "all",
    });
  }
  requireSampling(scope, prop, { reservoirPerSecond, rate });
  return { name, prop, requestsPerSecond, path, method, host, reservoirPerSecond, rate };
}

function requireSampling(scope: IConstruct, prop: string, { reservoirPerSecond, rate }: Required<Sampling>): void {
  requireKnown(scope, `${prop}reservoirPerSecond`, reservoirPerSecond);
  requireKnown(scope, `${prop}rate`, rate);
  requireWhole(scope, `${prop}reservoirPerSecond`, reservoirPerSecond, 0, Infinity);
  requireBetween(scope, `${prop}rate`, rate, 0, 1, "it is a share: 0.05 is one in twenty");
}

function requireRate(scope: IConstruct, prop: string, got: number): void {
  requireKnown(scope, prop, got);
  requireThat(scope, got > 0 && got < Infinity, { prop, must: "be a number above 0", got });
}

/** Judges whether what is stated stays within the budget; says which number to change where it does not. */
export function judgeBudget(scope: IConstruct, rules: readonly ResolvedRule[], budget: number): void {
  const expected = Math.ceil(tracesPerMonth(rules) - 1e-6);
  judge(scope, "trace-budget", expected <= budget, {
    prop: "tracesPerMonth",
    must: "hold what the sampling rules record of the stated requests",
    got: budget,
    mend: `${expected} would be recorded: write ${[...fitting(rules, budget), `tracesPerMonth: ${expected}`].join(", or ")}`,
  });
}

/** What the largest rule would have to be for all to fit; nothing where it alone cannot help. */
function fitting(rules: readonly ResolvedRule[], budget: number): string[] {
  const largest = rules.reduce((most, rule) => (tracesPerSecond(rule) > tracesPerSecond(most) ? rule : most));
  const { prop, requestsPerSecond: asked, reservoirPerSecond: held } = largest;
  const left = (budget - tracesPerMonth(rules.filter((rule) => rule !== largest))) / MONTH_SECONDS;
  if (left <= 0) return [];
  const share = (part: number, of: number) => Math.floor((part / of) * 10_000) / 10_000;
  if (left >= held) return [`${prop}rate: ${share(left - held, asked - held)}`];
  return [`${prop}reservoirPerSecond: 0 and ${prop}rate: ${share(left, asked)}`];
}
