import { verbatim } from "../core/content";
import { amount, capital } from "../review/words";
import { AlarmPlan } from "./define-alarms";
import { whenOf } from "./resolve-signal";

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const LONGEST = 1024;

/** What the person called reads first: what it means, since when, what to do, where to read on. */
export function describeAlarm(plan: AlarmPlan & { readonly threshold: number; readonly zone?: string }): string {
  const { signal, threshold, zone, runbook, target } = plan;
  const where = zone === undefined ? "" : ` in ${zone}`;
  const lines = [
    `${capital(signal.means)}${where}.`,
    `${target.node.path}: ${signal.bad} ${amount(threshold, signal.unit)} for ${whenOf(signal)}.`,
    ...(signal.firstSteps?.length ? [`First: ${signal.firstSteps[0]}`] : []),
    `Runbook: ${runbook}`,
  ];
  return verbatim(fitted(lines));
}

/**
 * The first step is cut before the runbook is: the page has it again. Half a command helps nobody, so it ends before
 * one.
 */
function fitted(lines: readonly string[]): string {
  const whole = lines.join("\n");
  if (bytesOf(whole) <= LONGEST) return whole;
  const last = lines[lines.length - 1];
  const [asked] = lines.slice(0, -1).join("\n").split("`");
  const letters = [...asked.trimEnd()];
  while (bytesOf(`${letters.join("")}…\n${last}`) > LONGEST) letters.pop();
  return `${letters.join("")}…\n${last}`;
}

/** The provider counts bytes, where CloudWatch counts characters. */
function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}
