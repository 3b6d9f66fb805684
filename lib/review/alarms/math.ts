import { AlarmConfig, AlarmFault, flagOf, isGiven, isUnknown, textOf } from "./config";
import { cycleIn } from "./cycle";
import { Kind, Known, piecesOf, readExpression } from "./expression";
import { isInsightsQuery } from "./insights";
import { LIMITS, MATH_WORDS } from "./limits";

interface Query extends AlarmConfig {
  readonly at: string;
  readonly measures?: AlarmConfig;
}

/** What CloudWatch asks of the expressions of an alarm. */
export function expressionFaults(queries: readonly Query[]): AlarmFault[] {
  const ids = queries.map((query) => textOf(query, "id"));
  const isOpen = queries.some(({ id }) => isUnknown(id));
  const written = queries.filter((query) => textOf(query, "expression") !== undefined);
  const known = knownOf(queries);
  return [
    ...written.flatMap((query) => {
      const [prop, expression] = [`${query.at}.expression`, String(query.expression)];
      if (isInsightsQuery(expression)) return long(prop, expression);
      const unknown = isOpen ? [] : namesIn(expression).filter((name) => !ids.includes(name));
      return [
        ...long(prop, expression),
        ...unreadable(prop, expression, known),
        ...searching(prop, expression),
        ...quotaOfOthers(prop, expression, queries),
        ...unknown.map((got) => ({
          prop,
          must: `refer to ids of this alarm (${ids.join(", ")})`,
          got,
          mend: "add a metric_query of that id",
        })),
      ];
    }),
    ...circular(written),
    ...(isOpen
      ? []
      : written.filter((query) => flagOf(query, "return_data")).flatMap((query) => watchable(query, known))),
  ];
}

/** What the queries come to: a metric to a series, an expression to what it says. */
function knownOf(queries: readonly Query[]): Known {
  const kinds = new Map<string, Kind>();
  const metrics = queries.filter((query) => isGiven(query, "metric")).map(({ id }) => String(id));
  const known: Known = {
    id: (id) => {
      const found = kinds.get(id);
      if (found) return found;
      const expression = textOf(queries.find((query) => query.id === id) ?? {}, "expression");
      const isRead = expression !== undefined && !isInsightsQuery(expression);
      // A circle of ids comes back here while it is open.
      kinds.set(id, metrics.includes(id) ? "series" : "open");
      if (isRead) kinds.set(id, readExpression(expression, known).kind);
      return kinds.get(id) ?? "open";
    },
    metrics: (part) => {
      const found = metrics.filter((id) => id.includes(part)).length;
      if (found === 0) return undefined;
      // Of one metric an array is made as well, which may be one series or not.
      return found > 1 ? "several" : "open";
    },
  };
  return known;
}

function unreadable(prop: string, expression: string, known: Known): AlarmFault[] {
  const unclosed = unbalanced(prop, expression);
  if (unclosed.length > 0) return unclosed;
  const { error } = readExpression(expression, known);
  return error ? [{ prop, ...error }] : [];
}

/** What the alarm watches is one series: not several, and not one number. */
function watchable({ at, id, expression }: Query, known: Known): AlarmFault[] {
  const kind = calls(expression, "SEARCH") ? "open" : known.id(String(id));
  const prop = `${at}.expression`;
  if (kind === "several") {
    const mend = "gather them, by SUM(…), MAX(…) or FIRST(…)";
    return [{ prop, must: "come to one series: an alarm watches one", got: "several", mend }];
  }
  if (kind !== "number") return [];
  return [{ prop, must: "come to a series", got: "one number", mend: "write TIME_SERIES(…) around it" }];
}

/** The ids that an expression refers to: names that are neither called nor words of the language. */
export function namesIn(expression: string): string[] {
  if (isInsightsQuery(expression)) return [];
  const pieces = piecesOf(expression);
  const names = pieces.filter(
    (piece, index) =>
      /^[A-Za-z_]/.test(piece) &&
      pieces[index + 1] !== "(" &&
      !MATH_WORDS.includes(piece) &&
      !isOfRule(pieces.slice(0, index)),
  );
  return [...new Set(names)];
}

/** What a rule of Contributor Insights is asked for is a word as well as a text: `INSIGHT_RULE_METRIC("rule", Sum)`. */
function isOfRule(before: readonly string[]): boolean {
  const [name, open, , comma] = before.slice(-4);
  return name === "INSIGHT_RULE_METRIC" && open === "(" && comma === ",";
}

/** Whether an expression calls a function. */
export function calls(expression: unknown, name: string): boolean {
  if (typeof expression !== "string" || isInsightsQuery(expression)) return false;
  const pieces = piecesOf(expression);
  return pieces.some((piece, index) => piece.toUpperCase() === name && pieces[index + 1] === "(");
}

function long(prop: string, expression: string): AlarmFault[] {
  const must = `have at most ${LIMITS.expression} characters`;
  const mend = "name parts of it by queries of their own";
  return expression.length <= LIMITS.expression ? [] : [{ prop, must, got: expression.length, mend }];
}

function unbalanced(prop: string, expression: string): AlarmFault[] {
  const open: string[] = [];
  const closes: Record<string, string> = { ")": "(", "]": "[" };
  const holds = piecesOf(expression).every((piece) => {
    if (piece === "(" || piece === "[") open.push(piece);
    return !(piece in closes) || open.pop() === closes[piece];
  });
  const must = "close every parenthesis it opens";
  return holds && open.length === 0 ? [] : [{ prop, must, got: expression, mend: "count them" }];
}

function searching(prop: string, expression: string): AlarmFault[] {
  if (!calls(expression, "SEARCH")) return [];
  const must = "not search: an alarm watches one series";
  return [{ prop, must, got: expression, mend: "name the metrics, or SELECT from them" }];
}

/** AWS knows the quotas of what it publishes as usage. */
function quotaOfOthers(prop: string, expression: string, queries: readonly Query[]): AlarmFault[] {
  const asked = [...expression.matchAll(/\bSERVICE_QUOTA\(\s*(\w+)\s*\)/g)].map(([, id]) => id);
  return queries.flatMap(({ id, measures }) => {
    const got = textOf(measures ?? {}, "namespace");
    if (got === undefined || got === "AWS/Usage" || !asked.includes(String(id))) return [];
    const must = "ask SERVICE_QUOTA for a metric of AWS/Usage";
    return [{ prop, must, got, mend: "compare with the number of the quota" }];
  });
}

function circular(written: readonly Query[]): AlarmFault[] {
  const refers = new Map(written.map((query) => [String(query.id), namesIn(String(query.expression))]));
  const cycle = cycleIn(refers);
  const mend = "break the circle";
  return cycle ? [{ prop: "metric_query", must: "not refer to itself", got: cycle.join(" → "), mend }] : [];
}
