import { createHash } from "node:crypto";

/** Where the runbook of a signal stands below the folder of runbooks: `database/freeStorage.md`. */
export function runbookPath(stack: string, path: string, signal?: string): string {
  const construct = folderOf(stack, path);
  // Whoever makes a heading an anchor leaves out its dots.
  return signal === undefined
    ? `README.md#${construct.toLowerCase().replaceAll(".", "")}`
    : `${construct}/${signal}.md`;
}

/**
 * The folder of a construct below that of runbooks, which is also its heading in the index. A dot parts the ids, since they
 * are full of dashes. They may hold what no link does, such as blanks: then a hash keeps apart what reads alike.
 */
export function folderOf(stack: string, path: string): string {
  if (path === stack) return stack;
  const own = path.slice(path.indexOf(`${stack}/`) + stack.length + 1);
  if (/^[\w-]+(\/[\w-]+)*$/.test(own)) return own.replaceAll("/", ".");
  const hash = createHash("sha256").update(own).digest("hex").slice(0, 8);
  return `${own.replace(/[^\w-]+/g, "-").replace(/^-+|-+$/g, "")}-${hash}`;
}
