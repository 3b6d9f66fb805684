import { Config } from "../synth";

/** The stacks that each stack needs. */
export type Needs = Readonly<Record<string, readonly string[]>>;

/** What the engine's manifest says of stacks, each after those it needs. */
export function needsOf({ stacks }: Config): Needs {
  const order = new Map<string, readonly string[]>();
  const visit = (stack: string, waiting: readonly string[]) => {
    if (waiting.includes(stack)) throw new Error(`stacks wait for each other: ${[...waiting, stack].join(", ")}`);
    const needs = stacks[stack].dependencies as string[];
    for (const other of needs) visit(other, [...waiting, stack]);
    order.set(stack, needs);
  };
  for (const stack of Object.keys(stacks).sort()) visit(stack, []);
  return Object.fromEntries(order);
}

/** Does something for each stack as soon as it is done for all those it needs, and is told what came of them. */
export async function inTurn<T>(
  stacks: readonly string[],
  needs: Needs,
  run: (stack: string, before: T[]) => Promise<T>,
): Promise<Record<string, T>> {
  const begun = new Map<string, Promise<T>>();
  const begin = (stack: string): Promise<T> => {
    const before = () => Promise.all((needs[stack] ?? []).filter((other) => stacks.includes(other)).map(begin));
    const done = begun.get(stack) ?? before().then((all) => run(stack, all));
    begun.set(stack, done);
    return done;
  };
  const done = await Promise.all(stacks.map(async (stack) => [stack, await begin(stack)] as const));
  return Object.fromEntries(done);
}
