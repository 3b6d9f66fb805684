import { Manifest } from "../../lib/review/manifest";
import { Config } from "../synth";
import { resourcesOf } from "./adapt";
import { Aws } from "./aws";
import { differences, plannedOf } from "./differences";
import { GAPS, applicable, explained } from "./gaps";
import { promisesOf } from "./promises";
import { StackReport } from "./report";
import { Terraform, faults } from "./terraform";

/** One stack that is rehearsed. */
export interface Rehearsed {
  /** Adapted already. */
  readonly plan: Config;
  readonly manifest: Manifest;
  readonly terraform: Terraform;
  readonly report: StackReport;
  readonly aws: Aws;
  readonly plugins: string;
}

/** Puts a stack up and asks whether it stands as promised. Says whether it is there. */
export async function putUp({ plan, manifest, terraform, report, aws, plugins }: Rehearsed): Promise<boolean> {
  const { plan: possible, leftOut, used } = applicable(plan, GAPS);
  for (const gap of used) report.gaps.add(gap);
  report.resources = resourcesOf(plan).length;
  report.leftOut = leftOut;

  const accepted = await report.step("the provider accepts the whole plan", async () => {
    terraform.write(plan);
    await terraform.init(plugins);
    await terraform.must("validate");
    await terraform.must("plan");
  });
  if (!accepted) return false;
  const applied = await report.step("the plan is applied", async () => {
    terraform.write(possible);
    const told = progress(report, resourcesOf(possible).length);
    await terraform.watched("apply", ["-auto-approve"], told);
    report.applied = (await terraform.addresses()).length;
  });
  if (!applied) return false;
  let second: Config = {};
  await report.step("a second plan is empty", async () => {
    second = await terraform.planned();
    const { unexplained, used: reasons } = explained(differences(second), GAPS);
    for (const gap of reasons) report.gaps.add(gap);
    return unexplained.map(({ address, attribute }) => `${address}: ${attribute}`).join("\n") || undefined;
  });
  for (const { what, ask } of promisesOf(manifest)) {
    await report.step(what, () => ask(aws, manifest, plannedOf(second)));
  }
  return true;
}

/** Takes a stack down, or finds that it refuses to be. Says whether that is as it should be. */
export async function takeDown({ plan, manifest, terraform, report }: Rehearsed): Promise<boolean> {
  const kept = lastKept(plan).filter((address) => !report.leftOut.includes(address));
  if (kept.length > 0 || mustRefuse(manifest)) {
    return report.step("it refuses to be destroyed", async () => {
      const { code, said } = await terraform.run(["plan", "-destroy", "-refresh=false", "-no-color", "-input=false"]);
      if (code === 0) return "terraform plan -destroy found nothing to refuse";
      const words = said.replace(/\s+/g, " ");
      const silent = kept.filter((address) => !words.includes(`Resource ${address} has lifecycle.prevent_destroy`));
      return silent.length > 0 ? `nothing was said of ${silent.join(", ")}:\n${faults(said)}` : undefined;
    });
  }
  return report.step("it is destroyed cleanly", async () => {
    await terraform.watched("destroy", ["-auto-approve"]);
    const left = await terraform.addresses();
    return left.length > 0 ? `still there: ${left.join(", ")}` : undefined;
  });
}

/** Whether something in it holds data, and the posture says that such a thing stays. */
function mustRefuse({ posture, constructs }: Manifest): boolean {
  return posture.deletionProtection === true && constructs.some(({ protects }) => protects !== undefined);
}

/** What must not be destroyed, and nothing else of the kind needs: Terraform does not come to what these stand on. */
function lastKept(plan: Config): string[] {
  const kept = resourcesOf(plan).filter(({ config }) => config.lifecycle?.prevent_destroy);
  const needs = kept.map(({ config }) => JSON.stringify({ ...config, "//": undefined }));
  return kept.map(({ address }) => address).filter((address) => !needs.some((text) => text.includes(address)));
}

/** Tells every twenty seconds or so how far an apply is. */
function progress(report: StackReport, all: number): (line: string) => void {
  let made = 0;
  let told = Date.now();
  return (line) => {
    if (/: Creation complete after /.test(line)) made++;
    if (Date.now() - told < 20_000) return;
    told = Date.now();
    report.say(`${made} of ${all} applied`);
  };
}
