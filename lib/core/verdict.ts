import { IConstruct } from "constructs";
import { Complaint, complaint } from "./guard";
import { note } from "./notes";
import { Safeguard } from "./waiver";

/** What a pattern found about one of its promises. */
export interface Finding {
  readonly safeguard: string;
  readonly kept: boolean;
  readonly message: string;
  /** Whether it only warns, in every posture. @default - it fails where the posture says so */
  readonly advice?: true;
}

/**
 * Says whether a promise is kept. A broken one fails synthesis, warns where the posture says `enforce: "warn"`, and is
 * excused by a waiver of the same name; either way the manifest has it.
 *
 * For what can be right or wrong by the numbers; malformed input is refused on the spot (`refuse`).
 */
export function judge(construct: IConstruct, safeguard: Safeguard, kept: boolean, what: Complaint): void {
  note(construct, "finding", { safeguard, kept, message: messageOf(construct, kept, what) } satisfies Finding);
}

/** The same for what is allowed and not wise: it warns in every posture, and can be waived. */
export function advise(construct: IConstruct, safeguard: Safeguard, kept: boolean, what: Complaint): void {
  const message = messageOf(construct, kept, what);
  note(construct, "finding", { safeguard, kept, message, advice: true } satisfies Finding);
}

/** The same of what is known only when all is made: it is asked in the review, which all stacks come before. */
export function judgeLater(
  construct: IConstruct,
  safeguard: Safeguard,
  isKept: () => boolean,
  message: () => string,
): void {
  note(construct, "finding", {
    safeguard,
    get kept() {
      return isKept();
    },
    get message() {
      return message();
    },
  } satisfies Finding);
}

function messageOf(construct: IConstruct, kept: boolean, what: Complaint): string {
  return kept ? `'${what.prop}' must ${what.must}: ${JSON.stringify(what.got)}` : complaint(construct, what);
}
