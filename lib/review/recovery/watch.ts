import { Manifest } from "../manifest";
import { numbered } from "../markdown";
import { instruction, statesOf } from "../runbook/shell";
import { runbookPath } from "../runbook/path";
import { Way } from "./declared";

/** A part that should come back by itself. */
interface Healing {
  readonly scenario: string;
  readonly path: string;
  readonly way: Way;
  /** Its ways back from the same loss, that one among them. */
  readonly others: readonly Way[];
}

/** How to see that a part comes back by itself, and what to do where it does not. */
export function selfHealing(manifest: Manifest, { path, way, others, scenario }: Healing): string[] {
  const { alarms, stack } = manifest;
  // Alarms are lost with their region.
  const there = scenario === "region" ? [] : alarms;
  const own = there.filter((alarm) => alarm.path === path && alarm.signal !== undefined);
  const pages = own.filter(({ urgency }) => urgency === "page");
  const names = (pages.length > 0 ? pages : own).map(({ name }) => name);
  const next = others.filter(({ mechanism }) => mechanism !== way.mechanism);
  const late = "It is not back at the end of its time: say so in the channel";
  const runbooks =
    names.length > 0
      ? `, and go by [its runbooks](../runbooks/${runbookPath(stack, path)})`
      : ", and call the next level";
  return [
    `\`${path}\` comes back without anybody.${names.length > 0 ? " Which of its alarms are still on?" : ""}`,
    ...(names.length > 0 ? [statesOf(manifest, names)] : []),
    next.length > 0 ? `${late}; the lead decides on the next way back.` : `${late}${runbooks}.`,
    ...next.flatMap(stepsOf),
  ];
}

function stepsOf({ mechanism, rto, rpo, selfHealing: byItself, steps = [] }: Way): string[] {
  const what = `**${mechanism}**, ${byItself ? "by itself, " : ""}within ${rto.value}, losing ${rpo.value}`;
  if (steps.length === 0) return [`${what}.`];
  const listed = numbered(steps.map((each) => instruction({}, each)));
  return [`<details><summary>${mechanism}, within ${rto.value}, losing ${rpo.value}</summary>`, listed, "</details>"];
}
