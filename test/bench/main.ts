import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { table } from "../../lib/review/summary";
import { Config } from "../synth";
import { CACHE, ROOT, command, run } from "../tools";
import { planOf, rawProgram } from "./raw";

const FOLDER = join(CACHE, "bench");
const BUILT = join(FOLDER, "built");
/** How often each program runs; the median counts. */
const RUNS = 5;

/** What a program took in a process of its own, from its first import to the last file. */
interface Taken {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly megabytes: number;
}

interface Measured extends Taken {
  readonly what: string;
  readonly resources: number;
}

interface Program {
  readonly what: string;
  readonly args: readonly string[];
  /** Where it writes its plans. @default - it writes none */
  readonly outdir?: string;
}

/** Seconds and megabytes, with and without the library: `npm run bench`. */
function main(): void {
  build();
  const output = (name: string) => join(FOLDER, "out", name);
  const compiled = (name: string, ...args: string[]) => [join(BUILT, "test/bench", `${name}.js`), ...args];
  const prod = { what: "prod", args: compiled("prod", output("prod")), outdir: output("prod") };
  const raw = { what: "prod, raw", args: [join(FOLDER, "raw.js"), output("raw")], outdir: output("raw") };
  const services = [1, 10, 50, 100].map((count) => ({
    what: count === 1 ? "1 service" : `${count} services`,
    args: compiled("services", output(`services-${count}`), String(count)),
    outdir: output(`services-${count}`),
  }));
  take(prod);
  const stacks = stacksIn(prod.outdir);
  writeFileSync(join(FOLDER, "raw.js"), rawProgram(prod.outdir, stacks));
  take(raw);
  requireSame(prod.outdir, raw.outdir, stacks);

  const measured = [
    ...measure([prod, raw]),
    ...services.flatMap((program) => measure([program])),
    ...measure([
      { what: "import cdktf", args: ["cdktf"] },
      { what: "import sre-constructs", args: [join(ROOT, "dist")] },
    ]),
  ];
  console.log(table([HEADER, ...measured.map(row)]));
  console.log(`\n${table([["target", "at most", "measured"], ...targets(measured)])}`);
  const machine = `${cpus().length} × ${cpus()[0].model}, node ${process.version}`;
  console.log(`\n${JSON.stringify({ machine, runs: RUNS, measured: measured.map(rounded) }, undefined, 2)}`);
}

/** Compiles the package and the programs: what is measured is JavaScript, as its users run it. */
function build(): void {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(join(FOLDER, "out"), { recursive: true });
  run("npm", ["run", "build"]);
  const compilerOptions = { noEmit: false, rootDir: ROOT, outDir: BUILT };
  const include = ["lib", "stacks", "test/bench"].map((folder) => join(ROOT, folder));
  const tsconfig = { extends: join(ROOT, "tsconfig.json"), compilerOptions, include };
  writeFileSync(join(FOLDER, "tsconfig.json"), JSON.stringify(tsconfig));
  run(process.execPath, [join(ROOT, "node_modules/typescript/bin/tsc"), "-p", FOLDER]);
  rmSync(join(BUILT, "lib"), { recursive: true });
  cpSync(join(ROOT, "dist"), join(BUILT, "lib"), { recursive: true });
}

/** Runs the programs in turn, so that a busy minute falls on all of them. */
function measure(programs: readonly Program[]): Measured[] {
  const rounds = Array.from({ length: RUNS }, () => programs.map(take));
  return programs.map(({ what, outdir }, index) => {
    const taken = rounds.map((round) => round[index]);
    const median = (of: (each: Taken) => number) => taken.map(of).sort((a, b) => a - b)[Math.floor(RUNS / 2)];
    return {
      what,
      resources: outdir === undefined ? 0 : resourcesIn(outdir),
      seconds: median(({ seconds }) => seconds),
      cpuSeconds: median(({ cpuSeconds }) => cpuSeconds),
      megabytes: median(({ megabytes }) => megabytes),
    };
  });
}

function take({ args, outdir }: Program): Taken {
  if (outdir !== undefined) rmSync(outdir, { recursive: true, force: true });
  return JSON.parse(run(process.execPath, [join(BUILT, "test/bench/measure.js"), ...args])) as Taken;
}

/** What is compared must be the same: every resource, at the same address, with the same arguments. */
function requireSame(one: string, other: string, stacks: readonly string[]): void {
  const different = stacks.filter(
    (stack) => !isDeepStrictEqual(planOf(one, stack).resource, planOf(other, stack).resource),
  );
  if (different.length > 0) throw new Error(`other resources are planned in ${different.join(", ")}`);
}

function stacksIn(outdir: string): string[] {
  return readdirSync(join(outdir, "stacks"));
}

function resourcesIn(outdir: string): number {
  const types = stacksIn(outdir).flatMap((stack) => Object.values(planOf(outdir, stack).resource as Config));
  return types.reduce((sum: number, named) => sum + Object.keys(named as Config).length, 0);
}

const HEADER = ["what", "resources", "seconds", "CPU seconds", "CPU ms a resource", "MB"];

function row({ what, resources, seconds, cpuSeconds, megabytes }: Measured): string[] {
  const each = resources === 0 ? "" : ((cpuSeconds / resources) * 1000).toFixed(2);
  return [what, String(resources || ""), seconds.toFixed(2), cpuSeconds.toFixed(2), each, megabytes.toFixed(0)];
}

/** What the numbers should be; they are told, never a reason to fail: machines differ. */
function targets(measured: readonly Measured[]): string[][] {
  const of = (name: string) => measured.find(({ what }) => what === name)!;
  const times = (one: number, other: number) => `${(one / other).toFixed(2)} ×`;
  const each = (name: string) => of(name).cpuSeconds / of(name).resources;
  const [prod, raw, library] = [of("prod"), of("prod, raw"), of("import sre-constructs")];
  return [
    ["prod against the raw program, seconds", "1.10 ×", times(prod.seconds, raw.seconds)],
    // Other programs on the machine disturb this least; it also counts what node does beside, such as freeing memory.
    ["the same, CPU seconds", "", times(prod.cpuSeconds, raw.cpuSeconds)],
    ["a resource, 100 services against 10", "1.30 ×", times(each("100 services"), each("10 services"))],
    ["import, time", "0.35 s", `${library.seconds.toFixed(2)} s`],
    ["import, memory", "120 MB", `${library.megabytes.toFixed(0)} MB`],
  ];
}

function rounded({ seconds, cpuSeconds, megabytes, ...rest }: Measured): object {
  const to = (number: number, digits: number) => Number(number.toFixed(digits));
  return { ...rest, seconds: to(seconds, 3), cpuSeconds: to(cpuSeconds, 3), megabytes: to(megabytes, 0) };
}

command(main);
