import { DeclaredConstruct, Manifest } from "./manifest";
import { inRegion } from "./runbook/shell";

/** One thing that a person does. */
export interface ProcedureStep {
  /** What, in a sentence or two. */
  readonly do: string;
  /** Commands of a shell, to be pasted. @default - none */
  readonly sh?: string;
  /** Statements for the database. @default - none */
  readonly sql?: string;
}

/** Something that people do with a construct now and then, which is no answer to an alarm: an upgrade, a migration. */
export interface Procedure {
  /** What is done: `Upgrade to another major version`. */
  readonly title: string;
  /** When it is done, and why in this way. */
  readonly why: string;
  /** In order. */
  readonly steps: readonly ProcedureStep[];
  /** Where it is from. @default - the pattern's own judgement */
  readonly source?: string;
}

/** A procedure of one construct. */
export interface ProcedureEntry {
  readonly construct: DeclaredConstruct;
  readonly name: string;
  readonly procedure: Procedure;
}

/** The procedures that the constructs of a stack declare. */
export function proceduresOf({ constructs }: Manifest): ProcedureEntry[] {
  return constructs.flatMap((construct) =>
    Object.entries(construct.procedures ?? {}).map(([name, procedure]) => ({ construct, name, procedure })),
  );
}

/** One page: what is done, why in this way, and the steps with what can be pasted. */
export function procedurePage(manifest: Manifest, { construct, name, procedure }: ProcedureEntry): string {
  const { title, why, steps, source } = procedure;
  return (
    [
      `# ${title}`,
      `\`${construct.path}\` (${construct.is}), procedure \`${name}\`.`,
      why,
      ...steps.map((step, index) => stepOf(manifest, step, index)),
      ...(source === undefined ? [] : [`Source: <${source}>`]),
    ].join("\n\n") + "\n"
  );
}

function stepOf(manifest: Manifest, { do: what, sh, sql }: ProcedureStep, index: number): string {
  return [`${index + 1}. ${what}`, ...block("sh", sh && inRegion(manifest, sh)), ...block("sql", sql)].join("\n\n");
}

/** Indented, so that it belongs to its step. */
function block(language: string, text?: string): string[] {
  if (text === undefined) return [];
  return [["```" + language, ...text.split("\n"), "```"].map((line) => `   ${line}`).join("\n")];
}
