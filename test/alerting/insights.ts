/** What a query is run over: an event as CloudWatch Logs keeps it, its fields found by their paths. */
export type Row = Readonly<Record<string, unknown>>;

type Value = number | string | undefined;
type Evaluate = (row: Row) => Value;

const COMMANDS = ["fields", "filter", "parse", "stats", "sort", "limit"];

/**
 * A small reference of CloudWatch Logs Insights: the commands that queries of this library use, and no others.
 *
 * @throws where a query would be refused: an unknown command or function, or more than two `stats`
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 */
export function insights(query: string, events: readonly Row[]): Record<string, Value>[] {
  const commands = query.split(/\s\|\s/);
  if (commands.filter((command) => command.startsWith("stats ")).length > 2) throw new Error("more than two stats");
  return commands.reduce<Row[]>((rows, command) => run(command.trim(), rows), events.map(flat)) as Record<
    string,
    Value
  >[];
}

/** `detail.state.value`, as fields of JSON are found. */
export function flat(event: Row): Row {
  return Object.fromEntries(
    Object.entries(event).flatMap(([key, value]) =>
      typeof value === "object" && value !== null
        ? Object.entries(flat(value as Row)).map(([below, each]) => [`${key}.${below}`, each])
        : [[key, value]],
    ),
  );
}

function run(command: string, rows: readonly Row[]): Row[] {
  const [name] = command.split(" ");
  if (!COMMANDS.includes(name)) throw new Error(`no such command: ${command}`);
  const rest = command.slice(name.length + 1);
  if (name === "filter") {
    const keeps = evaluator(rest);
    return rows.filter((row) => Boolean(keeps(row)));
  }
  if (name === "fields") return rows.map((row) => ({ ...row, ...picked(rest, row) }));
  if (name === "parse") return parse(rest, rows);
  if (name === "stats") return stats(rest, rows);
  if (name === "limit") return rows.slice(0, Number(rest));
  const [by, order = "asc"] = rest.split(" ");
  const sign = order === "desc" ? -1 : 1;
  return [...rows].sort((a, b) => sign * ((a[by] as string) < (b[by] as string) ? -1 : 1));
}

function parse(rest: string, rows: readonly Row[]): Row[] {
  const [, field, pattern] = /^(\S+) \/(.*)\/$/.exec(rest) ?? [];
  if (pattern === undefined) throw new Error(`no pattern: ${rest}`);
  return rows.map((row) => ({ ...row, ...new RegExp(pattern).exec(String(row[field] ?? ""))?.groups }));
}

function picked(list: string, row: Row): Row {
  return Object.fromEntries(named(list).map(([as, evaluate]) => [as, evaluate(row)]));
}

function named(list: string): [string, Evaluate][] {
  return split(list).map((item) => {
    const [expression, as = expression] = item.split(" as ");
    return [as.trim(), evaluator(expression)];
  });
}

function stats(rest: string, rows: readonly Row[]): Row[] {
  const [aggregates, by = ""] = rest.split(" by ");
  const keys = by === "" ? [] : named(by);
  const groups = new Map<string, { key: Row; rows: Row[] }>();
  for (const row of rows) {
    const key = Object.fromEntries(keys.map(([as, evaluate]) => [as, evaluate(row)]));
    const id = JSON.stringify(key);
    groups.set(id, { key, rows: [...(groups.get(id)?.rows ?? []), row] });
  }
  return [...groups.values()].map(({ key, rows: own }) => ({
    ...key,
    ...Object.fromEntries(
      split(aggregates).map((item) => {
        const [, fold, argument, as] = /^(\w+)\((.*)\) as (\w+)$/.exec(item) ?? [];
        if (as === undefined) throw new Error(`no aggregate: ${item}`);
        return [as, folded(fold, argument === "*" ? own.map(() => 1) : own.map(evaluator(argument)))];
      }),
    ),
  }));
}

