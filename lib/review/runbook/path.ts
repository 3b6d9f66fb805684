/** Where the runbook of a signal stands below the folder of runbooks: `database/freeStorage.md`. */
export function runbookPath(stack: string, path: string, signal?: string): string {
  const construct = folderOf(stack, path);
  return signal === undefined ? `README.md#${construct.toLowerCase()}` : `${construct}/${signal}.md`;
}

/** The folder of a construct below that of runbooks, which is also its heading in the index. */
export function folderOf(stack: string, path: string): string {
  return path === stack ? stack : path.slice(path.indexOf(`${stack}/`) + stack.length + 1).replaceAll("/", "-");
}
