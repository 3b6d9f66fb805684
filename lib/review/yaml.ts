/** What needs no quotes: a word that YAML takes for nothing but text. */
const PLAIN = /^[A-Za-z_/][\w ./@:%(){}=<>+*,'"$~-]*$/;
const OTHER = /^(true|false|null|yes|no|on|off|y|n|~)$/i;

/** Plain data as YAML, in block style, in the order of its keys. */
export function yaml(value: unknown): string {
  return `${lines(value).join("\n")}\n`;
}

/** Several documents in one file. */
export function yamlDocuments(values: readonly unknown[]): string {
  return values.map(yaml).join("---\n");
}

function lines(value: unknown): string[] {
  if (Array.isArray(value)) return value.length === 0 ? ["[]"] : value.flatMap(item);
  if (typeof value !== "object" || value === null) return [scalar(value)];
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return entries.length === 0 ? ["{}"] : entries.flatMap(([key, each]) => entry(key, each));
}

function item(value: unknown): string[] {
  const [first, ...rest] = lines(value);
  return [`- ${first}`, ...rest.map((line) => `  ${line}`)];
}

function entry(key: string, value: unknown): string[] {
  const name = scalar(key);
  if (typeof value === "string" && value.includes("\n")) {
    return [`${name}: |-`, ...value.split("\n").map((line) => `  ${line}`)];
  }
  const [first, ...rest] = lines(value);
  const isBlock = typeof value === "object" && value !== null && !["[]", "{}"].includes(first);
  return isBlock ? [`${name}:`, ...[first, ...rest].map((line) => `  ${line}`)] : [`${name}: ${first}`];
}

function scalar(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value);
  const isPlain = PLAIN.test(value) && !OTHER.test(value) && !/: | #|:$|\s$/.test(value);
  return isPlain ? value : JSON.stringify(value);
}
