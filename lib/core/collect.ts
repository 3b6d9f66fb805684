import { TerraformElement, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { DeclaredConstruct, ListedFigure, ListedWaiver, Manifest } from "../review/manifest";
import { Declared, declaredBy, sifted } from "./declared";
import { Figure } from "./figure";
import { notesOf } from "./notes";
import { Elements } from "./resolve";
import { waiversOf } from "./waiver";

/** The constructs of a stack that are not Terraform elements, in the order of the tree. */
export function constructsOf(stack: TerraformStack): IConstruct[] {
  return stack.node.findAll().filter((construct) => !TerraformElement.isTerraformElement(construct));
}

/** What constructs declare. */
export interface Declarations {
  /** Of those that declare something, with tokens written out. */
  readonly constructs: DeclaredConstruct[];
  /** What is malformed, and so left out. */
  readonly faults: string[];
}

/** What each construct declares, as far as rules and reports can work with it. */
export function declarationsOf(constructs: readonly IConstruct[], elements: Elements): Declarations {
  const faults: string[] = [];
  const declared = constructs.flatMap((construct) => {
    const sifting = sifted(construct, declaredBy(construct));
    faults.push(...sifting.faults);
    return written(construct, sifting.sound, elements) ?? [];
  });
  return { constructs: declared, faults };
}

function written(construct: IConstruct, declared: Declared, elements: Elements): DeclaredConstruct | undefined {
  if (Object.keys(declared).length === 0) return undefined;
  return {
    path: construct.node.path,
    is: construct.constructor.name,
    ...(elements.written(declared) as Partial<DeclaredConstruct>),
    kept: Object.fromEntries(notesOf<Kept>(construct, "kept").map(({ safeguard, by }) => [safeguard, by])),
  };
}

/** Which concern keeps a safeguard. */
export interface Kept {
  readonly safeguard: string;
  readonly by: string;
}

/** The parts of the manifest that concerns record. */
type Records = Pick<
  Manifest,
  "alarms" | "services" | "objectives" | "budgets" | "recoveries" | "experiments" | "dashboards" | "onCall"
>;

/** What concerns recorded in a stack, with tokens written out. */
export function recordsIn(constructs: readonly IConstruct[], elements: Elements): Records {
  const read = <T>(kind: string) => recordsOf<T>(kind, constructs, elements);
  return {
    alarms: read("alarm"),
    services: read("service"),
    objectives: read("objective"),
    budgets: read("budget"),
    recoveries: read("recovery"),
    experiments: read("experiment"),
    dashboards: read("dashboard"),
    onCall: read("on-call"),
  };
}

/** The records of one kind, with tokens written out. */
export function recordsOf<T>(kind: string, constructs: readonly IConstruct[], elements: Elements): T[] {
  return constructs.flatMap((construct) => notesOf<T>(construct, kind)).map((record) => elements.written(record) as T);
}

/** The waivers on a construct, with its path. */
export function listedWaivers(construct: IConstruct): ListedWaiver[] {
  return waiversOf(construct).map((waiver) => ({ path: construct.node.path, ...waiver }));
}

/** Every figure inside a declaration, wherever it stands. */
export function figuresOf({ path, recovers, sla, grows }: DeclaredConstruct): ListedFigure[] {
  return [...figuresIn(path, "recovers", recovers), ...figuresIn(path, "sla", sla), ...figuresIn(path, "grows", grows)];
}

function figuresIn(path: string, of: string, value: unknown): ListedFigure[] {
  if (typeof value !== "object" || value === null) return [];
  if (isFigure(value)) return [{ path, of, ...pick(value) }];
  return Object.entries(value).flatMap(([key, item]) => {
    const name = (item as { mechanism?: string } | undefined)?.mechanism ?? key;
    return figuresIn(path, `${of}.${name}`, item);
  });
}

function isFigure(value: object): value is Figure<string | number> {
  return "value" in value && "basis" in value && "source" in value;
}

function pick({ value, basis, source, asOf }: Figure<string | number>) {
  return { value, basis, source, ...(asOf !== undefined && { asOf }) };
}
