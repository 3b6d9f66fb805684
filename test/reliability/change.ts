import { Resources } from "./plan";

/** One thing wrong with every resource of a type: an attribute that is gone or something else, or the resource is gone. */
export interface Change {
  /** By default the type that the check is about. */
  readonly of?: string;
  /** The path of the attribute, `*` for each block of a list. By default the resource is gone. */
  readonly at?: string;
  /** What stands there; a function makes it from what stood there. By default the attribute is gone. */
  readonly to?: unknown;
}

type Node = Record<string, unknown>;

/** The resources with one thing changed. */
export function changed(resources: Resources, type: string, { of = type, at, to }: Change): Resources {
  const { [of]: old = {}, ...others } = resources;
  if (at === undefined) return others;
  const copies = structuredClone(old);
  for (const config of Object.values(copies)) put(config, at.split("."), to);
  return { ...others, [of]: copies };
}

function put(node: unknown, [key, ...rest]: readonly string[], to: unknown): void {
  if (typeof node !== "object" || node === null) return;
  if (Array.isArray(node)) {
    const [into, path] = key === "*" ? [node as unknown[], rest] : [node.slice(0, 1), [key, ...rest]];
    for (const each of into) put(each, path, to);
    return;
  }
  const block = node as Node;
  if (rest.length > 0) put(block[key], rest, to);
  else if (typeof to === "function") block[key] = (to as (old: unknown) => unknown)(block[key] ?? "");
  else if (to === undefined) Reflect.deleteProperty(block, key);
  else block[key] = to;
}
