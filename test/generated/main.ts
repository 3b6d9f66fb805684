import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { table } from "../../lib/review/summary";
import fc from "../property";
import { countFaults } from "../rehearsal/children";
import { plugin } from "../rehearsal/terraform";
import { attempt, isRefusal } from "./attempt";
import { Case } from "./case";
import { CONCERNS } from "./cases/concerns";
import { DATA } from "./cases/data";
import { IMAGES } from "./cases/images";
import { NETWORK } from "./cases/network";
import { OBSERVING } from "./cases/observing";
import { ON_CALL } from "./cases/on-call";
import { RECOVERY } from "./cases/recovery";
import { REGIONS } from "./cases/regions";
import { SERVICES } from "./cases/services";
import { STORES } from "./cases/stores";
import { TRAFFIC } from "./cases/traffic";
import { Judges } from "./judges";

/** What is asked for: how many inputs, and of which patterns; `VERBOSE=1` prints each refusal, `SEED=7` tries others. */
const [NAMES, [TRIES = 10]] = told(process.argv.slice(2));
/** Below it, most of what is tried never comes to the provider. */
const LEAST_ACCEPTED = 0.5;
const GROUPS = { NETWORK, TRAFFIC, IMAGES, DATA, STORES, CONCERNS, OBSERVING, ON_CALL, RECOVERY, REGIONS, SERVICES };

/** What came of the inputs of one pattern. */
interface Tried {
  readonly of: string;
  readonly accepted: number;
  readonly refused: readonly string[];
  readonly faults: readonly string[];
}

/** Props of each pattern, made up: what synthesis accepts, the provider accepts too: `npm run generated`. */
async function main(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "sre-constructs-generated-"));
  const plugins = await plugin(join(folder, "provider"), "~> 6.25");
  console.log(`${TRIES} inputs a pattern, AWS provider ${plugins.version}`);
  const judges = new Judges(folder, plugins);
  const all: Tried[] = [];
  for (const [group, cases] of Object.entries(GROUPS)) {
    for (const [index, of] of cases.entries()) {
      if (NAMES.length > 0 && !NAMES.includes(of.of)) continue;
      all.push(tryOut(of, `${group.toLowerCase().slice(0, 3)}${index}`, join(folder, of.of), judges));
      // Terraform starts now, beside the next synthesis.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  const faults = [...all.flatMap((each) => each.faults), ...(await judges.found())];
  report(all);
  for (const fault of faults) console.error(`\n${fault}`);
  if (faults.length > 0) console.log(`\nplans are kept in ${folder}`);
  else rmSync(folder, { recursive: true });
  return faults.length;
}

function tryOut(of: Case, prefix: string, folder: string, judges: Judges): Tried {
  let accepted = 0;
  const refused: string[] = [];
  const faults: string[] = [];
  mkdirSync(folder);
  const tries = Math.ceil(TRIES * (of.share ?? 1));
  for (const [index, props] of fc.sample(of.props, tries).entries()) {
    const name = `${prefix}-${index}`;
    const outcome = attempt(of, name, props, index, join(folder, String(index)));
    if ("plans" in outcome) {
      accepted++;
      judges.add(outcome.plans.map((plan) => ({ ...plan, name, told: tell(of.of, props) })));
      faults.push(...outcome.spoilt.map((line) => `${tell(of.of, props)}\n  is written as ${line}`));
    } else {
      refused.push(outcome.refused);
      if (!isRefusal(outcome.refused))
        faults.push(`${tell(of.of, props)}\n  is refused without help: ${outcome.refused}`);
    }
  }
  if (accepted < tries * LEAST_ACCEPTED) {
    faults.push(`${of.of}: only ${accepted} of ${tries} are accepted:\n  ${refused.join("\n  ")}`);
  }
  return { of: of.of, accepted, refused, faults };
}

function tell(of: string, props: object): string {
  return `${of} ${fc.stringify(props)}`;
}

function told(given: readonly string[]): [names: string[], numbers: number[]] {
  const isNumber = (each: string) => /^\d+$/.test(each);
  return [given.filter((each) => !isNumber(each)), given.filter(isNumber).map(Number)];
}

function report(all: readonly Tried[]): void {
  const rows = all.map(({ of, accepted, refused }) => {
    const tried = accepted + refused.length;
    const percent = Math.round((100 * accepted) / tried);
    return [of, String(tried), String(accepted), String(refused.length), `${percent} %`];
  });
  console.log(`\n${table([["pattern", "tried", "accepted", "refused", "accepted"], ...rows])}`);
  if (process.env.VERBOSE) for (const { of, refused } of all) for (const each of refused) console.log(`${of}: ${each}`);
}

countFaults(main);
