import {
  DefaultTokenResolver,
  IPostProcessor,
  IResolvable,
  IResolveContext,
  StringConcat,
  Token,
  Tokenization,
} from "cdktf";
import { IConstruct } from "constructs";

/** What a text must have in it to be more than text: `${…}`, a token in a key or list, a number that stands for one. */
const MORE_THAN_TEXT = /\$\{|\{TfToken\[|\de\+\d/;

/** A value in which Terraform expressions are written as `${…}`. */
export function resolved<T>(scope: IConstruct, value: unknown): T {
  return read(value, asking(scope, RESOLVER, false)) as T;
}

/** A value as cdktf prepares it: whatever it refers to in another stack becomes an output there. */
export interface Prepared<T> {
  readonly value: T;
  /** Whether cdktf would make the same of it again: nothing in it is told by a function, which may say something else later. */
  readonly isFixed: boolean;
}

/** Prepares a value: references to other stacks are found. */
export function prepared<T>(scope: IConstruct, value: unknown): Prepared<T> {
  const resolver = new WatchfulResolver(new StringConcat());
  const found = read(value, asking(scope, resolver, true)) as T;
  return { value: found, isFixed: resolver.isFixed };
}

const RESOLVER = new DefaultTokenResolver(new StringConcat());

/** Tokens that always resolve to the same: references and expressions, but nothing lazy. */
const FIXED = Object.getPrototypeOf(Token.asAny("")) as object;

/** Notices tokens of other kinds than references and expressions. */
class WatchfulResolver extends DefaultTokenResolver {
  isFixed = true;

  override resolveToken(token: IResolvable, context: IResolveContext, processor: IPostProcessor): unknown {
    this.isFixed &&= Object.prototype.isPrototypeOf.call(FIXED, token);
    return super.resolveToken(token, context, processor);
  }
}

/** What cdktf makes of a token. */
type Ask = (token: unknown) => unknown;

function asking(scope: IConstruct, resolver: DefaultTokenResolver, preparing: boolean): Ask {
  return (token) => Tokenization.resolve(token, { scope, resolver, preparing }) as unknown;
}

function read(value: unknown, ask: Ask): unknown {
  try {
    return withoutTokens(value, ask);
  } catch {
    // Asked for the whole, cdktf says where in it the fault is.
    return ask(value);
  }
}

/** Most values are text and numbers: cdktf is asked for the tokens only, since it takes its time for each value. */
function withoutTokens(value: unknown, ask: Ask): unknown {
  if (typeof value === "string") return MORE_THAN_TEXT.test(value) ? ask(value) : value;
  if (typeof value === "boolean" || value === undefined || value === null) return value;
  if (Token.isUnresolved(value)) return ask(value);
  if (Array.isArray(value)) {
    return value.map((item) => withoutTokens(item, ask)).filter((item) => item !== undefined);
  }
  // What is no plain data, such as a construct or a function, cdktf refuses by name.
  return isPlain(value) ? fieldsOf(value, ask) : ask(value);
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function fieldsOf(value: Record<string, unknown>, ask: Ask): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    const field = withoutTokens(item, ask);
    if (field !== undefined) fields[withoutTokens(key, ask) as string] = field;
  }
  return fields;
}
