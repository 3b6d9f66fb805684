import { join } from "node:path";
import ts from "typescript";
import type { Kind, Kinds } from "../../lib/core/kind";
import { LIB, Source } from "./source";

type Members = Readonly<Record<string, Kind>>;

/** Texts of which more is known than that they are texts. */
const SPECIAL = ["Content", "Duration"];

/** What type parameters stand for. */
type Given = Readonly<Record<string, Kind>>;

const PRIMITIVES: Readonly<Partial<Record<ts.SyntaxKind, Kind>>> = {
  [ts.SyntaxKind.StringKeyword]: "string",
  [ts.SyntaxKind.NumberKeyword]: "number",
  [ts.SyntaxKind.BooleanKeyword]: "boolean",
  [ts.SyntaxKind.FunctionType]: "function",
  // Durations have a type of their own; other forms are checked where they are read.
  [ts.SyntaxKind.TemplateLiteralType]: "string",
};

export const FILE = join(LIB, "core/kinds.json");

/** The kinds of all that the library is told: of the props of each construct, and of what its functions take. */
export function kinds(): Kinds {
  return new Writer(new Source()).write();
}

class Writer {
  private readonly shapes = new Map<string, Kind>();
  /** Where each shape is declared: two of one name would be taken for each other. */
  private readonly from = new Map<string, ts.Node>();

  constructor(private readonly source: Source) {}

  write(): Kinds {
    const calls = { register: 2, requireProps: 2, requireKind: 3 };
    const named = new Set<string>();
    for (const [name, position] of Object.entries(calls)) {
      for (const { arguments: given } of this.source.callsOf(name)) this.root(given[position], named);
    }
    return Object.fromEntries([...named].sort().map((name) => [name, this.shapes.get(name) ?? "any"]));
  }

  /** A type by name, or a list of what has that type. */
  private root(node: ts.Expression | undefined, named: Set<string>): void {
    if (node && ts.isArrayLiteralExpression(node)) for (const each of node.elements) this.root(each, named);
    if (!node || !ts.isStringLiteral(node) || !/^[A-Z]/.test(node.text)) return;
    const kind = this.reference(node.text, [], node.getSourceFile(), {});
    // An alias is what it stands for.
    if (kind !== node.text) this.shapes.set(node.text, kind);
    this.reach(node.text, named);
  }

  /** What only others are made of has no use by itself. */
  private reach(kind: Kind, named: Set<string>): void {
    if (typeof kind === "object") for (const each of Object.values(kind)) this.reach(each as Kind, named);
    else if (this.shapes.has(kind) && !named.has(kind)) {
      named.add(kind);
      this.reach(this.shapes.get(kind) ?? "any", named);
    }
  }

  private reference(name: string, args: readonly Kind[], from: ts.SourceFile, given: Given): Kind {
    if (name in given) return given[name];
    if (SPECIAL.includes(name)) return name;
    const declared = this.source.find(name, from);
    if (!declared) return this.builtIn(name, args);
    if (ts.isTypeAliasDeclaration(declared)) return this.kind(declared.type, parameters(declared, args));
    if (ts.isVariableDeclaration(declared)) return "any";
    const title = args.length > 0 ? `${name}<${args.map((each) => JSON.stringify(each)).join()}>` : name;
    const other = this.from.get(title);
    if (other !== undefined && other !== declared) throw new Error(`two types are called ${title}: rename one`);
    if (other === undefined) {
      this.from.set(title, declared);
      this.shapes.set(title, this.declared(declared, args));
    }
    return title;
  }

  private builtIn(name: string, [of = "any", to = "any"]: readonly Kind[]): Kind {
    if (name === "Readonly") return of;
    if (name === "Partial") return optional(this.members(of));
    if (name === "Exclude" && isEither(of)) return either(of.filter((each) => each !== to));
    if (name === "Omit" || name === "Exclude") {
      const left = literals(to);
      return Object.fromEntries(Object.entries(this.members(of)).filter(([prop]) => !left.includes(bare(prop))));
    }
    if (name === "Record") {
      const keys = literals(of);
      return Object.fromEntries((keys.length > 0 ? keys : ["*"]).map((key) => [key, to]));
    }
    return ["IConstruct", "Construct", "TerraformStack"].includes(name) ? "construct" : "any";
  }

