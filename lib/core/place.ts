import { TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { refuse, requireForm, requireKnown, requireOneOf, requireThat } from "./guard";
import { ZONE_LETTERS } from "./zones";
import { Placement, Zone } from "./network";
import { requireProps } from "./props";

/** Where a stack is deployed. */
export interface Place {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  /** @default - by the region: `aws`, `aws-cn` or `aws-us-gov` */
  readonly partition?: string;
}

const CONTEXT = "sre-constructs/";
/** What a region looks like. */
export const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;
const PARTITIONS = ["aws", "aws-cn", "aws-us-gov"];

/**
 * Says where a scope is deployed; call it before the scope has children. `provide` does.
 *
 * @throws where account or region is malformed, or `scope` has children
 */
export function setPlace(scope: IConstruct, place: Place): void {
  requireProps(scope, place, "Place", "place");
  requireForm(scope, "account", place.account, /^\d{12}$/, "twelve digits");
  requireForm(scope, "region", place.region, REGION, "a region such as eu-west-1");
  requireOneOf(scope, "partition", place.partition ?? partitionOf(place.region), PARTITIONS);
  setEarly(scope, "place", { account: place.account, region: place.region, partition: place.partition });
}

/** Sets context, which its children would not see if they were there already. */
export function setEarly(scope: IConstruct, key: string, value: unknown): void {
  if (scope.node.children.length > 0) {
    const got = scope.node.children.map(({ node }) => node.id);
    refuse(scope, { prop: key, must: "be set before the scope has children", got, mend: "call it first" });
  }
  scope.node.setContext(CONTEXT + key, value);
}

/** Refuses what is no region, or the one that a scope stands in itself. */
export function requireOtherRegion(scope: IConstruct, prop: string, got: string, mend: string): void {
  requireKnown(scope, prop, got);
  requireForm(scope, prop, got, REGION, "a region such as eu-central-1");
  const { region } = placeOf(scope);
  requireThat(scope, got !== region, { prop, must: `be another region than ${region}`, got, mend });
}

/** Refuses another region that is none, and a network that does not stand there. */
export function requireAbroad(
  scope: IConstruct,
  prop: string,
  { region, network }: { readonly region: string; readonly network: Placement },
  mend: string,
): void {
  requireOtherRegion(scope, `${prop}.region`, region, mend);
  const got = Object.keys(network.zones);
  const stands = got.every((zone) => zone.startsWith(region));
  const there = "it takes a network of its own there: a Network of a stack in that region, or a literal";
  requireThat(scope, stands, { prop: `${prop}.network.zones`, must: `be zones of ${region}`, got, mend: there });
}

function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** What {@link setEarly} set on a scope or above it. */
export function early<T>(scope: IConstruct, key: string): T | undefined {
  return scope.node.tryGetContext(CONTEXT + key) as T | undefined;
}

/**
 * Where a scope is deployed: as {@link setPlace} says, else as the stack's AWS provider does by its `region` and its one
 * `allowed_account_ids`.
 *
 * @throws where neither says so
 */
export function placeOf(scope: IConstruct): Required<Place> {
  const place = knownPlace(scope);
  if (place) return place;
  const mend = "call provide(stack, environment), or give the AWS provider its region and allowedAccountIds";
  return refuse(scope, { prop: "place", must: "be known", got: undefined, mend });
}

/** The same, or nothing where nobody has said so. */
export function knownPlace(scope: IConstruct): Required<Place> | undefined {
  const place = early<Place>(scope, "place") ?? providedPlace(scope);
  return place && { ...place, partition: place.partition ?? partitionOf(place.region) };
}

/** By shape: the core knows no provider. */
function providedPlace(scope: IConstruct): Place | undefined {
  const provider = TerraformStack.of(scope)
    .allProviders()
    .find(({ terraformResourceType, alias }) => terraformResourceType === "aws" && alias === undefined);
  const { region, allowedAccountIds } = (provider ?? {}) as { region?: string; allowedAccountIds?: string[] };
  if (region === undefined || allowedAccountIds?.length !== 1) return undefined;
  return { region, account: allowedAccountIds[0] };
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
