import { join } from "node:path";
import { App } from "cdktf";
import { table } from "../../lib/review/summary";
import { ENVIRONMENTS } from "../../stacks/environments";
import { stacks } from "../../stacks/main";
import { examplesInProduction } from "../plans/plans";
import { inFolder } from "../synth";
import { command } from "../tools";
import { scan } from "./checkov";
import { apply } from "./exceptions";
import EXCEPTIONS from "./exceptions.json";

const PROD = ENVIRONMENTS.filter(({ name }) => name === "prod");

/** Checkov over the plans of `prod`, and over each example as in production: `npm run scan`. */
function main(): void {
  const scanned = inFolder((outdir) => {
    const all = {
      prod: new App({ outdir: join(outdir, "prod") }),
      examples: new App({ outdir: join(outdir, "examples") }),
    };
    stacks(all.prod, PROD);
    examplesInProduction(all.examples);
    return Object.values(all).flatMap((app) => {
      app.synth();
      return scan(join(app.outdir, "stacks"));
    });
  });
  const { open, idle } = apply(
    EXCEPTIONS,
    scanned.flatMap(({ findings }) => findings),
  );
  const of = (stack: string, each: readonly { readonly address: string }[]) =>
    String(each.filter(({ address }) => address.startsWith(`${stack}/`)).length);
  const rows = scanned.map(({ stack, passed, findings }) => [
    stack,
    String(passed),
    String(findings.length - Number(of(stack, open))),
    of(stack, open),
  ]);
  console.log(table([["stack", "passed", "excused", "open"], ...rows]));
  for (const { check, address, asks } of open) console.error(`open  ${check} ${address}: ${asks}`);
  for (const { check, address } of idle)
    console.error(`idle  ${check} ${address}: this row excuses nothing; delete it`);
  if (open.length + idle.length > 0) process.exitCode = 1;
}

command(main);
