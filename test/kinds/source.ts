import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import ts from "typescript";

export const LIB = join(__dirname, "../../lib");

/** What declares a name. */
export type Declaration =
  ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.ClassDeclaration | ts.VariableDeclaration;

/** The source of the library, parsed and no more: a type checker would read all of the provider. */
export class Source {
  private readonly files = new Map<string, ts.SourceFile>();

  constructor() {
    for (const entry of readdirSync(LIB, { recursive: true, withFileTypes: true })) {
      if (!entry.name.endsWith(".ts")) continue;
      const path = join(entry.parentPath, entry.name);
      this.files.set(path, ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ES2022, true));
    }
  }

  /** Every call in the library, of a function by its name. */
  callsOf(name: string): ts.CallExpression[] {
    const found: ts.CallExpression[] = [];
    const look = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && node.expression.getText() === name) found.push(node);
      ts.forEachChild(node, look);
    };
    this.files.forEach(look);
    return found;
  }

  /** What a name means where it is written; nothing where another package declares it. */
  find(name: string, from: ts.SourceFile): Declaration | undefined {
    for (const statement of from.statements) {
      const declared = declaredIn(statement, name) ?? this.throughImport(statement, name, from);
      if (declared) return declared;
    }
    return undefined;
  }

  private throughImport(statement: ts.Statement, name: string, from: ts.SourceFile): Declaration | undefined {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return undefined;
    const target = this.at(statement.moduleSpecifier, from);
    if (!target) return undefined;
    const clause = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : statement.exportClause;
    // `export * from` names nothing.
    if (!clause) return ts.isExportDeclaration(statement) ? this.find(name, target) : undefined;
    if (!ts.isNamedImports(clause) && !ts.isNamedExports(clause)) return undefined;
    const named = (clause.elements as ts.NodeArray<ts.ImportSpecifier | ts.ExportSpecifier>).find(
      (each) => each.name.text === name,
    );
    return named && this.find((named.propertyName ?? named.name).text, target);
  }

  private at(specifier: ts.Expression | undefined, from: ts.SourceFile): ts.SourceFile | undefined {
    if (!specifier || !ts.isStringLiteral(specifier)) return undefined;
    const path = resolve(dirname(from.fileName), specifier.text);
    return this.files.get(`${path}.ts`) ?? this.files.get(join(path, "index.ts"));
  }
}

function declaredIn(statement: ts.Statement, name: string): Declaration | undefined {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.find((each) => each.name.getText() === name);
  }
  const isType =
    ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement) || ts.isClassDeclaration(statement);
  return isType && statement.name?.text === name ? statement : undefined;
}
