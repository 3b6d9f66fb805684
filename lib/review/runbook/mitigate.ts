import { Manifest } from "../manifest";
import { numbered } from "../markdown";
import { LOSSES, planPath } from "../recovery/report";
import { Way } from "../recovery/declared";
import { outcomesOf } from "../recovery/rule";
import type { RunbookEntry } from "../runbooks";
import { servicesAround } from "../service/dependents";
import { label } from "../service/diagram";
import { runbookPath } from "./path";
import { changes, instruction } from "./shell";
import { capital } from "../words";

/** The procedure by which a construct takes its last change back, where it offers one. */
export const ROLLBACK = "rollback";

/** What comes between taking a change back and what else relieves. */
export const ELSE = "No, or that did not help; the safest first:";

/** How a change is taken back: first what runs, since most incidents begin with a rollout. */
export function rollback(manifest: Manifest, of: string): string[] {
  const { stack } = manifest;
  const runs = servicesAround(manifest, of).flatMap((service) => service.runs);
  const links = rollbacksOf(manifest)
    .filter(({ path }) => path === of || runs.includes(path))
    .map(({ path, title }) => `- \`${label(path, stack)}\`: [${title}](../${runbookPath(stack, path, ROLLBACK)})`);
  return [
    "Did something change just before?",
    "",
    changes(manifest),
    "",
    "Yes: take it back first, and ask why afterwards.",
    "",
    ...links,
    `- In the stack \`${stack}\`: revert the commit and apply it again. Read the plan: it must only undo what was changed.`,
  ];
}

/** The constructs that offer to take a change back, and how they call it. */
export function rollbacksOf({ constructs }: Manifest): { readonly path: string; readonly title: string }[] {
  return constructs.flatMap(({ path, procedures }) =>
    procedures?.[ROLLBACK] ? [{ path, title: procedures[ROLLBACK].title }] : [],
  );
}

/** The ways back from a loss, each with its steps, and the plans that add them up. */
export function waysBack(manifest: Manifest, { construct }: RunbookEntry): string[] {
  const lines = distinct((construct.recovers ?? {}) as Record<string, readonly Way[]>).flatMap(({ losses, way }) =>
    wayBack(manifest, capital(losses.map(named).join(", or ")), way),
  );
  const plans = plansFor(manifest, construct.path);
  if (lines.length === 0 && plans.length === 0) return [];
  return [...lines, ...(plans.length > 0 ? ["", `Plans for the whole service: ${plans.join("; ")}.`] : [])];
}

function named(loss: string): string {
  const { [loss]: title = loss } = LOSSES as Readonly<Record<string, string>>;
  return title.toLowerCase();
}

/** One mechanism may bring back what several losses took. */
function distinct(recovers: Readonly<Record<string, readonly Way[]>>): { losses: string[]; way: Way }[] {
  const found = new Map<string, { losses: string[]; way: Way }>();
  for (const [loss, ways] of Object.entries(recovers)) {
    for (const way of ways) {
      const key = [way.mechanism, way.rto.value, way.rpo.value].join();
      found.set(key, { way, losses: [...(found.get(key)?.losses ?? []), loss] });
    }
  }
  return [...found.values()];
}

function wayBack(
  manifest: Manifest,
  loss: string,
  { mechanism, rto, rpo, selfHealing, steps, failback = [] }: Way,
): string[] {
  const by = selfHealing ? ", by itself" : "";
  const soon = rto.value === "0 seconds" ? "at once" : `within ${rto.value}`;
  const losing = rpo.value === "0 seconds" ? "no data are lost" : `the newest ${rpo.value} of data are lost`;
  const line = `- ${loss}: ${mechanism}${by}, ${soon}; ${losing}`;
  if (!steps?.length) return [line];
  const listed = numbered(steps.map((step) => instruction(manifest, step)));
  const returns = failback.map((step) => instruction(manifest, step));
  const later = returns.length > 0 ? ["Once what was lost is there again, and steady:", "", numbered(returns), ""] : [];
  const details = `<details><summary>${mechanism}, step by step</summary>`;
  return [line, "", details, "", listed, "", ...later, "</details>", ""];
}

/** The plans of the objectives of recovery of a service, or of those that a construct is a part of. */
export function plansFor({ recoveries, alarms }: Manifest, path: string): string[] {
  return recoveries
    .filter(({ of, components }) => of === path || components.some((component) => component.path === path))
    .flatMap((declared) =>
      outcomesOf(declared, alarms).map((outcome) => {
        const title = LOSSES[outcome.scenario].toLowerCase();
        return `[${title}](../../${planPath(declared, outcome)}), back within ${outcome.goal.rto}`;
      }),
    );
}
