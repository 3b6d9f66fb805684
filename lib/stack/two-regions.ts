import { TerraformStack } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { isRecoverable, isScalable, isStateful } from "../core/declarations";
import { seconds } from "../core/duration";
import { refuse, requireForm, requireThat } from "../core/guard";
import { requireKind, requireProps } from "../core/props";
import { Recovery } from "../core/recovery";
import { Waiver } from "../core/waiver";
import { giveWayBack } from "../core/ways-back";
import { REGION } from "../core/place";
import { StateStore } from "../state/remote-state";
import { Parity } from "./parity";
import { Provided, provide } from "./provide";
import { Strategy } from "./strategy";

/** Which of two regions a stack is for. */
export type RegionRole = "primary" | "standby";

/** What a stack of one of two regions is made with. */
export interface Here {
  readonly region: string;
  readonly role: RegionRole;
  /** The share of the load that it is made for. */
  readonly share: number;
}

/** What {@link twoRegions} is told. */
export interface TwoRegionsProps {
  /** The id of the primary stack; that of the standby is followed by its region. */
  readonly name: string;
  readonly environment: Provided;
  readonly standby: {
    readonly region: string;
    /** Where its state is kept: not in the region that may be lost. @default - as the environment's, which is refused */
    readonly state?: StateStore;
  };
  readonly strategy: Strategy;
  /** What the standby does without, by its path below the stack, and why. @default - nothing */
  readonly without?: Readonly<Record<string, Waiver>>;
}

/** What was made in each region. */
export interface TwoRegions<T, S = T> {
  readonly primary: T;
  /** @default - there is none: it is rebuilt from the plans */
  readonly standby?: S;
}

/** Fills the stack of one region. */
type Make<T> = (stack: TerraformStack, here: Here) => T;

/** Fills the stack of the standby. Of the primary it may take what is known at synthesis, and no reference. */
type MakeStandby<T, S> = (stack: TerraformStack, here: Here, primary: T) => S;

/**
 * The same service in two regions, each a stack with a state of its own: the standby is applied, and taken over to,
 * without anything of the region that was lost. Both are made alike, or the standby by `makeStandby`.
 *
 * What holds no data gets a way back from the loss of the region, by the strategy; stores must have one themselves (a
 * replica, a copy). So must a secret and images, where nothing stands ready: made anew they would be empty. `Objectives`
 * judges whether that is fast enough. What the standby lacks of the primary fails.
 *
 * @throws where the regions are the same, or the share does not fit the strategy
 */
export function twoRegions<T>(scope: Construct, props: TwoRegionsProps, make: Make<T>): TwoRegions<T>;
export function twoRegions<T, S>(
  scope: Construct,
  props: TwoRegionsProps,
  make: Make<T>,
  makeStandby: MakeStandby<T, S>,
): TwoRegions<T, S>;
export function twoRegions<T>(
  scope: Construct,
  props: TwoRegionsProps,
  make: Make<T>,
  makeStandby: MakeStandby<T, unknown> = make,
): TwoRegions<T, unknown> {
  requireKind("twoRegions", "scope", scope, "construct");
  requireProps("twoRegions", props, "TwoRegionsProps");
  requireKind("twoRegions", "make", make, "function");
  requireKind("twoRegions", "makeStandby", makeStandby, "function");
  const { name, environment, standby, strategy, without } = props;
  requireForm(scope, "standby.region", standby.region, REGION, "a region such as eu-central-1");
  const apart = standby.region !== environment.region;
  requireThat(scope, apart, {
    prop: "standby.region",
    must: "be another region than the primary",
    got: standby.region,
  });
  requireShare(scope, strategy);

  const first = new TerraformStack(scope, name);
  provide(first, environment);
  const primary = make(first, { region: environment.region, role: "primary", share: 1 });
  if (!strategy.standsReady) {
    const back = { ...rebuilt(strategy, standby.region), steps: rebuildSteps(name, standby.region) };
    const anew = recoverable(first).filter((construct) => !isNoUseEmpty(construct));
    for (const construct of anew) giveWayBack(construct, "region", back);
    return { primary };
  }
  const { region, state = environment.state } = standby;
  const second = new TerraformStack(scope, `${name}-${region}`);
  provide(second, { ...environment, region, state });
  const parity = new Parity(second, "parity", { of: first, without });
  parity.judgeState(environment, state);
  const made = makeStandby(second, { region, role: "standby", share: strategy.share }, primary);
  for (const construct of recoverable(first)) standIn(construct, second, strategy, region);
  return { primary, standby: made };
}

