import { createHash } from "node:crypto";
import { Duration, inShort, seconds } from "../duration";
import { Manifest } from "../manifest";
import { DeclaredObjective } from "./declared";

const LONGEST = 40;

/** What is promised of a service. */
export interface Promised {
  readonly objective: number;
  readonly indicator: { readonly kind: string; readonly counts: string };
  readonly period: string;
  readonly within?: string;
}

/**
 * How much later than reckoned an alarm rings.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html#alarm-evaluation
 */
export const SEEN = "1 to 3 minutes until CloudWatch has the data and has looked";

/** `99.9 % of requests over 30 days are good` */
export function promised({ objective, indicator, period, within }: Promised): string {
  const good = within === undefined ? (indicator.kind === "freshness" ? "fresh" : "good") : `done within ${within}`;
  return `${objective} % of ${indicator.counts} over ${period} are ${good}`;
}

/**
 * A path without its stack, as names of resources are written; 40 characters at most leave room for what follows. One that
 * is cut ends in a hash, so that it stays apart from what begins alike.
 */
export function slug({ stack }: Pick<Manifest, "stack">, path: string): string {
  const own = path.startsWith(`${stack}/`) ? path.slice(stack.length + 1) : path;
  const plain = own
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  if (plain.length <= LONGEST) return plain || "objective";
  const hash = createHash("sha256").update(own).digest("hex").slice(0, 8);
  return `${plain.slice(0, LONGEST - hash.length - 1).replace(/-+$/, "")}-${hash}`;
}

/** A length as the manifest writes it (`1 hour`) in the form that OpenSLO and Prometheus share (`1h`). */
export function short(length: string): string {
  return inShort(seconds(length as Duration));
}

/** Seconds in the unit of a metric; milliseconds to the thousandth. */
export function inUnit(length: number, unit: unknown): number {
  return unit === "milliseconds" ? Number((length * 1000).toFixed(3)) : length;
}

/** The bound of a latency in the unit of its metric. */
export function boundOf({ indicator, within }: DeclaredObjective): number | undefined {
  return within === undefined ? undefined : inUnit(seconds(within as Duration), indicator.unit);
}

/** What an hour costs in which nothing is good. */
export function spentInAnHour({ budget, period }: Pick<DeclaredObjective, "budget" | "period">): string {
  const allowed = Number(budget) * seconds(period as Duration);
  const share = Number(((100 * 3600) / allowed).toPrecision(3));
  const minutes = Number((allowed / 60).toPrecision(3));
  return `An hour in which nothing is good spends ${share} % of the budget; ${minutes} minutes spend all of it.`;
}
