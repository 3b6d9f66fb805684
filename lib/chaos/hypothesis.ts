import { inWords } from "../core/duration";
import { Claim } from "../review/recovery/experiments/claim";
import { ExperimentPlan } from "./plan";
import { Stops } from "./stop-alarms";

/** What is claimed of a service while it is broken. */
export interface Claimed {
  readonly of: string;
  readonly claims: readonly Claim[];
  /** Seconds. */
  readonly outage: number;
}

/** What should happen, in words, by what is claimed of what is lost; and where the alarms would not let it. */
export function hypothesisOf(plan: ExperimentPlan, claimed: Claimed, { conflicts }: Stops): string {
  const done = plan.faults.map(({ construct, fault }) => `${construct.node.path}: ${fault.does}`).join("; ");
  const tested = plan.faults.flatMap(({ construct, claim }) =>
    claim ? [{ path: construct.node.path, way: claim }] : [],
  );
  const told = [...tested, ...claimed.claims].map(({ path, way: { mechanism, rto, rpo } }) => {
    return `${path} comes back by ${mechanism} within ${rto.value} (${rto.basis}), losing ${rpo.value} of data.`;
  });
  const back = [...new Set(told)];
  const what = whatOf(plan);
  const lost = what === undefined ? [] : [`${what}.`];
  const users = back.length > 1 ? `All in all, ${outcomeOf(claimed)}.` : `So ${outcomeOf(claimed)}.`;
  const but = conflicts.map((conflict) => `But ${conflict}.`);
  return [...lost, `${done}.`, ...back, users, ...but].join(" ");
}

/** The same, short enough to stand beside the template. */
export function shortOf(plan: ExperimentPlan, claimed: Claimed): string {
  return `${whatOf(plan) ?? plan.faults[0].fault.does}: ${outcomeOf(claimed)}`;
}

/** What happens, where several faults make it up. */
function whatOf({ zone, degraded, region }: ExperimentPlan): string | undefined {
  if (region !== undefined) return `${region} is cut off`;
  if (zone === undefined || degraded === undefined) return zone && `${zone} is lost`;
  return degraded === "slow" ? `${zone} is slow` : `${zone} loses packets`;
}

function outcomeOf({ of, outage }: Claimed): string {
  return outage === 0 ? `users of ${of} notice nothing` : `${of} is back within ${inWords(outage)}`;
}
