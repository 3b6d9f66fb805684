import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

export const ROOT = join(__dirname, "..");

/** What the commands install is kept here from run to run. */
export const CACHE = join(ROOT, ".cache");

/** What `package.json` says. */
export const PACKAGE = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  readonly name: string;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};

/** A module whose name is known at run time only, or that has no types: the code of a function. */
export const load = createRequire(__filename) as <T>(path: string) => T;

/** How a command ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end, whatever its exit code. */
export function ended(command: string, args: readonly string[], cwd = ROOT, env = process.env): Ended {
  try {
    const stdout = execFileSync(command, args, { cwd, env, encoding: "utf8", stdio: "pipe", maxBuffer: 2 ** 28 });
    return { code: 0, stdout, stderr: "" };
  } catch (error) {
    const { status, stdout, stderr, message } = error as Partial<Ended> & { status?: number; message: string };
    return { code: status ?? 1, stdout: stdout ?? "", stderr: stderr ?? message };
  }
}

/** Runs a command that must succeed; what it said is part of the error. */
export function run(command: string, args: readonly string[], cwd = ROOT, env = process.env): string {
  const { code, stdout, stderr } = ended(command, args, cwd, env);
  if (code === 0) return stdout;
  throw new Error([`${command} ${args.join(" ")} ended with ${code}`, stdout, stderr].filter(Boolean).join("\n"));
}

/** Runs the main function of a command: what it throws is said, and its exit code is not 0. */
export function command(main: () => void): void {
  try {
    main();
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}

/** A program of the Python package index, in a virtual environment of its own that is made where it is not there yet. */
export function pythonProgram(name: string, version: string): string {
  const folder = join(CACHE, `${name}-${version}`);
  const python = join(folder, "bin/python");
  const ask = `import importlib.metadata as m; print(m.version("${name}"))`;
  if (ended(python, ["-c", ask]).stdout.trim() !== version) {
    console.log(`installing ${name} ${version}`);
    rmSync(folder, { recursive: true, force: true });
    run("python3", ["-m", "venv", folder]);
    run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", `${name}==${version}`]);
  }
  return join(folder, "bin", name);
}
