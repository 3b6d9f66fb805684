import { TerraformStack } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { notesOf } from "../core/notes";
import { postureOf } from "../core/posture";
import { Elements } from "../core/resolve";
import { waiversOf } from "../core/waiver";
import { CARRYING } from "../review/recovery/experiments/carriers";
import { DeclaredExperiment } from "../review/recovery/experiments/declared";
import { judgeTargets } from "../review/recovery/experiments/rule";

/**
 * What is wrong with targets in other stacks, such as the network of a foundation. A stack is reviewed by what stands in
 * it; whether tags there find what they should, its own resources tell.
 */
export function wrongElsewhere(scope: Construct, parts: readonly IConstruct[]): string[] {
  const isExcused = waiversOf(scope).some(({ safeguard }) => safeguard === "experiment-target");
  if (isExcused || postureOf(scope).enforce === "warn") return [];
  const own = TerraformStack.of(scope);
  const others = [...new Set(parts.map((part) => TerraformStack.of(part)))].filter((stack) => stack !== own);
  if (others.length === 0) return [];
  const written = new Elements(own);
  const experiments = notesOf(scope, "experiment").map((each) => written.written(each) as DeclaredExperiment);
  return others.flatMap((stack) => {
    const elements = new Elements(stack);
    const resources = Object.fromEntries(CARRYING.map((type) => [type, elements.ofType(type)]));
    const found = judgeTargets(experiments, resources, stack.node.id);
    return found.filter(({ kept }) => !kept).map(({ message }) => message);
  });
}
