import { Complaint, complain } from "../complaint";
import { inWords, seconds } from "../duration";
import { DeclaredRecovery } from "./declared";
import { Outcome, Term, dominating, told } from "./reckon";

/** `database, Multi-AZ failover: 2 minutes (vendor-typical)`. */
export function termLine({ what, way, from, to, figure }: Term): string {
  return `${what}${way ? `, ${way.mechanism}` : ""}: ${told(to - from)} (${figure.basis})`;
}

/** What is wrong with an outcome, each fault with its mend, in the form of every refusal; nothing where it holds. */
export function faultsOf(declared: DeclaredRecovery, outcome: Outcome): string[] {
  const { scenario, lost, goal, rto, rpo, path, rpoOf } = outcome;
  const fault = (what: Complaint) => complain(declared.path, what);
  if (lost.length > 0) {
    return lost.map((each) =>
      fault({ prop: scenario, must: `have a way back for ${each}`, got: undefined, mend: gap(declared, each) }),
    );
  }
  const faults: string[] = [];
  if (!outcome.meetsRto) {
    const must = `be at least ${told(rto)}, which is ${path.map(termLine).join(" + ")}`;
    faults.push(fault({ prop: `${scenario}.rto`, must, got: goal.rto, mend: faster(outcome) }));
  }
  if (!outcome.meetsRpo && rpoOf) {
    const { mechanism, rpo: figure } = rpoOf.way;
    const must = `be at least ${told(rpo)}, which ${rpoOf.path} loses by ${mechanism} (${figure.basis})`;
    const mend = `a way back that loses at most ${goal.rpo} would meet it, such as a synchronous replica; or state what is true`;
    faults.push(fault({ prop: `${scenario}.rpo`, must, got: goal.rpo, mend }));
  }
  return faults;
}

function gap({ components }: DeclaredRecovery, path: string): string {
  const component = components.find((each) => each.path === path);
  const known = Object.keys(component?.recovers ?? {}).join(", ") || "nothing";
  return `it comes back from ${known}: give it a way back (a standby, a replica, a backup elsewhere), or take the objective out`;
}

/** What takes longest, and how short it would have to be. */
function faster({ path, rto, goal }: Outcome): string {
  const longest = dominating(path);
  if (!longest) return "state what is true";
  const length = longest.to - longest.from;
  const left = length - (rto - seconds(goal.rto));
  const first = `${longest.what} takes longest`;
  if (left <= 0)
    return `${first}, and even without it ${goal.rto} is not met: state at least ${inWords(rto)}, or change the design`;
  if (longest.way === undefined && longest.what === "decision") {
    return `${first}: decide within ${inWords(left)}, or take a mechanism that acts by itself`;
  }
  if (longest.way === undefined) return `${first}: notice it within ${inWords(left)}, by a faster alarm`;
  const rate =
    longest.way.gibPerHour && longest.figure.basis !== "measured" ? " (measure a restore: the rate is assumed)" : "";
  return `${first}: a way back within ${inWords(left)} would meet it${rate}, or state at least ${inWords(rto)}`;
}
