import { Manifest } from "../manifest";
import { table } from "../markdown";
import { DeclaredRecovery } from "./declared";
import { recoveryPlan } from "./plan";
import { Outcome, told } from "./reckon";
import { allFaultsOf, outcomesOf } from "./rule";
import { STRENGTH, Term, dominating } from "./schedule";
import { shiftFaults } from "./shift";
import { Told } from "./stated";

/** What is lost, as the title of a plan. */
export const LOSSES = {
  instance: "Loss of one instance",
  zone: "Loss of one zone",
  region: "Loss of the region",
  corruption: "Bad data",
  account: "Loss of the account",
} as const;

/** `recovery.md` with the full derivation, and a plan to follow for each loss. */
export function recoveryReport(manifest: Manifest): Record<string, string> {
  const { stack, recoveries, alarms } = manifest;
  if (recoveries.length === 0) return {};
  const reckoned = recoveries.map((declared) => ({ declared, outcomes: outcomesOf(declared, alarms) }));
  const plans = reckoned.flatMap(({ declared, outcomes }) =>
    outcomes.map((outcome) => {
      const plan = recoveryPlan(manifest, { declared, outcome, title: LOSSES[outcome.scenario] });
      return [planPath(declared, outcome), plan];
    }),
  );
  return {
    "recovery.md": [`# Recovery of ${stack}`, ...reckoned.map((each) => section(each, manifest))].join("\n\n") + "\n",
    ...Object.fromEntries(plans),
  };
}

/** Where the plan for a loss stands below `reliability/<stack>`. */
export function planPath({ path }: DeclaredRecovery, { scenario }: Outcome): string {
  return `recovery/${path.split("/").slice(1).join("-")}-${scenario}.md`;
}

interface Reckoning {
  readonly declared: DeclaredRecovery;
  readonly outcomes: readonly Outcome[];
}

function section({ declared, outcomes }: Reckoning, facts: Told): string {
  return [
    `## ${declared.of}`,
    overview(outcomes),
    ...outcomes.map((outcome) => derivation(declared, outcome, facts)),
    ...measurements(declared),
  ].join("\n\n");
}

function overview(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map((outcome) => {
    const { scenario, goal, lost, rto, rpo, meetsRto, meetsRpo } = outcome;
    const gives = lost.length > 0 ? ["never", "everything"] : [told(rto), told(rpo)];
    const verdict = meetsRto && meetsRpo ? "met" : "**not met**";
    return [scenario, goal.rto, gives[0], goal.rpo, gives[1], weakestOf(outcome), verdict];
  });
  return table(["loss", "RTO", "reckoned", "RPO", "reckoned", "rests on", "verdict"], rows).join("\n");
}

/** The weakest basis of all figures that an outcome rests on. */
export function weakestOf({ path, rpoOf }: Outcome): string {
  const bases = [...path.map(({ figure }) => figure.basis), ...(rpoOf ? [rpoOf.way.rpo.basis] : [])];
  return STRENGTH[Math.max(0, ...bases.map((basis) => STRENGTH.indexOf(basis)))];
}

function derivation(declared: DeclaredRecovery, outcome: Outcome, facts: Told): string {
  const { scenario, path, rto } = outcome;
  const longest = dominating(path);
  const lines = path.map((term) => [nameOf(term), told(term.to - term.from), term.figure.basis, term.figure.source]);
  const unled = scenario === "region" ? shiftFaults(declared) : [];
  const faults = [...allFaultsOf(declared, outcome, facts), ...unled].map((fault) => `> ${fault}`);
  return [
    `### ${LOSSES[scenario]}`,
    table(
      ["term of the longest path", "takes", "basis", "source"],
      [...lines, ["**sum**", `**${told(rto)}**`, "", ""]],
    ).join("\n"),
    ...(longest ? [`${nameOf(longest)} takes longest.`] : ["Nothing has to come back."]),
    loss(outcome),
    ...(scenario === "corruption" ? [unnoticed(declared)] : []),
    ...tests(declared, outcome),
    ...faults,
  ].join("\n\n");
}

function loss({ rpo, rpoOf }: Outcome): string {
  if (!rpoOf || rpo === 0) return "No data are lost.";
  return `The newest ${told(rpo)} of data are lost at ${rpoOf.path} (${rpoOf.way.mechanism}; ${rpoOf.way.rpo.source}).`;
}

/** Which ways back are put to the test, also those that are not the fastest. */
function tests({ components }: DeclaredRecovery, { scenario }: Outcome): string[] {
  return components.flatMap(({ path, recovers }) =>
    (recovers[scenario] ?? []).flatMap(({ mechanism, tested }) =>
      tested ? [`Put to the test every ${tested.every}: ${path}, ${mechanism} (by ${tested.by}).`] : [],
    ),
  );
}

/** What is written after the last good moment is kept or lost by people, not by a mechanism. */
function unnoticed({ goals }: DeclaredRecovery): string {
  const { detection } = goals.corruption ?? {};
  return `A restore goes back to the last good moment: what was written between that moment and the discovery (up to ${detection}) has to be carried over by hand, or is lost. The RPO does not count it.`;
}

function nameOf({ what, way }: Term): string {
  return way ? `${what}: ${way.mechanism}` : what;
}

function measurements({ measured }: DeclaredRecovery): string[] {
  if (measured.length === 0) return [];
  const rows = measured.map(({ construct, mechanism, on, evidence, rto, rpo, gibPerHour }) => {
    const result = [rto && `RTO ${rto}`, rpo && `RPO ${rpo}`, gibPerHour && `${gibPerHour} GiB an hour`].filter(
      Boolean,
    );
    return [construct, mechanism, on, result.join(", "), evidence];
  });
  return [["### Measured", "", ...table(["what", "mechanism", "on", "result", "evidence"], rows)].join("\n")];
}
