import { Construct } from "constructs";
import { Watchable } from "../core/declarations";
import { refuse } from "../core/guard";
import { waiversOf } from "../core/waiver";

/** Charts are for who looks at them: what has nothing else is watched by nobody, whatever the code says. */
export function requireVoice(target: Watchable, alarms: Construct): void {
  const names = Object.keys(target.signals);
  const waived = waiversOf(target).some(({ safeguard }) => safeguard.startsWith("alarm on "));
  if (names.length === 0 || waived || alarms.node.children.length > 0) return;
  const mend = 'give a signal a threshold, page or ticket; or waive(it, "watched", { waived: "why" })';
  refuse(target, { prop: "signals", must: "tell somebody of something", got: names, mend });
}
