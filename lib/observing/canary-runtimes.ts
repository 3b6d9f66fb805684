import { IConstruct } from "constructs";
import { requireOneOf, requireThat } from "../core/guard";

/**
 * Runtimes with Puppeteer that know the name by which the code of a canary asks for it (13.1 and later). No canary can be
 * made with a deprecated one; those that have it run on, and nobody patches them.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Library_nodejs_puppeteer.html
 */
export const RUNTIMES = ["syn-nodejs-puppeteer-15.0", "syn-nodejs-puppeteer-13.1"];

/**
 * The day on which AWS deprecated a runtime.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Runtime_Support_Policy.html
 */
const DEPRECATED: Readonly<Record<string, string>> = {
  "syn-nodejs-puppeteer-7.0": "2026-01-22",
  "syn-nodejs-puppeteer-6.2": "2026-01-22",
  "syn-nodejs-puppeteer-6.1": "2024-03-08",
  "syn-nodejs-puppeteer-6.0": "2024-03-08",
  "syn-nodejs-puppeteer-5.2": "2026-01-22",
  "syn-nodejs-puppeteer-5.1": "2024-03-08",
  "syn-nodejs-puppeteer-5.0": "2024-03-08",
  "syn-nodejs-puppeteer-4.0": "2024-03-08",
};

/**
 * Refuses a runtime that no canary can be made with. One that is newer than the table passes: AWS knows whether it is
 * there.
 */
export function requireRuntime(scope: IConstruct, runtime: string): void {
  const since = DEPRECATED[runtime];
  const must = `be supported: it is deprecated since ${since}`;
  requireThat(scope, since === undefined, { prop: "runtime", must, got: runtime, mend: `take ${RUNTIMES[0]}` });
  if (isNewer(runtime)) return;
  requireOneOf(scope, "runtime", runtime, RUNTIMES, "or a newer one of this kind");
}

function isNewer(runtime: string): boolean {
  return versionOf(runtime) > versionOf(RUNTIMES[0]);
}

/** The version of a runtime with Puppeteer, to compare by; nothing is 0. */
function versionOf(runtime: string): number {
  const [, major = 0, minor = 0] = /^syn-nodejs-puppeteer-(\d{1,3})\.(\d{1,2})$/.exec(runtime) ?? [];
  return Number(major) * 100 + Number(minor);
}
