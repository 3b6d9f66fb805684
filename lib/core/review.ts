import { TerraformElement, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { alarmBill } from "../review/alarms/cost";
import { ListedWaiver, Manifest, Verdict } from "../review/manifest";
import { Facts } from "../review/rule";
import { RULES } from "../review/rules";
import { constructsOf, declarationsOf, figuresOf, listedWaivers, recordsIn } from "./collect";
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
  const { constructs: declared, faults } = declarationsOf(constructs, elements);
  const waivers = stack.node.findAll().flatMap(listedWaivers);
  const records = recordsIn(constructs, elements);
  const facts = { constructs: declared, ...records, ...placed(stack), resources: read(elements) };
  const at = constructAt(stack);
  const judged = [...ownFindings(constructs), ...ruled(at, facts)];
  const verdicts = [...judged, ...idle(at, waivers, judged)];
  const manifest: Manifest = {
    version: 1,
    stack: stack.node.id,
    ...placed(stack),
    posture: { ...postureOf(stack) },
    dependsOn: stack.dependencies.map(({ node }) => node.id),
    resources: elements.counts,
    constructs: declared,
    ...records,
    alarmBill: alarmBill(facts.resources),
    verdicts,
    waivers,
    figures: declared.flatMap(figuresOf),
  };
  return {
    manifest,
    // What is malformed is no promise that could be waived.
    errors: [...faults, ...verdicts.filter(({ outcome }) => outcome === "broken").map(({ message }) => message)],
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

/**
 * A waiver that excuses nothing hides the next fault, and one of a safeguard that nobody knows does nothing: both are said
 * aloud. Those of parts, such as one alarm, are used up at once.
 */
function idle(at: At, waivers: readonly ListedWaiver[], judged: readonly Verdict[]): Verdict[] {
  const used = judged
    .filter(({ outcome }) => outcome === "waived")
    .map(({ path, safeguard }) => `${safeguard} ${excuserOf(at(path), safeguard)?.node.path}`);
  const isOfWhole = ({ path, safeguard }: ListedWaiver) => notesOf<string>(at(path), "excused").includes(safeguard);
  return waivers
    .filter((waiver) => isOfWhole(waiver) && !used.includes(`${waiver.safeguard} ${waiver.path}`))
    .map(({ path, safeguard }) => {
      const message = `${path}: the waiver of '${safeguard}' must excuse something, got one that is kept, or that nobody judges; delete it`;
      return { safeguard, path, outcome: "warned", message };
    });
}

function ownFindings(constructs: readonly IConstruct[]): Verdict[] {
  return constructs.flatMap((construct) =>
    notesOf<Finding>(construct, "finding").map(({ safeguard, kept, message, advice }) =>
      advised(outcomeOf(construct, safeguard, kept, message), advice),
    ),
  );
}

function ruled(at: At, facts: Facts): Verdict[] {
  return RULES.flatMap(({ safeguard, judge }) =>
    judge(facts).map(({ path, kept, message, advice }) =>
      advised(outcomeOf(at(path), safeguard, kept, message, path), advice),
    ),
  );
}

/** What is allowed and not wise warns in every posture. */
function advised(verdict: Verdict, advice: true | undefined): Verdict {
  return advice && verdict.outcome === "broken" ? { ...verdict, outcome: "warned" } : verdict;
}

/** The construct at a path; the stack answers for what has none. */
type At = (path: string) => IConstruct;

function constructAt(stack: TerraformStack): At {
  const byPath = new Map(stack.node.findAll().map((construct) => [construct.node.path, construct]));
  return (path) => byPath.get(path) ?? stack;
}

/** Who excuses a construct from a safeguard: itself, and for a resource also what it is a part of. */
function excuserOf(construct: IConstruct, safeguard: string): IConstruct | undefined {
  const scopes = TerraformElement.isTerraformElement(construct) ? construct.node.scopes.reverse() : [construct];
  const above = scopes.slice(0, scopes.findIndex((scope) => TerraformStack.isStack(scope)) + 1 || undefined);
  return above.find((scope) => waiversOf(scope).some((waiver) => waiver.safeguard === safeguard));
}

function outcomeOf(
  construct: IConstruct,
  safeguard: string,
  kept: boolean,
  message: string,
  path = construct.node.path,
): Verdict {
  if (kept) return { safeguard, path, outcome: "kept", message };
  const excused = excuserOf(construct, safeguard) !== undefined;
  const lenient = postureOf(construct).enforce === "warn";
  return { safeguard, path, outcome: excused ? "waived" : lenient ? "warned" : "broken", message };
}

function placed(stack: TerraformStack): Pick<Manifest, "place"> {
  const place = knownPlace(stack);
  return place ? { place: { ...place } } : {};
}
