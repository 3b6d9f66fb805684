import { IConstruct } from "constructs";
import { inWords, seconds } from "../core/duration";
import { refuse, requireDuration, requireForm, requireKnown, requireThat, requireWhole } from "../core/guard";
import { CanaryProps, HttpPath, JourneyStep } from "./canary-props";

const ADDRESS = /^https?:\/\/[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?$/;
const PATH = /^\/[\x21-\x7e]*$/;
const ACTIONS = ["open", "click", "type", "see"] as const;

/** Refuses what Synthetics would, and what a run would fail by each time. */
export function requireCanary(scope: IConstruct, props: CanaryProps): void {
  const { address, paths, journey, network, keepDays = 31 } = props;
  requireKnown(scope, "address", address);
  requireForm(scope, "address", address, ADDRESS, "an address without a path, such as https://orders.example.com");
  const isSafe = address.startsWith("https:") || network !== undefined;
  const mend = "what crosses the internet is encrypted; inside a network http may do";
  requireThat(scope, isSafe, { prop: "address", must: "begin with https", got: address, mend });
  const isOne = (paths === undefined) !== (journey === undefined);
  const got = { paths: paths !== undefined, journey: journey !== undefined };
  if (!isOne) refuse(scope, { prop: "paths", must: "be given, or else a journey", got });
  requireWhole(scope, "keepDays", keepDays, 1, 455);
  if (paths) requirePaths(scope, paths);
  if (journey && "script" in journey) {
    const must = "export a handler";
    requireThat(scope, /\bexports\.handler\b/.test(journey.script), { prop: "journey.script", must, got: "none" });
  } else if (journey) {
    requireSteps(scope, journey);
  }
}

/** How often it runs and how long it may take, in seconds. */
export function requireTimes(scope: IConstruct, props: Required<Pick<CanaryProps, "every" | "timeout">>) {
  const { every, timeout } = props;
  const period = requireDuration(scope, "every", every, "1 minute", "1 hour");
  requireThat(scope, period % 60 === 0, { prop: "every", must: "be whole minutes", got: every });
  const limit = requireDuration(scope, "timeout", timeout, "15 seconds", "14 minutes", "a cold start takes its time");
  const overlap = { prop: "timeout", must: `be ${every} at most, or runs overlap`, got: timeout };
  requireThat(scope, limit <= period, overlap);
  return { period, limit, rate: `rate(${inWords(seconds(every))})` };
}

function requirePaths(scope: IConstruct, paths: readonly HttpPath[]): void {
  requireThat(scope, paths.length > 0, { prop: "paths", must: "name at least one path", got: paths });
  paths.forEach(({ path, status = 200, text }, index) => {
    requireForm(scope, "paths.path", path, PATH, "a path from its first slash on, without spaces");
    const isNew = paths.findIndex((other) => other.path === path) === index;
    requireThat(scope, isNew, { prop: "paths", must: "name each path once", got: path });
    requireWhole(scope, "paths.status", status, 200, 599);
    requireThat(scope, text !== "", { prop: "paths.text", must: "hold a text, or be left out", got: text });
  });
}

function requireSteps(scope: IConstruct, steps: readonly JourneyStep[]): void {
  const first = { prop: "journey", must: "begin with a step that opens a path", got: steps[0] };
  requireThat(scope, steps.length > 0 && "open" in steps[0], first);
  steps.forEach((each, index) => {
    requireForm(scope, "journey.step", each.step, /^[a-z][a-z0-9-]{0,63}$/, "a name in kebab-case");
    const isNew = steps.findIndex(({ step }) => step === each.step) === index;
    requireThat(scope, isNew, { prop: "journey", must: "name each step once", got: each.step });
    const does = ACTIONS.filter((action) => action in each);
    const must = "do one of open, click, type and see";
    requireThat(scope, does.length === 1, { prop: `journey.${each.step}`, must, got: does });
    if ("open" in each) requireForm(scope, `journey.${each.step}.open`, each.open, PATH, "a path from its slash on");
  });
}
