import { ChildProcess, spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { createInterface } from "node:readline";

/** What was started here and has not ended yet; nothing else is ever ended. */
const running = new Set<ChildProcess>();

/**
 * Those who wait for a turn. Programs mostly wait for answers, so there are two for each processor; with many more, answers
 * come so late that they are asked for twice, and the second is that the thing exists already.
 */
const waiting: (() => void)[] = [];
let turns = 2 * availableParallelism();

interface Setting {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Told each line of the output as it comes. */
  readonly onLine?: (line: string) => void;
}

/** What a program left: its exit code and all that it said. */
export interface Ended {
  readonly code: number;
  readonly said: string;
}

/** Starts a program in a process group of its own, so that it ends with what it started itself. */
export function start(command: string, args: readonly string[], { cwd, env, onLine }: Setting = {}): ChildProcess {
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  child.once("close", () => running.delete(child)).once("error", () => running.delete(child));
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => onLine?.(line));
  }
  return child;
}

/** Runs a program to its end, when its turn comes. */
export async function run(command: string, args: readonly string[], setting: Setting = {}): Promise<Ended> {
  if (turns > 0) turns--;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await toItsEnd(command, args, setting);
  } finally {
    const next = waiting.shift();
    if (next) next();
    else turns++;
  }
}

async function toItsEnd(command: string, args: readonly string[], setting: Setting): Promise<Ended> {
  const lines: string[] = [];
  const onLine = (line: string) => {
    lines.push(line);
    setting.onLine?.(line);
  };
  const child = start(command, args, { ...setting, onLine });
  const code = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => resolve(status ?? 1));
  });
  return { code, said: lines.join("\n") };
}

/** Ends what was started and still runs. */
function endAll(): void {
  for (const child of running) end(child);
}

function end({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

/** Runs the main function of a command, which counts faults: its exit code is 0 where there are none. Nothing outlives it. */
export function countFaults(main: () => Promise<number>): void {
  process.on("exit", endAll);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(1));
  main()
    .then((faults) => process.exit(faults > 0 ? 1 : 0))
    .catch((error: Error) => {
      console.error(error.message);
      process.exit(1);
    });
}
