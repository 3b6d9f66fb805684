import { Construct } from "constructs";
import { Watchable } from "../core/declarations";
import { refuse } from "../core/guard";
import { waiversOf } from "../core/waiver";

/** Charts are for who looks at them: what has nothing else is watched by nobody, whatever the code says. */
export function requireVoice(target: Watchable, alarms: Construct): void {
  const names = Object.keys(target.signals);
  const waived = waiversOf(target).some(({ safeguard }) => safeguard.startsWith("alarm on "));
  if (names.length === 0 || waived || alarms.node.children.length > 0) return;
  const mend = `give one a threshold, such as alarms.watch(it, { "${names[0]}": { ticket: … } }); or, in place of watching it, waive(it, "watched", { waived: "why" })`;
  refuse(target, { prop: "signals", must: "tell somebody of something", got: names, mend });
}
