import { IConstruct } from "constructs";
import { declared } from "./declarations";
import { Duration } from "./duration";
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

/** That a way back is put to the test: which one, how often, by what. */
export interface Tested {
  readonly mechanism: string;
  readonly every: Duration;
  /** The path of what tests it. */
  readonly by: string;
}

/** Says that a way back of a construct is put to the test; its ways back then say so. */
export function sayTested(construct: IConstruct, tested: Tested): void {
  note(construct, "tested", tested);
}

/** All ways back of a construct: what it declares, and what it was given. Nothing where it has none. */
export function recoveriesOf(construct: IConstruct): Recoveries | undefined {
  const own = declared(construct, "recovers") as Recoveries | undefined;
  const given = notesOf<Given>(construct, "way-back");
  if (given.length === 0) return own;
  const all: Partial<Record<Scenario, readonly Recovery[]>> = { ...own };
  for (const { scenario, way } of given) all[scenario] = [...(all[scenario] ?? []), tested(construct, way)];
  return all;
}

function tested(construct: IConstruct, way: Recovery): Recovery {
  const test = notesOf<Tested>(construct, "tested").find(({ mechanism }) => mechanism === way.mechanism);
  return test ? { ...way, tested: { every: test.every, by: test.by } } : way;
}
