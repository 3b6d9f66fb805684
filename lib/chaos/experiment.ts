import { CloudcontrolapiResource } from "@cdktf/provider-aws/lib/cloudcontrolapi-resource";
import { FisExperimentTemplate } from "@cdktf/provider-aws/lib/fis-experiment-template";
import { TerraformStack } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { isRecoverable } from "../core/declarations";
import { inWords } from "../core/duration";
import { FaultTarget } from "../core/fault";
import { requireThat } from "../core/guard";
import { nameOf } from "../core/naming";
import { note } from "../core/notes";
import { placeOf } from "../core/place";
import { addressOf } from "../core/resolve";
import { PageAlarm } from "../core/routing";
import { Claim, claimedOutage } from "../review/recovery/experiments/claim";
import { DeclaredExperiment } from "../review/recovery/experiments/declared";
import { DeclaredEdge } from "../review/manifest";
import { lengthOf } from "../review/recovery/schedule";
import { ReportAccess, experimentRole } from "./experiment-role";
import { ExperimentSchedule } from "./experiments-props";
import { Claimed, hypothesisOf, shortOf } from "./hypothesis";
import { ExperimentPlan } from "./plan";
import { DeadLetters } from "../parts/dead-letters";
import { schedule } from "./schedule";
import { Stops, stopsFor } from "./stop-alarms";
import { described, minutesOf, templateOf } from "./template";
import { writeTemplate } from "./write-template";

/**
 * Actions that run at the same time, and how long an experiment may take.
 *
 * @see https://docs.aws.amazon.com/fis/latest/userguide/fis-quotas.html
 */
const MOST_AT_ONCE = 10;
const LONGEST_MINUTES = 12 * 60;

/** What all experiments of a service share. */
export interface Setup {
  readonly of: string;
  readonly parts: readonly IConstruct[];
  readonly edges: readonly DeclaredEdge[];
  readonly stopOn: readonly PageAlarm[];
  readonly logGroupArn: string;
  readonly logGroup: string;
  /** Where a start by the clock that failed is put aside. @default - nothing is scheduled */
  readonly letters?: DeadLetters;
  /** @default - no reports */
  readonly reports?: ReportAccess & { readonly bucket: string };
}

/** One experiment: its template, its role, its schedule where it has one; and what people are told of it. */
export function experiment(
  scope: Construct,
  plan: ExperimentPlan,
  setup: Setup,
  scheduled?: ExperimentSchedule,
): FisExperimentTemplate | CloudcontrolapiResource {
  const { name, zone, degraded, region } = plan;
  const { of, reports, logGroupArn, letters } = setup;
  const claims = claimsOf(plan, setup.parts);
  const outage = claimedOutage(plan.scenario, claims, setup.edges);
  const claimed: Claimed = { of, claims, outage };
  const stops = stopsFor(scope, setup.stopOn, outage);
  const minutes = minutesOf(plan, outage, stops.stops);
  requireFits(scope, plan, minutes);
  const part = new Construct(scope, name);
  const tag = nameOf(part, "experiment");
  const template = templateOf(plan, stops.stops, minutes, placeOf(scope));
  const made = writeTemplate(part, template, {
    description: described(shortOf(plan, claimed)),
    roleArn: experimentRole(part, template, reports).arn,
    tag,
    logGroupArn,
    stops: stops.stops.map(({ arn }) => arn),
    onEmptyTarget: zone === undefined ? "fail" : "skip",
    report: reports && { bucket: reports.bucket, prefix: name, dashboard: reports.dashboard },
  });
  if (scheduled && letters) schedule(part, scheduled, { name, templateId: made.id, minutes, letters });
  note(scope, "experiment", {
    path: scope.node.path,
    of,
    name,
    address: addressOf(made),
    tag,
    logGroup: setup.logGroup,
    scenario: plan.scenario,
    ...(zone !== undefined && { zone }),
    ...(degraded && { degraded }),
    ...(region !== undefined && { region }),
    hypothesis: hypothesisOf(plan, claimed, stops),
    claimedSeconds: outage,
    takesMinutes: minutes,
    ...told(scope, plan, stops),
    ...(scheduled && { schedule: { timeZone: "UTC", ...scheduled } }),
  } satisfies DeclaredExperiment);
  return made;
}

function requireFits(scope: Construct, { name, faults }: ExperimentPlan, minutes: number): void {
  // One more waits for the recovery.
  const fits = faults.length < MOST_AT_ONCE;
  const must = `have at most ${MOST_AT_ONCE - 1} faults in ${name}`;
  requireThat(scope, fits, { prop: "on", must, got: faults.length, mend: "break the service in two Experiments" });
  requireThat(scope, minutes <= LONGEST_MINUTES, {
    prop: "stopOn",
    must: `tell within the ${inWords(LONGEST_MINUTES * 60)} of an experiment whether ${name} is over`,
    got: inWords(minutes * 60),
    mend: "give alarms of shorter periods",
  });
}

/**
 * What users are promised of all that is lost: of each part the fastest way that heals by itself, as objectives are
 * reckoned. The loss of a zone takes away more than what is broken one by one.
 */
function claimsOf({ scenario, zone, degraded, faults }: ExperimentPlan, parts: readonly IConstruct[]): Claim[] {
  const broken = new Map(faults.map(({ construct, claim }) => [construct, claim]));
  const lost = zone === undefined || degraded ? [...broken.keys()] : parts;
  return lost.flatMap((part) => {
    const ways = isRecoverable(part) ? (part.recovers[scenario] ?? []) : [];
    const healing = [...ways].filter(({ selfHealing }) => selfHealing).sort((a, b) => lengthOf(a) - lengthOf(b));
    const way = healing[0] ?? broken.get(part);
    return way ? [{ path: part.node.path, way }] : [];
  });
}

function told(scope: Construct, { faults }: ExperimentPlan, { stops, conflicts }: Stops) {
  const elsewhere = (construct: IConstruct) => {
    const stack = TerraformStack.of(construct);
    return stack === TerraformStack.of(scope) ? {} : { elsewhere: stack.node.id };
  };
  return {
    faults: faults.map(({ construct, name, fault: { action, does, target, after }, claim }) => ({
      path: construct.node.path,
      ...elsewhere(construct),
      name,
      action,
      does,
      ...(after !== undefined && { after }),
      ...(target && { target: targetOf(target) }),
      ...(claim && { claim }),
    })),
    stopOn: stops.map(({ name, seconds, insteadOf }) => ({
      name,
      ...(seconds !== undefined && { seconds }),
      ...(insteadOf !== undefined && { insteadOf }),
    })),
    conflicts,
  };
}

function targetOf({ resourceType, arns, tags, selection }: FaultTarget) {
  return { resourceType, ...(arns && { arns }), ...(tags && { tags }), selection };
}
