import { numbered } from "../markdown";
import { instruction } from "../runbook/shell";
import { DeclaredFence, DeclaredRecovery, RecoveringComponent } from "./declared";
import { Outcome } from "./reckon";

type Fenced = RecoveringComponent & { readonly fence: DeclaredFence };

/** What must be kept out after the loss of a region, in the order in which requests reach it. */
export function fencedOf({ components }: DeclaredRecovery, { scenario, schedule }: Outcome): readonly Fenced[] {
  if (scenario !== "region") return [];
  // What comes back first stands deepest: data, then what runs on them.
  const depth = ({ path }: Fenced) => schedule.findIndex(({ what }) => what === path);
  return components
    .filter((component): component is Fenced => component.fence !== undefined)
    .sort((a, b) => depth(b) - depth(a));
}

export const FENCE = "Keep the lost region out";

/** How the lost region is kept from serving old data and taking writes, when it comes back before it is wanted. */
export function fenceSteps(owner: string, fenced: readonly Fenced[]): string[] {
  return [
    `By somebody beside ${owner}, from the decision on: it takes no time of the other steps. Where the lost region does not answer, go on with those, and try again every 10 minutes until all of it holds. Until then, what comes back there answers with old data and takes writes that nobody looks for.`,
    ...fenced.map(({ path, fence }) =>
      [`### ${path}`, numbered([...fence.steps, fence.holds].map((each) => instruction({}, each)))].join("\n\n"),
    ),
  ];
}

/** The way back, days later: data first, then the doors from the inside to the outside. */
export function failback(declared: DeclaredRecovery, outcome: Outcome): string[] {
  const returns = outcome.schedule.flatMap(({ what, way }) => (way?.failback ? [{ what, steps: way.failback }] : []));
  const fenced = fencedOf(declared, outcome);
  if (returns.length + fenced.length === 0) return [];
  const lifts = stacksOf([...fenced].reverse()).map((stack) =>
    instruction({}, `Terraform opens ${stack} again: \`terraform -chdir=cdktf.out/stacks/${stack} apply\`.`),
  );
  return [
    "## When what was lost may serve again",
    "Not before it is steady, and in hours with little load. Nothing below belongs to the recovery.",
    ...returns.map(({ what, steps }) =>
      [`### ${what} returns`, numbered(steps.map((each) => instruction({}, each)))].join("\n\n"),
    ),
    ...(fenced.length > 0
      ? [
          "### It is let in",
          numbered(["Have the data there followed what was written since the loss? Not before.", ...lifts]),
        ]
      : []),
  ];
}

function stacksOf(fenced: readonly Fenced[]): string[] {
  return [...new Set(fenced.map(({ path }) => path.split("/")[0]))];
}
