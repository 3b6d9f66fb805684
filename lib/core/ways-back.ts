import { IConstruct } from "constructs";
import { isRecoverable } from "./declarations";
import { note, notesOf } from "./notes";
import { Recoveries, Recovery, Scenario } from "./recovery";

interface Given {
  readonly scenario: Scenario;
  readonly way: Recovery;
}

/** Gives a construct a way back that it does not have by itself: a backup of it, a standby beside it. */
export function giveWayBack(construct: IConstruct, scenario: Scenario, way: Recovery): void {
  note(construct, "way-back", { scenario, way } satisfies Given);
}

/** All ways back of a construct: what it declares, and what it was given. Nothing where it has none. */
export function recoveriesOf(construct: IConstruct): Recoveries | undefined {
  const own = isRecoverable(construct) ? construct.recovers : undefined;
  const given = notesOf<Given>(construct, "way-back");
  if (given.length === 0) return own;
  const all: Partial<Record<Scenario, readonly Recovery[]>> = { ...own };
  for (const { scenario, way } of given) all[scenario] = [...(all[scenario] ?? []), way];
  return all;
}
