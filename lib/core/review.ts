import { TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { ListedWaiver, Manifest, Verdict } from "../review/manifest";
import { Facts } from "../review/rule";
import { RULES } from "../review/rules";
import { constructsOf, declarationOf, figuresOf, listedWaivers, recordsIn } from "./collect";
import { notesOf } from "./notes";
import { knownPlace } from "./place";
import { postureOf } from "./posture";
import { Elements } from "./resolve";
import { Finding } from "./verdict";
import { waiversOf } from "./waiver";

/** What a stack declares, what was found, and what of it stops or warns. */
export interface Review {
  readonly manifest: Manifest;
  readonly errors: string[];
  readonly warnings: { readonly path: string; readonly message: string }[];
}

/** Judges a stack: the findings of its patterns, and every rule over its declarations and resources. */
export function review(stack: TerraformStack): Review {
  const elements = new Elements(stack);
  const constructs = constructsOf(stack);
  const declared = constructs.flatMap((construct) => declarationOf(construct, elements) ?? []);
  const waivers = constructs.flatMap(listedWaivers);
  const judged = [...ownFindings(constructs), ...ruled(stack, { constructs: declared, resources: read(elements) })];
  const verdicts = [...judged, ...idle(waivers, judged)];
  const manifest: Manifest = {
    version: 1,
    stack: stack.node.id,
    ...placed(stack),
    posture: { ...postureOf(stack) },
    dependsOn: stack.dependencies.map(({ node }) => node.id),
    resources: elements.counts,
    constructs: declared,
    ...recordsIn(constructs, elements),
    verdicts,
    waivers,
    figures: declared.flatMap(figuresOf),
  };
  return {
    manifest,
    errors: verdicts.filter(({ outcome }) => outcome === "broken").map(({ message }) => message),
    warnings: [
      ...verdicts.filter(({ outcome }) => outcome === "warned").map(({ path, message }) => ({ path, message })),
      ...waivers.map(({ path, safeguard, waived, until }) => ({
        path,
        message: `${safeguard} is waived${until ? ` until ${until}` : ""}: ${waived}`,
      })),
    ],
  };
}

function read(elements: Elements): Facts["resources"] {
  const types = new Set(RULES.flatMap(({ reads }) => reads));
  return Object.fromEntries([...types].map((type) => [type, elements.ofType(type)]));
}

/** A waiver that excuses nothing hides the next fault: it is said aloud. Those of single alarms are used up at once. */
function idle(waivers: readonly ListedWaiver[], judged: readonly Verdict[]): Verdict[] {
  return waivers
    .filter(({ path, safeguard }) => judged.some((verdict) => verdict.path === path && verdict.safeguard === safeguard))
    .filter(({ path, safeguard }) => !judged.some((verdict) => isExcused(verdict, path, safeguard)))
    .map(({ path, safeguard }) => {
      const message = `${path}: the waiver of '${safeguard}' must excuse something, got a safeguard that is kept; delete it`;
      return { safeguard, path, outcome: "warned", message };
    });
}

function isExcused(verdict: Verdict, path: string, safeguard: string): boolean {
  return verdict.path === path && verdict.safeguard === safeguard && verdict.outcome === "waived";
}

function ownFindings(constructs: readonly IConstruct[]): Verdict[] {
  return constructs.flatMap((construct) =>
    notesOf<Finding>(construct, "finding").map(({ safeguard, kept, message }) =>
      outcomeOf(construct, safeguard, kept, message),
    ),
  );
}

function ruled(stack: TerraformStack, facts: Facts): Verdict[] {
  const byPath = new Map(stack.node.findAll().map((construct) => [construct.node.path, construct]));
  return RULES.flatMap(({ safeguard, judge }) =>
    judge(facts).map(({ path, kept, message }) => outcomeOf(byPath.get(path) ?? stack, safeguard, kept, message, path)),
  );
}

function outcomeOf(
  construct: IConstruct,
  safeguard: string,
  kept: boolean,
  message: string,
  path = construct.node.path,
): Verdict {
  if (kept) return { safeguard, path, outcome: "kept", message };
  const excused = waiversOf(construct).some((waiver) => waiver.safeguard === safeguard);
  const lenient = postureOf(construct).enforce === "warn";
  return { safeguard, path, outcome: excused ? "waived" : lenient ? "warned" : "broken", message };
}

function placed(stack: TerraformStack): Pick<Manifest, "place"> {
  const place = knownPlace(stack);
  return place ? { place: { ...place } } : {};
}
