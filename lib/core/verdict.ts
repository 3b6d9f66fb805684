import { IConstruct } from "constructs";
import { Complaint, complaint } from "./guard";
import { note } from "./notes";
import { Safeguard } from "./waiver";

/** What a pattern found about one of its promises. */
export interface Finding {
  readonly safeguard: string;
  readonly kept: boolean;
  readonly message: string;
}

/**
 * Says whether a promise is kept. A broken one fails synthesis, warns where the posture says `enforce: "warn"`, and is
 * excused by a waiver of the same name; either way the manifest has it.
 *
 * For what can be right or wrong by the numbers; malformed input is refused on the spot (`refuse`).
 */
export function judge(construct: IConstruct, safeguard: Safeguard, kept: boolean, what: Complaint): void {
  const message = kept ? `'${what.prop}' must ${what.must}: ${JSON.stringify(what.got)}` : complaint(construct, what);
  note(construct, "finding", { safeguard, kept, message } satisfies Finding);
}
