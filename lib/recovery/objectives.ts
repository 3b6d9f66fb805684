import { ResiliencehubResiliencyPolicy } from "@cdktf/provider-aws/lib/resiliencehub-resiliency-policy";
import { TerraformStack } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { isFenceable, isStateful } from "../core/declarations";
import { requireSound } from "../core/declared";
import { refuse, requireDuration, requireForm } from "../core/guard";
import { register } from "../core/hook";
import { note } from "../core/notes";
import { Elements } from "../core/resolve";
import { ServiceGraph, isServiceGraph } from "../core/service-graph";
import { recoveriesOf } from "../core/ways-back";
import {
  DeclaredRecovery,
  Measurement,
  RecoveringComponent,
  RecoveryGoal,
  SCENARIOS,
} from "../review/recovery/declared";
import { Objective, ObjectivesProps } from "./objectives-props";
import { resiliencyPolicy } from "./resiliency-policy";

/**
 * How fast a service must be back after each loss, and how much data it may lose; synthesis reckons what is deployed can
 * give, and fails where that is not enough, naming what takes longest and what would meet the objective.
 *
 * Reckoned from what each part of the service declares it recovers by: detection and decision once, then the longest
 * path of recoveries over what needs what. The derivation and a plan to follow stand in `reliability/<stack>/recovery.md`
 * and `recovery/`. Where instance, zone and corruption have objectives, AWS Resilience Hub gets them as a policy.
 *
 * @see https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_objective_defined_recovery.html
 */
export class Objectives extends Construct {
  /** The policy of AWS Resilience Hub, where all that it asks for is stated. */
  readonly policy?: ResiliencehubResiliencyPolicy;
  /** What is stated, by loss. */
  readonly goals: DeclaredRecovery["goals"];

  constructor(scope: Construct, id: string, props: ObjectivesProps) {
    super(scope, id);
    register(this, props, "ObjectivesProps");
    const { of, decision, measured = [], owner = "the engineer on call" } = props;
    const goals = this.goalsOf(props);
    this.goals = goals;
    const parts = isServiceGraph(of) ? of.hard : [of];
    const here = TerraformStack.of(this);
    const edges = isServiceGraph(of) ? of.allEdges : [];
    if (decision !== undefined) requireDuration(this, "decision", decision, "0 seconds", "7 days");
    for (const record of measured) this.requireRecord(record, parts);
    const declared: DeclaredRecovery = {
      path: this.node.path,
      of: of.node.path,
      takesRequests: isServiceGraph(of) && takesRequests(of),
      owner,
      decision:
        decision === undefined
          ? { value: "15 minutes", basis: "assumed", source: "5 minutes to answer, 10 to decide" }
          : { value: decision, basis: "configured", source: "stated as decision" },
      goals,
      // Read when the stack is written: a pattern may gain a way back after this line.
      get components() {
        return parts.map((part) => componentOf(part, here));
      },
      edges: edges.map(({ from, to, hard }) => ({ from: from.node.path, to: to.node.path, hard })),
      measured,
    };
    note(this, "recovery", declared);
    this.policy = resiliencyPolicy(this, goals);
  }

  private goalsOf(props: ObjectivesProps): DeclaredRecovery["goals"] {
    const goals = SCENARIOS.flatMap((scenario) => {
      const goal = props[scenario];
      return goal ? [[scenario, this.checked(scenario, goal)] as const] : [];
    });
    const mend = 'such as zone: { rto: "5 minutes", rpo: "0 seconds" }';
    if (goals.length === 0)
      refuse(this, { prop: "zone", must: "be given, or another objective", got: undefined, mend });
    return Object.fromEntries(goals);
  }

  private checked(scenario: string, { rto, rpo, detection }: Objective): RecoveryGoal {
    requireDuration(this, `${scenario}.rto`, rto, "0 seconds", "365 days");
    requireDuration(this, `${scenario}.rpo`, rpo, "0 seconds", "365 days");
    if (detection === undefined) return { rto, rpo };
    requireDuration(this, `${scenario}.detection`, detection, "0 seconds", "365 days");
    return { rto, rpo, detection };
  }

  private requireRecord(record: Measurement, parts: readonly IConstruct[]): void {
    const { construct, mechanism, on, evidence, rto, rpo, gibPerHour } = record;
    requireForm(this, "measured.on", on, /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, "a day, YYYY-MM-DD");
    if (!evidence?.trim()) refuse(this, { prop: "measured.evidence", must: "say where it is recorded", got: evidence });
    for (const [prop, value] of Object.entries({ rto, rpo })) {
      if (value !== undefined) requireDuration(this, `measured.${prop}`, value, "0 seconds", "365 days");
    }
    if (gibPerHour !== undefined && !(gibPerHour > 0)) {
      refuse(this, { prop: "measured.gibPerHour", must: "be above 0", got: gibPerHour });
    }
    if (rto === undefined && rpo === undefined && gibPerHour === undefined) {
      refuse(this, { prop: "measured", must: "hold rto, rpo or gibPerHour", got: record });
    }
    const known = parts.some((part) => part.node.path === construct || part.node.path.endsWith(`/${construct}`));
    const paths = parts.map(({ node }) => node.path);
    if (!known) refuse(this, { prop: "measured.construct", must: `be one of ${paths.join(", ")}`, got: construct });
    if (!mechanism?.trim()) refuse(this, { prop: "measured.mechanism", must: "name a mechanism", got: mechanism });
  }
}

/** A service whose name leads to another one takes requests where that one does. */
function takesRequests({ entrance, needs }: ServiceGraph): boolean {
  return entrance !== undefined || needs.some((each) => isServiceGraph(each) && takesRequests(each));
}

/** What stands in another stack is written there: an address here would be that of something else. */
function componentOf(construct: IConstruct, here: TerraformStack): RecoveringComponent {
  requireSound(construct, "recovers", "protects", "fence");
  const protects = isStateful(construct) ? construct.protects : [];
  const stack = TerraformStack.of(construct);
  const component = {
    path: construct.node.path,
    is: construct.constructor.name,
    holdsData: protects.some(({ backUp }) => backUp === true),
    recovers: recoveriesOf(construct) ?? {},
    ...(isFenceable(construct) && { fence: construct.fence }),
  };
  return stack === here ? component : (new Elements(stack).written(component) as RecoveringComponent);
}
