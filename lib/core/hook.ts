import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Annotations, ISynthesisSession, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { Manifest } from "../review/manifest";
import { reports } from "../review/reports";
import { requireAddress } from "./address";
import { FILES, planFilesOf } from "./plan-file";
import { forgetPlans, keepPrepared, makePlans, withPlan } from "./planned";
import { Needed, requireProps } from "./props";
import { Review, review } from "./review";

/** Marks what is hooked, across copies of this package. */
const HOOKED = Symbol.for("sre-constructs/hooked");
const WRAPPED = Symbol.for("sre-constructs/wrapped");

/**
 * Puts the stack of a pattern or concern under review; every constructor of this library calls it first.
 *
 * From then on the synthesis of that stack judges all declarations in it, refuses broken promises before any stack is
 * written, and leaves `reliability/<stack>` beside the plan: the manifest, and the reports that people read. The first
 * call hooks a stack, later ones do nothing.
 *
 * What a construct is told comes with it, and the name of its type, or which props it cannot do without: JavaScript knows
 * no types.
 *
 * @throws where a prop is missing or of another kind, or anywhere in them stands `null` or `NaN`
 */
export function register<P extends object>(
  construct: IConstruct,
  ...told: [] | [props: P, needed?: string | readonly Needed<P>[]]
): void {
  requireAddress(construct);
  if (told.length > 0) requireProps(construct, told[0], told[1] ?? []);
  const stack = TerraformStack.of(construct);
  if (HOOKED in stack) return;
  const state: State = {};
  Object.defineProperty(stack, HOOKED, { value: state });
  stack.node.addValidation({ validate: () => (state.reviewed ?? review(stack)).errors });
  wrap(stack);
  wrapBelow(stack.node.root);
}

/** A stack without patterns may be written before another one fails: it waits for the review of all, too. */
function wrapBelow(construct: IConstruct): void {
  for (const child of construct.node.children) {
    const isStack = TerraformStack.isStack(child);
    // What stands in a stack that waits already is not looked through again: an app may have a hundred.
    if (isStack && WRAPPED in child) continue;
    if (isStack) wrap(child);
    wrapBelow(child);
  }
}

interface State {
  /** The review of the synthesis that runs now. */
  reviewed?: Review;
}

function stacksOf(construct: IConstruct): TerraformStack[] {
  return construct.node.root.node.findAll().filter((node) => TerraformStack.isStack(node));
}

function stateOf(stack: TerraformStack): State | undefined {
  return (stack as { [HOOKED]?: State })[HOOKED];
}

function wrap(stack: TerraformStack): void {
  if (WRAPPED in stack) return;
  Object.defineProperty(stack, WRAPPED, { value: true });
  keepPrepared(stack);
  const inner = stack.synthesizer;
  stack.synthesizer = {
    synthesize(session: ISynthesisSession) {
      try {
        reviewAll(stack, session);
        withPlan(stack, () => inner.synthesize(session));
        writeBeside(stack, session);
      } catch (error) {
        forgetPlans(stack.node.root);
        throw error;
      }
      if (lastOf.get(session) === stack) forgetPlans(stack.node.root);
    },
  };
}

function writeBeside(stack: TerraformStack, session: ISynthesisSession): void {
  const state = stateOf(stack);
  if (!state) return;
  writeFiles(session, stack);
  write(session.outdir, (state.reviewed ?? review(stack)).manifest);
  state.reviewed = undefined;
}

/** The stack that each session writes last. */
const lastOf = new WeakMap<ISynthesisSession, TerraformStack>();

/** Runs the validations of all stacks once a session, so that a failure leaves nothing half-written. */
function reviewAll(from: TerraformStack, session: ISynthesisSession): void {
  if (session.skipValidation || lastOf.has(session)) return;
  const stacks = stacksOf(from);
  lastOf.set(session, stacks[stacks.length - 1]);
  makePlans(from.node.root, stacks);
  for (const stack of stacks) {
    const state = stateOf(stack);
    if (state) state.reviewed = review(stack);
  }
  const errors = new Set(
    stacks.flatMap((stack) => stack.node.findAll().flatMap((construct) => construct.node.validate())),
  );
  if (errors.size > 0) throw new Error(`Synthesis is refused, nothing was written:\n  ${[...errors].join("\n  ")}`);
  for (const stack of stacks) warn(stack, stateOf(stack)?.reviewed);
}

/** Says what the review lets pass; the CLI prints it. */
function warn(stack: TerraformStack, reviewed: Review | undefined): void {
  if (!reviewed || reviewed.warnings.length === 0) return;
  const byPath = new Map(stack.node.findAll().map((construct) => [construct.node.path, construct]));
  for (const { path, message } of reviewed.warnings) {
    const construct = byPath.get(path) ?? stack;
    const said = construct.node.metadata.some(({ data }) => data === message);
    if (!said) Annotations.of(construct).addWarning(message);
  }
}

/** What the plan refers to, beside it. */
function writeFiles(session: ISynthesisSession, stack: TerraformStack): void {
  const folder = join(session.outdir, session.manifest.forStack(stack).workingDirectory);
  // Code that nothing refers to any more would only grow.
  rmSync(join(folder, FILES), { recursive: true, force: true });
  writeAll(folder, Object.fromEntries(planFilesOf(stack).map(({ path, content }) => [path, content])));
}

/** The manifest for programs, and beside it what people read. */
function write(outdir: string, manifest: Manifest): void {
  const folder = join(outdir, "reliability", manifest.stack);
  // Pages of signals that are gone would mislead.
  rmSync(folder, { recursive: true, force: true });
  writeAll(folder, { "manifest.json": `${JSON.stringify(manifest, undefined, 2)}\n`, ...reports(manifest) });
}

function writeAll(folder: string, files: Readonly<Record<string, string | Buffer>>): void {
  const paths = Object.keys(files).map((path) => join(folder, path));
  for (const each of new Set(paths.map(dirname))) mkdirSync(each, { recursive: true });
  for (const [path, content] of Object.entries(files)) writeFileSync(join(folder, path), content);
}
