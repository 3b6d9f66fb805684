import { Complaint, complain } from "../complaint";
import { inWords, seconds } from "../duration";
import { enumerated } from "../words";
import { DeclaredRecovery } from "./declared";
import { shorten } from "./mend";
import { Outcome, told } from "./reckon";
import { Term, dominating } from "./schedule";

/** What each loss leaves as a way back; against bad data no copy helps that is told of them. */
const HELPS: Readonly<Record<Outcome["scenario"], { readonly anyWay: string; readonly losingLess: string }>> = {
  instance: { anyWay: "a standby, a replica, another instance", losingLess: "a synchronous replica" },
  zone: { anyWay: "a standby or a replica in another zone", losingLess: "a synchronous replica" },
  region: {
    anyWay: "a replica or a copy of its backups in another region; of what holds no data, twoRegions",
    losingLess: "a synchronous replica",
  },
  corruption: {
    anyWay: "point-in-time recovery, a backup",
    losingLess: "point-in-time recovery, or backups more often",
  },
  account: { anyWay: "a copy of its backups in another account", losingLess: "backups more often" },
};

/** `database, Multi-AZ failover: 2 minutes (vendor-typical)`. */
export function termLine({ what, way, from, to, figure }: Term): string {
  return `${what}${way ? `, ${way.mechanism}` : ""}: ${told(to - from)} (${figure.basis})`;
}

/** What is wrong with an outcome, each fault with its mend, in the form of every refusal; nothing where it holds. */
export function faultsOf(declared: DeclaredRecovery, outcome: Outcome): string[] {
  const { scenario, lost, goal, rto, path } = outcome;
  const fault = (what: Complaint) => complain(declared.path, what);
  if (lost.length > 0) {
    return lost.map((each) =>
      fault({
        prop: scenario,
        must: `have a way back for ${each}`,
        got: undefined,
        mend: gap(declared, scenario, each),
      }),
    );
  }
  const faults: string[] = [];
  if (!outcome.meetsRto) {
    const must = `be at least ${told(rto)}, which is ${path.map(termLine).join(" + ")}`;
    faults.push(fault({ prop: `${scenario}.rto`, must, got: goal.rto, mend: faster(declared, outcome) }));
  }
  const loses = losing(outcome);
  if (!outcome.meetsRpo && loses) faults.push(fault({ prop: `${scenario}.rpo`, got: goal.rpo, ...loses }));
  return faults;
}

function gap({ components }: DeclaredRecovery, scenario: Outcome["scenario"], path: string): string {
  const component = components.find((each) => each.path === path);
  const known = Object.keys(component?.recovers ?? {}).join(", ") || "nothing";
  return `it comes back from ${known}: give it a way back (${HELPS[scenario].anyWay}), or take the objective out`;
}

/** Who loses most and who else loses too much, the worst one first. */
function losing({ scenario, goal, rpo, rpoOf, schedule }: Outcome): Pick<Complaint, "must" | "mend"> | undefined {
  if (!rpoOf) return undefined;
  const losses = schedule.flatMap(({ what, way }) => (way ? [{ what, length: seconds(way.rpo.value) }] : []));
  const others = losses.filter(({ what, length }) => what !== rpoOf.path && length > seconds(goal.rpo));
  const named = [rpoOf.path, ...others.sort((a, b) => b.length - a.length).map(({ what }) => what)];
  const alike = named.length > 1 ? `, for ${enumerated(named)} alike` : "";
  const { mechanism, rpo: figure } = rpoOf.way;
  return {
    must: `be at least ${told(rpo)}, which ${rpoOf.path} loses by ${mechanism} (${figure.basis})`,
    mend: `a way back that loses at most ${goal.rpo} would meet it, such as ${HELPS[scenario].losingLess}${alike}; or state what is true`,
  };
}

/** What takes longest, and how short it and what runs beside it would have to be. */
function faster(declared: DeclaredRecovery, outcome: Outcome): string {
  const { path, rto, goal } = outcome;
  const longest = dominating(path);
  if (!longest) return "state what is true";
  const first = `${longest.what} takes longest`;
  const shorter = shorten(declared, outcome);
  if (!shorter)
    return `${first}, and even without it ${goal.rto} is not met: state at least ${inWords(rto)}, or change the design`;
  const [{ length }, ...others] = shorter;
  const besides = others.map((each) => `, and one of ${each.what} within ${inWords(each.length)}`).join("");
  if (longest.way === undefined && longest.what === "decision") {
    return `${first}: decide within ${inWords(length)}, or take a mechanism that acts by itself`;
  }
  if (longest.way === undefined) {
    const by = outcome.scenario === "corruption" ? "a check that is made so often" : "a faster alarm";
    return `${first}: notice it within ${inWords(length)}, by ${by}`;
  }
  const rate =
    longest.way.gibPerHour && longest.figure.basis !== "measured" ? " (measure a restore: the rate is assumed)" : "";
  return `${first}: a way back within ${inWords(length)}${besides} would meet it${rate}, or state at least ${inWords(rto)}`;
}
