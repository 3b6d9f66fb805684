import { Facts, Found, Rule } from "../rule";
import { DeclaredRecovery, SCENARIOS } from "./declared";
import { faultsOf, termLine } from "./explain";
import { noticedAfter } from "./noticed";
import { idleRecords } from "./measured";
import { Outcome, reckon, told } from "./reckon";
import { Told, hasty } from "./stated";

/** What the mechanisms give for each loss that an objective is stated for. */
export function outcomesOf(declared: DeclaredRecovery, alarms: Facts["alarms"]): Outcome[] {
  return SCENARIOS.flatMap((scenario) => {
    return declared.goals[scenario] ? [reckon(declared, scenario, noticedAfter(declared, scenario, alarms))] : [];
  });
}

/** All that is wrong with an outcome: what it takes, and what was stated of it. */
export function allFaultsOf(declared: DeclaredRecovery, outcome: Outcome, facts: Told): string[] {
  return [...faultsOf(declared, outcome), ...hasty(declared, outcome, facts)];
}

/** Every objective of recovery is met by what is deployed. */
export const RECOVERY_OBJECTIVE: Rule = {
  safeguard: "recovery-objective",
  reads: [],
  judge: (facts) =>
    facts.recoveries.flatMap((declared) => [
      ...outcomesOf(declared, facts.alarms).flatMap((outcome) => found(declared, outcome, facts)),
      ...idleRecords(declared).map((message) => ({ path: declared.path, kept: false, message, advice: true }) as const),
    ]),
};

function found(declared: DeclaredRecovery, outcome: Outcome, facts: Told): Found[] {
  const { path } = declared;
  const faults = allFaultsOf(declared, outcome, facts);
  if (faults.length > 0) return faults.map((message) => ({ path, kept: false, message }));
  const sum = outcome.path.map(termLine).join(" + ") || "nothing has to come back";
  const message = `${outcome.scenario}: back after ${told(outcome.rto)}, losing ${told(outcome.rpo)}: ${sum}`;
  return [{ path, kept: true, message }];
}
