/** A table; nothing where it has no rows. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]) => `|${cells.map((cell) => (cell === "" ? " " : ` ${cell} `)).join("|")}|`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)];
}

/** A section of a page; nothing where it has nothing to say. */
export function section(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? [`## ${title}`, lines.join("\n")] : [];
}

/** A list in order. */
export function numbered(items: readonly string[]): string {
  return items.map((item, index) => `${index + 1}. ${item}`).join("\n");
}

/** What can be pasted into a shell. */
export function shell(...commands: readonly string[]): string {
  return ["```sh", ...commands, "```"].join("\n");
}

/** The same text, indented so that it belongs to an item of a list. */
export function indented(text: string): string {
  return text
    .split("\n")
    .map((line) => `   ${line}`)
    .join("\n");
}