  private declared(node: ts.InterfaceDeclaration | ts.ClassDeclaration, args: readonly Kind[]): Members {
    const given = parameters(node, args);
    const above = (node.heritageClauses ?? []).flatMap(({ types }) =>
      types.map((each) => this.members(this.heritage(each, given))),
    );
    return merged([...above, ts.isClassDeclaration(node) ? ofClass(node) : this.own(node.members, given)]);
  }

  private heritage({ expression, typeArguments = [] as never }: ts.ExpressionWithTypeArguments, given: Given): Kind {
    const args = typeArguments.map((each) => this.kind(each, given));
    return this.reference(expression.getText(), args, expression.getSourceFile(), given);
  }

  private own(members: ts.NodeArray<ts.TypeElement>, given: Given): Members {
    const found: Record<string, Kind> = {};
    for (const each of members) {
      const mark = each.questionToken ? "?" : "";
      if (ts.isMethodSignature(each)) found[each.name.getText() + mark] = "function";
      else if (ts.isPropertySignature(each) && each.type) {
        found[each.name.getText() + mark] = this.kind(each.type, given);
      } else throw new Error(`no kind is known for ${each.getText()}`);
    }
    return found;
  }

  private kind(node: ts.TypeNode, given: Given): Kind {
    const kind = PRIMITIVES[node.kind];
    if (kind !== undefined) return kind;
    if (ts.isParenthesizedTypeNode(node)) return this.kind(node.type, given);
    if (ts.isTypeOperatorNode(node)) {
      return node.operator === ts.SyntaxKind.KeyOfKeyword ? this.keys(node.type) : this.kind(node.type, given);
    }
    if (ts.isArrayTypeNode(node)) return [this.kind(node.elementType, given)];
    if (ts.isTupleTypeNode(node)) return [this.element(node.elements[0], given)];
    if (ts.isUnionTypeNode(node)) return either(node.types.map((each) => this.kind(each, given)));
    if (ts.isIntersectionTypeNode(node))
      return node.types.map((each) => this.kind(each, given)).reduce((a, b) => this.both(a, b));
    if (ts.isTypeLiteralNode(node)) return this.own(node.members, given);
    if (ts.isMappedTypeNode(node) && node.type)
      return { [node.questionToken ? "*?" : "*"]: this.kind(node.type, given) };
    if (ts.isLiteralTypeNode(node)) return literal(node.literal);
    if (ts.isIndexedAccessTypeNode(node)) return this.indexed(node, given);
    if (!ts.isTypeReferenceNode(node)) return "any";
    const args = (node.typeArguments ?? []).map((each) => this.kind(each, given));
    return this.reference(node.typeName.getText(), args, node.getSourceFile(), given);
  }

  private element(node: ts.TypeNode | ts.NamedTupleMember | undefined, given: Given): Kind {
    return node ? this.kind(node as ts.TypeNode, given) : "any";
  }

  /** `keyof typeof TABLE`: the names of the table, where it is written out. */
  private keys(node: ts.TypeNode): Kind {
    const value = this.constant(node);
    if (!value || !ts.isObjectLiteralExpression(value)) return "string";
    return either(value.properties.map((each) => quoted(unquoted(each.name?.getText() ?? ""))));
  }

  /** `(typeof LIST)[number]`, or the type of one member. */
  private indexed({ objectType, indexType }: ts.IndexedAccessTypeNode, given: Given): Kind {
    if (ts.isLiteralTypeNode(indexType)) {
      const members = this.members(this.kind(objectType, given));
      const name = unquoted(indexType.getText());
      return members[name] ?? members[`${name}?`] ?? "any";
    }
    const value = this.constant(ts.isParenthesizedTypeNode(objectType) ? objectType.type : objectType);
    if (!value || !ts.isArrayLiteralExpression(value)) return "any";
    const isWritten = value.elements.every((each) => ts.isStringLiteral(each));
    return isWritten ? either(value.elements.map((each) => quoted((each as ts.StringLiteral).text))) : "string";
  }