function requireShare(scope: Construct, { name, share }: Strategy): void {
  if (name !== "warm standby" || (share > 0 && share < 1)) return;
  const mend = "0 is a pilot light, 1 is active-active";
  refuse(scope, { prop: "strategy.share", must: "be above 0 and below 1 for a warm standby", got: share, mend });
}

/** What comes back by being there again: it holds no data that it would have to bring. */
function recoverable(stack: TerraformStack): IConstruct[] {
  return stack.node.findAll().filter((construct) => isRecoverable(construct) && !holdsData(construct));
}

function holdsData(construct: IConstruct): boolean {
  return isStateful(construct) && construct.protects.some(({ backUp }) => backUp === true);
}

/** Made anew it would hold nothing; a counterpart in a standby has what it holds. */
function isNoUseEmpty(construct: IConstruct): boolean {
  return isStateful(construct) && construct.protects.some(({ needed }) => needed ?? false);
}

/** Gives a construct the way back that its counterpart in the other region is. */
function standIn(construct: IConstruct, standby: TerraformStack, strategy: Strategy, region: string): void {
  const path = construct.node.path.split("/").slice(TerraformStack.of(construct).node.path.split("/").length);
  const other = path.reduce<IConstruct | undefined>((node, id) => node?.node.tryFindChild(id), standby);
  if (!other) return;
  const steps = strategy.terms.selfHealing ? lookSteps(other, region) : switchOnSteps(standby.node.id);
  giveWayBack(construct, "region", { ...rebuilt(strategy, region), ...growth(other, strategy), steps });
}

/** One apply brings back all that the plan holds: who follows the plan does it at the first of its constructs. */
const ONCE = "Has it been done for another part of the service? Then only wait until this one is there.";

function rebuildSteps(stack: string, region: string): string[] {
  return [
    ONCE,
    `Set the region of the environment to ${region}, and its state to a bucket that stands there.`,
    `Synthesize and apply, with the stacks that it needs first: \`cdktf deploy ${stack}\`.`,
  ];
}

/** What serves there already has alarms there. */
function lookSteps(other: IConstruct, region: string): string[] {
  const on = `aws cloudwatch describe-alarms --region ${region} --alarm-types MetricAlarm CompositeAlarm --state-value ALARM --query '[MetricAlarms,CompositeAlarms][].[AlarmName,StateUpdatedTimestamp]' --output text`;
  return [
    `Nothing has to be done: \`${other.node.path}\` serves in ${region}. What is on there? \`${on}\`.`,
    "It does not carry the load at the end of its time: say so in the channel, and go by the runbook of what is on.",
  ];
}

function switchOnSteps(stack: string): string[] {
  return [
    ONCE,
    "Give the standby the whole share in its environment, so that what is switched off is switched on.",
    `Synthesize and apply: \`cdktf deploy ${stack}\`.`,
  ];
}

function rebuilt({ terms }: Strategy, region: string): Recovery {
  const { mechanism, rto, selfHealing } = terms;
  return {
    mechanism: `${mechanism} in ${region}`,
    rto,
    rpo: { value: "0 seconds", basis: "configured", source: "it holds no data" },
    selfHealing,
  };
}

/**
 * A standby that is smaller grows to the load that comes to it, as it says; one that says nothing, and one that is switched
 * on, as it replaces what it lost.
 */
function growth(other: IConstruct, { share }: Strategy): Pick<Recovery, "scaleUp"> {
  if (share === 1 || !isRecoverable(other)) return {};
  if (share > 0 && isScalable(other)) return { scaleUp: other.grows };
  const ways = other.recovers.instance ?? [];
  const slowest = [...ways].sort((a, b) => seconds(b.rto.value) - seconds(a.rto.value))[0];
  if (!slowest) return {};
  return { scaleUp: { ...slowest.rto, source: `as long as ${slowest.mechanism}: ${slowest.rto.source}` } };
}
