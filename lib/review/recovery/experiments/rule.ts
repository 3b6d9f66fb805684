import { complain } from "../../complaint";
import { Reference } from "../../manifest";
import { Facts, Found, Rule, pathOf } from "../../rule";
import { CARRIERS, CARRYING } from "./carriers";
import { DeclaredExperiment, DeclaredFault, DeclaredTarget } from "./declared";

/** What an experiment breaks is there, and belongs to the construct that is broken: nothing else of the stack is hit. */
export const EXPERIMENT_TARGET: Rule = {
  safeguard: "experiment-target",
  reads: CARRYING,
  judge: ({ experiments, resources }) => judgeTargets(experiments, resources),
};

/** The same for the targets in one stack, by its resources: that of the experiments, or another one. */
export function judgeTargets(
  experiments: readonly DeclaredExperiment[],
  resources: Facts["resources"],
  stack?: string,
): Found[] {
  return experiments.flatMap((experiment) =>
    experiment.faults
      .filter(({ elsewhere }) => elsewhere === stack)
      .flatMap((fault) => (fault.target ? [judged(experiment, fault, fault.target, resources)] : [])),
  );
}

function judged(
  { path, name }: DeclaredExperiment,
  fault: DeclaredFault,
  target: DeclaredTarget,
  resources: Facts["resources"],
): Found {
  const wrong = target.tags ? wrongTags(fault, target, resources) : wrongArns(fault, target, resources);
  if (!wrong) return { path, kept: true, message: `${name} breaks ${fault.path} alone` };
  return { path, kept: false, message: complain(path, { prop: `${name}.${fault.name}.target`, ...wrong }) };
}

function wrongTags(
  { path }: DeclaredFault,
  { resourceType, tags = {} }: DeclaredTarget,
  resources: Facts["resources"],
) {
  const carriers = CARRIERS[resourceType];
  if (!carriers) {
    const must = `be one of ${Object.keys(CARRIERS).join(", ")}, whose tags a plan tells`;
    return { must, got: resourceType, mend: 'name it by ARN, or waive(it, "experiment-target", { waived: "why" })' };
  }
  const found = Object.entries(carriers).flatMap(([type, tagsOf]) =>
    Object.entries(resources[type] ?? {}).flatMap(([name, config]) =>
      tagsOf(config).some((carried) => carries(carried, tags)) ? [pathOf(config) ?? `${type}.${name}`] : [],
    ),
  );
  if (!found.some((each) => isBelow(path, each))) {
    const mend = "give the resource these tags: an experiment without a target proves nothing";
    return { must: `be carried by a ${resourceType} of ${path}`, got: tags, mend };
  }
  const others = found.filter((each) => !isBelow(path, each));
  if (others.length === 0) return undefined;
  const mend = "tag what is broken with a name that nothing else has";
  return { must: `be carried by nothing outside of ${path}`, got: others, mend };
}

/** An ARN given as text is known to who wrote it; one that Terraform knows must be of the construct itself. */
function wrongArns({ path }: DeclaredFault, { arns = [] }: DeclaredTarget, resources: Facts["resources"]) {
  const others = arns.filter(isReference).flatMap(({ address }) => {
    const [type, name] = address.split(".");
    const config = resources[type]?.[name];
    const at = config && pathOf(config);
    return at !== undefined && !isBelow(path, at) ? [at] : [];
  });
  if (others.length === 0) return undefined;
  return { must: `be a part of ${path}`, got: others, mend: "a construct breaks what it consists of, nothing else" };
}

function carries(carried: Readonly<Record<string, unknown>>, tags: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(tags).every(([key, value]) => JSON.stringify(carried[key]) === JSON.stringify(value));
}

function isBelow(path: string, resource: string): boolean {
  return resource.startsWith(`${path}/`);
}

function isReference(value: unknown): value is Reference {
  return typeof value === "object" && value !== null && "address" in value;
}