  private constant(node: ts.TypeNode): ts.Expression | undefined {
    if (!ts.isTypeQueryNode(node)) return undefined;
    const declared = this.source.find(node.exprName.getText(), node.getSourceFile());
    if (!declared || !ts.isVariableDeclaration(declared)) return undefined;
    let value = declared.initializer;
    while (value && (ts.isAsExpression(value) || ts.isSatisfiesExpression(value))) value = value.expression;
    return value;
  }

  private both(a: Kind, b: Kind): Kind {
    if (isEither(a)) return either(a.map((each) => this.both(each, b)));
    if (isEither(b)) return either(b.map((each) => this.both(a, each)));
    return merged([this.members(a), this.members(b)]);
  }

  private members(kind: Kind): Members {
    if (kind === "construct") return { node: "any" };
    const found = typeof kind === "string" ? this.shapes.get(kind) : kind;
    return found !== undefined && typeof found === "object" && !Array.isArray(found) ? (found as Members) : {};
  }
}

/** Others use it by what it shows; of what kind that is, its own class says. */
function ofClass(node: ts.ClassDeclaration): Members {
  const isShown = (each: ts.ClassElement | ts.ParameterDeclaration) => {
    const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected | ts.ModifierFlags.Static;
    return (ts.getCombinedModifierFlags(each as ts.Declaration) & hidden) === 0;
  };
  const constructor = node.members.find((each) => ts.isConstructorDeclaration(each));
  const fields = [
    ...(constructor?.parameters ?? []).filter((each) => ts.isParameterPropertyDeclaration(each, each.parent)),
    ...node.members.filter((each) => ts.isPropertyDeclaration(each) || ts.isGetAccessorDeclaration(each)),
  ].filter((each) => ts.isGetAccessorDeclaration(each) || !each.questionToken);
  return Object.fromEntries(fields.filter(isShown).map((each) => [each.name?.getText() ?? "", "any"]));
}

function parameters(
  node: ts.InterfaceDeclaration | ts.ClassDeclaration | ts.TypeAliasDeclaration,
  args: readonly Kind[],
): Given {
  return Object.fromEntries((node.typeParameters ?? []).map(({ name }, index) => [name.text, args[index] ?? "any"]));
}

function optional(members: Members): Members {
  return Object.fromEntries(Object.entries(members).map(([prop, kind]) => [`${bare(prop)}?`, kind]));
}

/** Each member once, as it was declared last. */
function merged(all: readonly Members[]): Members {
  const found = new Map(all.flatMap((each) => Object.entries(each)).map(([prop, kind]) => [bare(prop), [prop, kind]]));
  return Object.fromEntries(found.values());
}

function bare(prop: string): string {
  return prop.replace(/\?$/, "");
}

function isEither(kind: Kind): kind is readonly Kind[] {
  return Array.isArray(kind) && kind.length > 1;
}

function either(all: readonly Kind[]): Kind {
  const flat = all.flatMap((each) => (isEither(each) ? each : [each]));
  const found = flat.filter(
    (each, index) => flat.findIndex((other) => JSON.stringify(other) === JSON.stringify(each)) === index,
  );
  if (found.includes("any")) return "any";
  // A list of one is a list of that kind: one literal by itself is said twice.
  return found.length === 1 ? found[0] : found;
}

function literal(node: ts.LiteralTypeNode["literal"]): Kind {
  if (ts.isStringLiteral(node)) return quoted(node.text);
  if (ts.isNumericLiteral(node)) return "number";
  const isBoolean = node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword;
  return isBoolean ? "boolean" : "any";
}

function literals(kind: Kind): string[] {
  const all = isEither(kind) ? kind : [kind];
  return all.flatMap((each) => (typeof each === "string" && each.startsWith("'") ? [unquoted(each)] : []));
}

function quoted(text: string): string {
  return `'${text}'`;
}

function unquoted(text: string): string {
  return text.replace(/^["']|["']$/g, "");
}
