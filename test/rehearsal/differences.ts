import { Config } from "../synth";
import { Difference } from "./gaps";

/** What a plan, as `terraform show -json` tells it, would change. */
export function differences(plan: Config): Difference[] {
  const changes = (plan.resource_changes ?? []) as Config[];
  const resources = changes.filter(({ mode, change }) => mode === "managed" && !same(change.actions, ["no-op"]));
  const outputs = Object.entries((plan.output_changes ?? {}) as Record<string, Config>).filter(
    ([, change]) => !same(change.actions, ["no-op"]),
  );
  return [
    ...resources.flatMap(({ address, type, change }) =>
      attributesOf(change).map((attribute) => ({ address, type, attribute })),
    ),
    ...outputs.map(([name]) => ({ address: `output.${name}`, type: "output", attribute: "value" })),
  ];
}

/** What the resources of a plan are to be, by address: what refers to others is resolved. */
export function plannedOf(plan: Config): Record<string, Config> {
  return Object.fromEntries((plan.resource_changes as Config[]).map(({ address, change }) => [address, change.after]));
}

/** The paths of what changes, without indices; a whole resource that comes or goes is "whole type". */
function attributesOf({ before, after, after_unknown: unknown }: Config): string[] {
  if (before === null || after === null) return ["whole type"];
  const paths = new Set(leaves(before, after, "", unknown));
  // What is known only after the apply follows from what changes before it.
  return paths.size > 0 ? [...paths] : [...new Set(unknowns(unknown, ""))];
}

function unknowns(unknown: unknown, path: string): string[] {
  if (unknown === true) return [path];
  if (Array.isArray(unknown)) return unknown.flatMap((each) => unknowns(each, path));
  if (!isNested(unknown)) return [];
  return Object.entries(unknown).flatMap(([name, each]) => unknowns(each, path ? `${path}.${name}` : name));
}

function leaves(before: unknown, after: unknown, path: string, unknown: unknown): string[] {
  if (unknown === true || same(before, after)) return [];
  if (!isNested(before) || !isNested(after)) return [path];
  const names = Array.isArray(before) ? [] : [...new Set([...Object.keys(before), ...Object.keys(after)])];
  if (Array.isArray(before) && Array.isArray(after)) {
    if (before.length !== after.length) return [path];
    return before.flatMap((each, index) => leaves(each, after[index], path, (unknown as unknown[])?.[index]));
  }
  return names.flatMap((name) =>
    leaves(
      (before as Config)[name],
      (after as Config)[name],
      path ? `${path}.${name}` : name,
      (unknown as Config)?.[name],
    ),
  );
}

function isNested(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** The provider takes an empty value and none for the same; only where a resource is replaced does a plan show both. */
export function same(a: unknown, b: unknown): boolean {
  const [first, second] = [a, b].map((value) => JSON.stringify(value));
  return first === second || (isEmpty(first) && isEmpty(second));
}

function isEmpty(text: string | undefined): boolean {
  return text === undefined || ["null", '""', "[]", "{}"].includes(text);
}
