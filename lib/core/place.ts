import { Token } from "cdktf";
import { IConstruct } from "constructs";
import { refuse, requireForm, requireOneOf } from "./guard";
import { ZONE_LETTERS } from "./zones";
import { Zone } from "./network";

/** Where a stack is deployed. */
export interface Place {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  /** @default - by the region: `aws`, `aws-cn` or `aws-us-gov` */
  readonly partition?: string;
}

const KEY = "sre-constructs/place";
const PARTITIONS = ["aws", "aws-cn", "aws-us-gov"];

/** Says where a scope is deployed; call it before the scope has children. `provide` does. */
export function setPlace(scope: IConstruct, place: Place): void {
  requireForm(scope, "account", place.account, /^\d{12}$/, "twelve digits");
  requireForm(scope, "region", place.region, /^[a-z]{2}(-[a-z]+)+-\d$/, "a region such as eu-west-1");
  const { partition = partitionOf(place.region) } = place;
  requireOneOf(scope, "partition", partition, PARTITIONS);
  scope.node.setContext(KEY, { ...place, partition });
}

function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/**
 * Where a scope is deployed.
 *
 * @throws where nobody has said so
 */
export function placeOf(scope: IConstruct): Required<Place> {
  const place = scope.node.tryGetContext(KEY) as Required<Place> | undefined;
  if (place) return place;
  return refuse(scope, {
    prop: "place",
    must: "be known",
    got: undefined,
    mend: "call provide(stack, environment), or setPlace(stack, { account, region }), before the stack has children",
  });
}

/**
 * The first zones of the region that a scope stands in, from a table: never from a data source, whose order can change
 * under a running service.
 *
 * @throws where the region is not in the table or has fewer zones
 */
export function zonesOf(scope: IConstruct, count: number): Zone[] {
  const { region } = placeOf(scope);
  const letters = ZONE_LETTERS[region];
  if (letters === undefined) {
    const mend = `name the zones, such as zones: ["${region}a", "${region}b"]`;
    return refuse(scope, { prop: "zones", must: "be given where the region is not in the table", got: region, mend });
  }
  if (letters.length < count) {
    const must = `be at most ${letters.length} in ${region}`;
    return refuse(scope, { prop: "zones", must, got: count, mend: "lower the posture's zones or name the zones" });
  }
  return [...letters].slice(0, count).map((letter) => region + letter);
}

/** The ARN of something in the account and region of a scope. */
export function arnOf(scope: IConstruct, service: string, resource: string): string {
  const { partition, region, account } = placeOf(scope);
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}

/** Whether a value is written out at synthesis. */
export function isKnown(value: unknown): boolean {
  return value !== undefined && !Token.isUnresolved(value);
}
