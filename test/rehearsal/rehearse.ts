import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { Config, Synthesized, readAll } from "../synth";
import { adapt } from "./adapt";
import { awsOf } from "./aws";
import { startEmulator } from "./emulator";
import { GAPS } from "./gaps";
import { NEWER } from "./newer";
import { Needs, inTurn, needsOf } from "./order";
import { removal } from "./removal";
import { Check, StackReport, summary } from "./report";
import { Rehearsed, putUp, takeDown } from "./stack";
import { Plugin, Terraform, environmentFor, plugin } from "./terraform";
import { Surroundings, world } from "./world";

/** What the environments of a rehearsal share. */
interface Setting {
  readonly folder: string;
  /** Where the synthesized stacks are. */
  readonly outdir: string;
  readonly endpoint: string;
  readonly plugins: Plugin;
  readonly begun: number;
}

/** Rehearses the stacks of an app, environment beside environment. Says how many checks failed. */
export async function rehearse(fill: (app: App) => void, environments: readonly Surroundings[]): Promise<number> {
  const begun = Date.now();
  const folder = mkdtempSync(join(tmpdir(), "sre-constructs-rehearsal-"));
  const outdir = join(folder, "cdktf.out");
  const app = new App({ outdir });
  fill(app);
  app.synth();
  const needs = needsOf(JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")) as Config);
  const all = readAll(outdir);
  const asked = String(Object.values(all)[0].json.terraform.required_providers.aws.version);
  const plugins = await plugin(join(folder, "provider"), asked);

  const tried = async (some: readonly Surroundings[], attempt: string) => {
    const endpoint = await startEmulator();
    console.log(`AWS provider ${plugins.version}, emulated AWS on ${endpoint}`);
    const setting = { folder: join(folder, attempt), outdir, endpoint, plugins, begun };
    const running = some.map(async (environment) => {
      const mine = Object.entries(all).filter(([, { manifest }]) => manifest.place?.account === environment.account);
      return upAndDown(needs, await prepared(setting, environment, Object.fromEntries(mine)));
    });
    return Promise.all(running);
  };
  const first = await tried(environments, "first");
  const again = environments.filter((_, index) => first[index].some(hasFailed));
  if (again.length > 0) console.log(`\n${summary(first.flat(), [])}\n\n${SECOND_TRY}`);
  const second = again.length > 0 ? await tried(again, "second") : [];
  const reports = environments.flatMap((each, index) => second[again.indexOf(each)] ?? first[index]);
  const others = [...idle(reports, plugins.version), ...(await removal(plugins))];
  console.log(`\n${summary(reports, others)}`);
  const failed = [...reports.flatMap(({ checks }) => checks), ...others].filter(({ fault }) => fault !== undefined);
  if (failed.length > 0) console.log(`plans and states are kept in ${folder}`);
  else rmSync(folder, { recursive: true });
  return failed.length;
}

/** What fails by the plan fails twice. */
const SECOND_TRY =
  "Environments with a failure are rehearsed once more, on a new emulator: where it loses a connection, what was asked is done, its answer gone, and the next one is that the thing exists already or no more.";

function hasFailed({ checks }: StackReport): boolean {
  return checks.some(({ fault }) => fault !== undefined);
}

/** The stacks of one environment, each with its adapted plan and a folder to work in. */
async function prepared(
  setting: Setting,
  environment: Surroundings,
  stacks: Record<string, Synthesized>,
): Promise<Rehearsed[]> {
  const { folder, outdir, endpoint, plugins, begun } = setting;
  const stage = {
    endpoint,
    version: plugins.version,
    account: environment.account,
    stateOf: (stack: string) => join(folder, `${stack}.tfstate`),
    renamed: await world(awsOf(endpoint, environment), environment),
  };
  return Object.entries(stacks).map(([stack, { json, manifest }]) => {
    const { plan, takenOff } = adapt(stack, json, stage);
    const report = new StackReport(stack, begun);
    for (const row of takenOff) report.takenOff.add(row);
    // The files that the plan names lie beside it.
    cpSync(join(outdir, "stacks", stack), join(folder, stack), { recursive: true });
    const terraform = new Terraform(join(folder, stack), environmentFor(endpoint));
    const aws = awsOf(endpoint, { ...environment, ...manifest.place });
    return { plan, manifest, terraform, report, aws, plugins: plugins.folder };
  });
}

/** Each stack is put up after those it needs, and taken down after those that need it; what need not wait does not. */
async function upAndDown(needs: Needs, stacks: readonly Rehearsed[]): Promise<StackReport[]> {
  const named = new Map(stacks.map((each) => [each.report.stack, each]));
  const users = Object.fromEntries(
    Object.keys(needs).map((stack) => [stack, Object.keys(needs).filter((other) => needs[other].includes(stack))]),
  );
  const up = await inTurn([...named.keys()], needs, async (stack, before) => {
    const { report } = named.get(stack)!;
    if (before.every(Boolean)) return putUp(named.get(stack)!);
    return report.step("the plan is applied", async () => "what it needs is not there");
  });
  // Where a stack is half there or half gone, it takes Terraform an hour to find out that what it stands on cannot go.
  if (Object.values(up).every(Boolean)) {
    await inTurn([...named.keys()], users, async (stack, before) => {
      return before.every(Boolean) && (await takeDown(named.get(stack)!));
    });
  }
  return stacks.map(({ report }) => report);
}

/** Rows of the tables that matched nothing: what they excuse is gone, and so should they be. */
function idle(reports: readonly StackReport[], version: string): Check[] {
  const gaps = GAPS.filter((gap) => !reports.some((report) => report.gaps.has(gap)));
  const newer = NEWER.filter((row) => !reports.some((report) => report.takenOff.has(row)));
  const say = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).join("\n") || undefined;
  return [
    { what: "each row of gaps.json explains something", fault: say(gaps) },
    // From 6.0 on nothing is taken off.
    ...(version.startsWith("5.") && NEWER.length > 0
      ? [{ what: "each row of newer.ts takes something off", fault: say(newer) }]
      : []),
  ];
}
