import { FUNCTIONS, RETURNS } from "./functions";

/** What an expression comes to: one number, one series, several, or what cannot be told from here. */
export type Kind = "number" | "series" | "several" | "open";

/** What an expression says. */
export interface ReadExpression {
  readonly kind: Kind;
  /** Where it stops to make sense. */
  readonly error?: { readonly must: string; readonly got: string; readonly mend: string };
}

/** A text, a name, a number or a sign. */
const PIECE = /"[^"]*"|'[^']*'|[A-Za-z_]\w*|\d*\.?\d+(?:[eE][+-]?\d+)?|[=!<>]=|&&|\|\||\S/g;

const JOINS = ["+", "-", "*", "/", "^", "==", "!=", "<=", ">=", "<", ">", "AND", "&&", "OR", "||"];

/** The pieces of an expression, in order. */
export function piecesOf(expression: string): string[] {
  return expression.match(PIECE) ?? [];
}

/** What the ids of an alarm come to. */
export interface Known {
  readonly id: (id: string) => Kind;
  /** All metrics whose ids hold a text; nothing where there is none. */
  readonly metrics: (part: string) => Kind | undefined;
}

/**
 * Reads an expression of metric math.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function readExpression(expression: string, known: Known): ReadExpression {
  try {
    return { kind: new ExpressionReader(piecesOf(expression), known).read() };
  } catch (error) {
    if (!(error instanceof Nonsense)) throw error;
    const { must, got, mend } = error;
    return { kind: "open", error: { must, got, mend } };
  }
}

class Nonsense extends Error {
  constructor(
    readonly must: string,
    readonly got: string,
    readonly mend: string,
  ) {
    super(must);
  }
}

class ExpressionReader {
  private next = 0;

  constructor(
    private readonly pieces: readonly string[],
    private readonly known: Known,
  ) {}

  read(): Kind {
    const [text] = this.pieces;
    if (this.pieces.length === 1 && /^["']/.test(text)) {
      throw new Nonsense("reckon with metrics and numbers", text, "write ids without quotes");
    }
    const kind = this.joined();
    if (this.piece !== undefined) this.stop("join its parts by an operator", "write one between them, such as + or /");
    return kind;
  }

  private get piece(): string | undefined {
    return this.pieces[this.next];
  }

  private joined(): Kind {
    const [first] = [this.piece];
    const kinds = [this.operand()];
    while (this.piece !== undefined && JOINS.includes(this.piece)) {
      this.next++;
      const text = [first, this.piece].find((piece) => /^["']/.test(piece ?? ""));
      if (text !== undefined) throw new Nonsense("reckon with metrics and numbers", text, "write ids without quotes");
      kinds.push(this.operand());
    }
    return widest(kinds);
  }

  private operand(): Kind {
    const piece = this.piece;
    if (piece === undefined || !/^["'\w.([!-]/.test(piece) || JOINS.slice(2).includes(piece)) {
      this.stop("have a metric, a number or a function on each side of an operator", "write what is missing");
    }
    this.next++;
    if (piece === "-" || piece === "!" || piece === "NOT") return this.operand();
    if (piece === "(") return this.closed(")");
    if (piece === "[") {
      if (this.list("]").length === 0) throw new Nonsense("hold something in each array", "[]", "name its metrics");
      return "several";
    }
    if (/^([\d.]|(TRUE|FALSE)$)/.test(piece)) return "number";
    if (/^["']/.test(piece)) return "open";
    return this.piece === "(" ? this.call(piece) : this.known.id(piece);
  }

  private call(name: string): Kind {
    const found = FUNCTIONS[name];
    if (!found) {
      const upper = name.toUpperCase();
      const mend = upper in FUNCTIONS ? `write ${upper}` : "mind the spelling";
      throw new Nonsense("call functions that metric math has, in capitals", name, mend);
    }
    const [, text = ""] = /^["'](.*)["']$/.exec(this.pieces[++this.next] ?? "") ?? [];
    const kinds = this.list(")");
    if (name === "METRICS") return this.known.metrics(text) ?? this.none(text);
    const [least, most, returns] = found;
    if (kinds.length < least || kinds.length > most) {
      const must = `give ${name} ${least === most ? least : `${least} to ${most}`} arguments`;
      throw new Nonsense(must, String(kinds.length), `count what stands in ${name}(…)`);
    }
    const [kind = "open"] = kinds;
    if (name === "ANOMALY_DETECTION_BAND" && (kind === "several" || kind === "number")) {
      const got = kind === "several" ? "several" : "one number";
      throw new Nonsense("surround one series by a band", got, "give each a band and an alarm of its own");
    }
    return RETURNS[returns](kind);
  }

  private none(part: string): never {
    const mend = "add them, or mind the spelling";
    throw new Nonsense("gather metrics that there are", `METRICS("${part}"), which is none`, mend);
  }

  private list(end: string): Kind[] {
    const kinds: Kind[] = [];
    if (this.piece === end) this.next++;
    else {
      do kinds.push(this.joined());
      while (this.piece === "," && ++this.next);
      this.end(end);
    }
    return kinds;
  }

  private closed(end: string): Kind {
    const kind = this.joined();
    this.end(end);
    return kind;
  }

  private end(sign: string): void {
    if (this.piece !== sign) this.stop("join its parts by an operator", "write one between them, such as + or /");
    this.next++;
  }

  private stop(must: string, mend: string): never {
    throw new Nonsense(must, this.piece ?? "the end", mend);
  }
}

function widest(kinds: readonly Kind[]): Kind {
  return (["open", "several", "series"] as const).find((kind) => kinds.includes(kind)) ?? "number";
}
