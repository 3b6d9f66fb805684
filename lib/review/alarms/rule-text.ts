import { RuleToken, isPlain, tokensOf } from "./rule-tokens";

/** What a rule of a composite alarm says, as far as it is known now. */
export interface ReadRule {
  /** The alarms it names, once each: names, ARNs, or Terraform expressions. */
  readonly children: readonly string[];
  /** Children, TRUE, FALSE and pairs of parentheses, as CloudWatch counts them. */
  readonly elements: number;
  /** Where it stops to make sense. */
  readonly error?: { readonly must: string; readonly got: string };
}

const STATES = ["ALARM", "OK", "INSUFFICIENT_DATA"];

/**
 * Reads a rule: `ALARM("a") AND NOT (OK(b) OR TRUE)`, `AT_LEAST(2, ALARM, ("a", "b"))`.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 */
export function readRule(rule: string): ReadRule {
  if (!isPlain(rule)) return { children: [], elements: 0 };
  const reader = new RuleReader(rule);
  try {
    reader.read();
  } catch (error) {
    if (error instanceof Unknown) return reader.found;
    if (!(error instanceof Nonsense)) throw error;
    return { ...reader.found, error: { must: error.must, got: error.got } };
  }
  return reader.found;
}

/** A part of a rule that an expression will write: from here on nothing can be said. */
class Unknown extends Error {}

class Nonsense extends Error {
  constructor(
    readonly must: string,
    readonly got: string,
  ) {
    super(must);
  }
}

class RuleReader {
  private readonly children = new Set<string>();
  private elements = 0;
  private readonly tokens: readonly RuleToken[];
  private next = 0;

  constructor(rule: string) {
    this.tokens = tokensOf(rule);
  }

  get found(): ReadRule {
    return { children: [...this.children], elements: this.elements };
  }

  read(): void {
    this.either();
    this.take("end", "join its parts by AND or OR");
  }

  private either(): void {
    do this.term();
    while (this.skips("AND") || this.skips("OR"));
  }

  private term(): void {
    if (this.skips("NOT")) return this.term();
    const { text } = this.peek;
    if (text.includes("${")) throw new Unknown();
    if (STATES.includes(text)) return this.state();
    if (this.skips("AT_LEAST")) return this.atLeast();
    this.elements++;
    if (/^(TRUE|FALSE)$/i.test(text)) return void this.next++;
    this.sign("(", "be made of ALARM(…), OK(…), INSUFFICIENT_DATA(…), AT_LEAST(…), TRUE, FALSE, AND, OR, NOT and ( )");
    this.either();
    this.sign(")", "close every parenthesis it opens");
  }

  private state(): void {
    const { text } = this.tokens[this.next++];
    this.sign("(", `name an alarm in parentheses after ${text}`);
    this.child();
    this.sign(")", `name one alarm in each ${text}(…)`);
  }

  private atLeast(): void {
    const form = "write AT_LEAST(2, ALARM, (…)), the first a number or a percentage";
    this.sign("(", form);
    const { text: least } = this.take("number", form);
    this.sign(",", form);
    this.skips("NOT");
    if (!STATES.some((state) => this.skips(state))) throw new Nonsense(form, this.peek.text || "the end");
    this.sign(",", form);
    this.sign("(", form);
    let count = 0;
    do {
      this.child();
      count++;
    } while (this.skips(","));
    this.sign(")", form);
    this.sign(")", form);
    const most = least.endsWith("%") ? 100 : count;
    if (parseInt(least) < 1 || parseInt(least) > most) {
      throw new Nonsense(`ask AT_LEAST for 1 to ${least.endsWith("%") ? "100%" : count}`, least);
    }
  }

  private child(): void {
    const token = this.tokens[this.next++];
    const isName = (token.kind === "name" || token.kind === "word") && token.text.trim() !== "";
    if (!isName) throw new Nonsense("name an alarm, best in quotes", token.text || "nothing");
    this.elements++;
    this.children.add(token.text);
  }

  private get peek(): RuleToken {
    return this.tokens[this.next];
  }

  private skips(text: string): boolean {
    const skips = this.peek.kind !== "name" && this.peek.text === text;
    if (skips) this.next++;
    return skips;
  }

  private sign(text: string, must: string): void {
    if (!this.skips(text)) throw new Nonsense(must, this.peek.text || "the end");
  }

  private take(kind: RuleToken["kind"], must: string): RuleToken {
    if (this.peek.kind !== kind) throw new Nonsense(must, this.peek.text || "the end");
    return this.tokens[this.next++];
  }
}
