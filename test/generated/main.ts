import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { table } from "../../lib/review/summary";
import fc from "../property";
import { countFaults } from "../rehearsal/children";
import { Plugin, plugin } from "../rehearsal/terraform";
import { Config } from "../synth";
import { attempt, filesOf, isRefusal } from "./attempt";
import { Case } from "./case";
import { CONCERNS } from "./cases/concerns";
import { DATA } from "./cases/data";
import { NETWORK } from "./cases/network";
import { RECOVERY } from "./cases/recovery";
import { STORES } from "./cases/stores";
import { TRAFFIC } from "./cases/traffic";
import { Diagnostic, judge } from "./judge";
import { merged } from "./plans";

const TRIES = Number(process.env.TRIES ?? 12);
/** Below it, most of what is tried never comes to the provider. */
const LEAST_ACCEPTED = 0.5;
const GROUPS = { NETWORK, TRAFFIC, DATA, STORES, CONCERNS, RECOVERY };

/** One input that was accepted. */
interface Accepted {
  readonly of: string;
  readonly name: string;
  readonly props: object;
  readonly plan: Config;
  readonly files: string;
}

/** What came of the inputs of one pattern. */
interface Tried {
  readonly of: string;
  readonly accepted: readonly Accepted[];
  readonly refused: readonly string[];
  readonly faults: readonly string[];
}

/** Props of each pattern, made up: what synthesis accepts, the provider accepts too: `npm run generated`. */
async function main(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "sre-constructs-generated-"));
  const plugins = await plugin(join(folder, "provider"), "~> 6.25");
  console.log(`${TRIES} inputs a pattern, AWS provider ${plugins.version}`);
  const judged: Promise<string[]>[] = [];
  const all: Tried[] = [];
  for (const [group, cases] of Object.entries(GROUPS)) {
    const tried = cases.map((of, index) =>
      tryOut(of, `${group.toLowerCase().slice(0, 3)}${index}`, join(folder, of.of)),
    );
    all.push(...tried);
    judged.push(
      faultsOf(
        tried.flatMap(({ accepted }) => accepted),
        join(folder, group),
        plugins,
      ),
    );
    // Terraform starts now, beside the next synthesis.
    await new Promise((resolve) => setImmediate(resolve));
  }
  const faults = [...all.flatMap((each) => each.faults), ...(await Promise.all(judged)).flat()];
  report(all);
  for (const fault of faults) console.error(`\n${fault}`);
  if (faults.length > 0) console.log(`\nplans are kept in ${folder}`);
  else rmSync(folder, { recursive: true });
  return faults.length;
}

function tryOut(of: Case, prefix: string, folder: string): Tried {
  const accepted: Accepted[] = [];
  const refused: string[] = [];
  const faults: string[] = [];
  mkdirSync(folder);
  for (const [index, props] of fc.sample(of.props, TRIES).entries()) {
    const name = `${prefix}-${index}`;
    const outdir = join(folder, String(index));
    const outcome = attempt(of, name, props, index, outdir);
    if ("plan" in outcome) accepted.push({ of: of.of, name, props, plan: outcome.plan, files: filesOf(outdir) });
    else {
      refused.push(outcome.refused);
      if (!isRefusal(outcome.refused))
        faults.push(`${told(of.of, props)}\n  is refused without help: ${outcome.refused}`);
    }
  }
  if (accepted.length < TRIES * LEAST_ACCEPTED) {
    faults.push(`${of.of}: only ${accepted.length} of ${TRIES} are accepted:\n  ${refused.join("\n  ")}`);
  }
  return { of: of.of, accepted, refused, faults };
}

async function faultsOf(accepted: readonly Accepted[], folder: string, plugins: Plugin): Promise<string[]> {
  if (accepted.length === 0) return [];
  const plan = merged(accepted.map((each) => each.plan));
  const files = accepted.map((each) => each.files);
  const found = await judge(plan, files, folder, plugins);
  return found.map((diagnostic) => {
    const about = accepted.find(({ name }) => diagnostic.address?.includes(`.${name}_`));
    return `${about ? told(about.of, about.props) : folder}\n  is accepted, and Terraform says: ${words(diagnostic)}`;
  });
}

function words({ address, summary, detail }: Diagnostic): string {
  return [address, summary, detail].filter(Boolean).join(": ");
}

function told(of: string, props: object): string {
  return `${of} ${fc.stringify(props)}`;
}

function report(all: readonly Tried[]): void {
  const rows = all.map(({ of, accepted, refused }) => {
    const percent = Math.round((100 * accepted.length) / (accepted.length + refused.length));
    return [of, String(TRIES), String(accepted.length), String(refused.length), `${percent} %`];
  });
  console.log(`\n${table([["pattern", "tried", "accepted", "refused", "accepted"], ...rows])}`);
  if (process.env.VERBOSE) for (const { of, refused } of all) for (const each of refused) console.log(`${of}: ${each}`);
}

countFaults(main);
