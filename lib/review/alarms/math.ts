import { AlarmConfig, AlarmFault, isUnknown, textOf } from "./config";
import { cycleIn } from "./cycle";
import { LIMITS, MATH_WORDS } from "./limits";

/** A text, a name, a number or a sign of a metric-math expression. */
const PIECE = /"[^"]*"|'[^']*'|[A-Za-z_]\w*|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\S/g;

interface Query extends AlarmConfig {
  readonly at: string;
}

/** Whether an expression is a Metrics Insights query, which names no ids. */
export function isInsightsQuery(expression: unknown): boolean {
  return typeof expression === "string" && /^\s*SELECT\s/i.test(expression);
}

/** What CloudWatch asks of the expressions of an alarm. */
export function expressionFaults(queries: readonly Query[]): AlarmFault[] {
  const ids = queries.map((query) => textOf(query, "id"));
  const isOpen = queries.some(({ id }) => isUnknown(id));
  const written = queries.filter((query) => textOf(query, "expression") !== undefined);
  return [
    ...written.flatMap((query) => {
      const [prop, expression] = [`${query.at}.expression`, String(query.expression)];
      if (isInsightsQuery(expression)) return long(prop, expression);
      const unknown = isOpen ? [] : namesIn(expression).filter((name) => !ids.includes(name));
      return [
        ...long(prop, expression),
        ...unbalanced(prop, expression),
        ...searching(prop, expression),
        ...unknown.map((got) => ({
          prop,
          must: `refer to ids of this alarm (${ids.join(", ")})`,
          got,
          mend: "add a metric_query of that id",
        })),
      ];
    }),
    ...circular(written),
  ];
}

/** The ids that an expression refers to: names that are neither called nor words of the language. */
export function namesIn(expression: string): string[] {
  if (isInsightsQuery(expression)) return [];
  const pieces = piecesOf(expression);
  const names = pieces.filter(
    (piece, index) => /^[A-Za-z_]/.test(piece) && pieces[index + 1] !== "(" && !MATH_WORDS.includes(piece),
  );
  return [...new Set(names)];
}

/** Whether an expression calls a function. */
export function calls(expression: unknown, name: string): boolean {
  if (typeof expression !== "string" || isInsightsQuery(expression)) return false;
  const pieces = piecesOf(expression);
  return pieces.some((piece, index) => piece.toUpperCase() === name && pieces[index + 1] === "(");
}

function piecesOf(expression: string): string[] {
  return expression.match(PIECE) ?? [];
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

function circular(written: readonly Query[]): AlarmFault[] {
  const refers = new Map(written.map((query) => [String(query.id), namesIn(String(query.expression))]));
  const cycle = cycleIn(refers);
  const mend = "break the circle";
  return cycle ? [{ prop: "metric_query", must: "not refer to itself", got: cycle.join(" → "), mend }] : [];
}
