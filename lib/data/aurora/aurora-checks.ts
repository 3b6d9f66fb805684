import { Construct } from "constructs";
import {
  requireBetween,
  requireDuration,
  requireForm,
  requireKnown,
  requireThat,
  requireWhole,
} from "../../core/guard";
import { requireAbroad } from "../../core/place";
import { AuroraProps, ServerlessCapacity } from "./aurora-props";
import { isBurstable, memoryOf } from "../rds/instance-classes";
import { requirePassword } from "../rds/rds-password";

/** GiB of memory that one Aurora capacity unit has, about. */
const GIB_PER_UNIT = 2;

/** The class of every instance of a cluster, and its memory at full scale; refuses what Aurora has not. */
export function computeOf(
  scope: Construct,
  props: AuroraProps,
): { readonly instanceClass: string; readonly memoryGib: number } {
  const { serverless, instanceClass = "db.r7g.large", engine, globalWith } = props;
  if (serverless) {
    const got = props.instanceClass;
    const mend = "an instance class has a fixed size: leave one of them out";
    requireThat(scope, got === undefined, { prop: "instanceClass", must: "be left out with serverless", got, mend });
    requireServerless(scope, serverless);
    return { instanceClass: "db.serverless", memoryGib: GIB_PER_UNIT * serverless.maxCapacity };
  }
  const form = "a class that Aurora has: db.r, db.x or db.t";
  requireForm(scope, "instanceClass", instanceClass, /^db\.(r|x|t)\d\w*\.\w+$/, form, "such as db.r7g.large");
  const burstable = isBurstable(instanceClass);
  requireThat(scope, !burstable || engine === "postgresql", {
    prop: "instanceClass",
    must: "be no burstable class for MySQL: Performance Insights does not run there",
    got: instanceClass,
    mend: "take serverless: { minCapacity: 0.5, maxCapacity: 2 } where little is needed",
  });
  requireThat(scope, !burstable || !globalWith, {
    prop: "instanceClass",
    must: "be no burstable class with globalWith",
    got: instanceClass,
    mend: "a global database runs on db.r or on serverless",
  });
  return { instanceClass, memoryGib: memoryOf(scope, instanceClass, props.memoryGib) };
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html */
function requireServerless(scope: Construct, { minCapacity, maxCapacity }: ServerlessCapacity): void {
  for (const [name, got] of Object.entries({ minCapacity, maxCapacity })) {
    const prop = `serverless.${name}`;
    requireKnown(scope, prop, got);
    requireBetween(scope, prop, got, name === "minCapacity" ? 0.5 : Math.max(1, minCapacity), 256);
    requireThat(scope, Number.isInteger(2 * got), { prop, must: "be a multiple of 0.5", got });
  }
}

/** Refuses readers that Aurora does not take, or that scaling cannot work with. */
export function requireReaders(scope: Construct, readers: number, scaling: AuroraProps["readerScaling"]): void {
  requireKnown(scope, "readers", readers);
  requireWhole(scope, "readers", readers, 0, 15);
  if (!scaling) return;
  const { max, targetCpu = 60 } = scaling;
  const mend = "readers are scaled by the CPU of those that are there";
  requireThat(scope, readers > 0, { prop: "readers", must: "be at least 1 with readerScaling", got: readers, mend });
  requireWhole(scope, "readerScaling.max", max, readers + 1, 15);
  requireBetween(scope, "readerScaling.targetCpu", targetCpu, 20, 90);
}

/**
 * Seconds that a cluster can be wound back, or nothing.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Backtrack.html
 */
export function backtrackSeconds(scope: Construct, props: AuroraProps): number | undefined {
  const { engine, backtrack, globalWith, logicalReplication = false } = props;
  const able = engine === "mysql" && !globalWith && !logicalReplication;
  const asked = backtrack ?? (able ? "1 day" : "never");
  if (asked === "never") return undefined;
  requireThat(scope, able, {
    prop: "backtrack",
    must: `be "never" for PostgreSQL, with globalWith and with logicalReplication`,
    got: backtrack,
    mend: "a restore to a point in time works for every cluster",
  });
  return requireDuration(scope, "backtrack", asked, "1 second", "3 days");
}

/** Refuses a second region that is none. */
export function requireGlobal(scope: Construct, props: AuroraProps): void {
  if (props.globalWith) {
    const { instances = 1 } = props.globalWith;
    requireAbroad(scope, "globalWith", props.globalWith, "a copy beside the original is lost with it");
    requireWhole(scope, "globalWith.instances", instances, 0, 16);
  }
  requirePassword(scope, props, { prop: "globalWith", follows: props.globalWith !== undefined });
}