function folded(fold: string, values: readonly Value[]): number {
  const numbers = values.map(Number);
  const folds: Record<string, () => number> = {
    count: () => values.length,
    count_distinct: () => new Set(values).size,
    min: () => Math.min(...numbers),
    max: () => Math.max(...numbers),
    sum: () => numbers.reduce((sum, each) => sum + each, 0),
    avg: () => numbers.reduce((sum, each) => sum + each, 0) / numbers.length,
  };
  if (!(fold in folds)) throw new Error(`no such aggregate: ${fold}`);
  return folds[fold]();
}

/** At commas that stand in no brackets. */
function split(list: string): string[] {
  const items = [""];
  let depth = 0;
  for (const letter of list) {
    depth += "([".includes(letter) ? 1 : ")]".includes(letter) ? -1 : 0;
    if (letter === "," && depth === 0) items.push("");
    else items[items.length - 1] += letter;
  }
  return items.map((item) => item.trim());
}

const FUNCTIONS: Readonly<Record<string, (...values: Value[]) => Value>> = {
  concat: (...values) => values.map((value) => value ?? "").join(""),
  ispresent: (value) => Number(value !== undefined),
  toMillis: (value) => Number(value),
};

const TOKEN = /\s*("[^"]*"|\d+(?:\.\d+)?|[@A-Za-z_][\w.@]*|[-+*/%=<>()[\],])/y;

/** From the loosest to the tightest. */
const OPERATORS: readonly Readonly<Record<string, (a: Value, b: Value) => Value>>[] = [
  { and: (a, b) => Number(Boolean(a) && Boolean(b)) },
  {
    "=": (a, b) => Number(a === b),
    "<": (a, b) => Number(Number(a) < Number(b)),
    ">": (a, b) => Number(Number(a) > Number(b)),
  },
  { "+": (a, b) => Number(a) + Number(b), "-": (a, b) => Number(a) - Number(b) },
  { "*": (a, b) => Number(a) * Number(b), "/": (a, b) => Number(a) / Number(b), "%": (a, b) => Number(a) % Number(b) },
];

function evaluator(text: string): Evaluate {
  const tokens: string[] = [];
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < text.trimEnd().length;) {
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined) throw new Error(`no expression: ${text}`);
    tokens.push(token);
  }
  const evaluate = binary(tokens, 0);
  if (tokens.length > 0) throw new Error(`too much in ${text}: ${tokens.join(" ")}`);
  return evaluate;
}

function binary(tokens: string[], level: number): Evaluate {
  const operators = OPERATORS[level];
  if (!operators) return single(tokens);
  let left = binary(tokens, level + 1);
  while (tokens[0] in operators) {
    const apply = operators[tokens.shift() as string];
    const [a, b] = [left, binary(tokens, level + 1)];
    left = (row) => apply(a(row), b(row));
  }
  return left;
}

function single(tokens: string[]): Evaluate {
  const token = tokens.shift() ?? "";
  if (token === "(") return closed(tokens, [binary(tokens, 0)], ")")[0];
  if (token.startsWith('"')) return () => token.slice(1, -1);
  if (/^\d/.test(token)) return () => Number(token);
  if (tokens[0] === "(") {
    tokens.shift();
    const call = FUNCTIONS[token];
    if (!call) throw new Error(`no such function: ${token}`);
    const values = list(tokens, ")");
    return (row) => call(...values.map((value) => value(row)));
  }
  const field: Evaluate = (row) => row[token] as Value;
  if (tokens[0] !== "in") return field;
  tokens.splice(0, 2);
  const values = list(tokens, "]");
  return (row) => Number(values.some((value) => value(row) === field(row)));
}

function list(tokens: string[], end: string): Evaluate[] {
  const values = [binary(tokens, 0)];
  while (tokens[0] === ",") {
    tokens.shift();
    values.push(binary(tokens, 0));
  }
  return closed(tokens, values, end);
}

function closed(tokens: string[], values: Evaluate[], end: string): Evaluate[] {
  if (tokens.shift() !== end) throw new Error(`${end} is missing`);
  return values;
}
