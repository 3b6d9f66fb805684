import { TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { note, notesOf } from "./notes";

/** A file that a plan refers to. */
export interface PlanFile {
  /** Below the folder of the plan. */
  readonly path: string;
  readonly content: Buffer;
}

/** The folder beside a plan that its files are in. */
export const FILES = "files";

/**
 * Leaves a file beside the plan when the stack is written; returns its path as Terraform finds it.
 *
 * `name` should change with the content: then a plan shows what changed.
 */
export function planFile(construct: IConstruct, name: string, content: Buffer): string {
  const path = `${FILES}/${name}`;
  note(construct, "file", { path, content } satisfies PlanFile);
  return path;
}

/** The files beside the plan of a stack. */
export function planFilesOf(stack: TerraformStack): PlanFile[] {
  return stack.node.findAll().flatMap((construct) => notesOf<PlanFile>(construct, "file"));
}
