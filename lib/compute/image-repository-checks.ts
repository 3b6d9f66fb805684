import { Construct } from "constructs";
import { requireForm, requireThat, requireWhole } from "../core/guard";
import { placeOf, requireOtherRegion } from "../core/place";
import { isWaiver } from "../core/waiver";
import { requireKeyArn } from "../parts/key-arn";
import { UNTAGGED_DAYS, requireKeep } from "./image-lifecycle";
import { ImageRepositoryProps } from "./image-repository-props";

/** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
const NAME = /^(?=.{2,256}$)[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/;
/** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageTagMutabilityExclusionFilter.html */
const MUTABLE_TAG = /^(?=[\w.*-]{1,128}$)[^*]*(\*[^*]*){0,2}$/;
const PRINCIPAL = /^(\d{12}|arn:[\w-]+:iam::\d{12}:(root|(role|user)\/[\w+=,.@/-]+))$/;
const FUNCTION = /^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+$/;
/** Tags that may move, in one repository. */
const MOST_MUTABLE = 5;

/** Refuses what ECR would refuse in the middle of an apply, and what would delete an image that runs. */
export function requireImageRepository(scope: Construct, name: string, props: ImageRepositoryProps): void {
  const { keep = {}, replicateTo, mayErase = [], pulledBy = [], pushedBy = [] } = props;
  requireForm(scope, "name", name, NAME, "lower case letters and digits, with single . _ or / between them");
  if (replicateTo !== undefined) {
    requireOtherRegion(scope, "replicateTo", replicateTo, "a copy beside the original is lost with it");
  }
  requireKey(scope, props);
  requireMutableTags(scope, props);
  requireKeep(scope, keep);
  for (const [prop, who] of Object.entries({ pulledBy, pushedBy })) {
    for (const each of who) requireForm(scope, prop, each, PRINCIPAL, "an account by its 12 digits, a role or a user");
    requireOnce(scope, prop, who);
  }
  requireFunctions(scope, props);
  for (const role of mayErase) {
    requireForm(scope, "mayErase", role, /^arn:[\w-]+:iam::\d{12}:role\/.+$/, "the ARN of a role");
  }
}

function requireKey(scope: Construct, { key }: ImageRepositoryProps): void {
  if (key === undefined || isWaiver(key)) return;
  requireKeyArn(scope, "key", key);
  const { region } = placeOf(scope);
  requireThat(scope, key.split(":")[3] === region, { prop: "key", must: `be a key of ${region}`, got: key });
}

/** A tag that moves leaves an image without one, and what was started by it may still run. */
function requireMutableTags(scope: Construct, { mutableTags = [], untaggedDays }: ImageRepositoryProps): void {
  const prop = "mutableTags";
  const fits = mutableTags.length <= MOST_MUTABLE;
  requireThat(scope, fits, { prop, must: `be at most ${MOST_MUTABLE}`, got: mutableTags.length });
  requireOnce(scope, prop, mutableTags);
  for (const tag of mutableTags) {
    requireForm(scope, prop, tag, MUTABLE_TAG, "a tag with at most two *, such as dev-*");
    const mend = "name those that move; the others stay";
    requireThat(scope, !/^\*+$/.test(tag), { prop, must: "leave some tags that do not move", got: tag, mend });
  }
  const least = mutableTags.length > 0 ? UNTAGGED_DAYS : 1;
  const mend = least > 1 ? "what a moved tag leaves may still run, and start again" : undefined;
  if (untaggedDays !== undefined) requireWhole(scope, "untaggedDays", untaggedDays, least, 3650, mend);
}

function requireFunctions(scope: Construct, { pulledByFunctions = [], replicateTo }: ImageRepositoryProps): void {
  const prop = "pulledByFunctions";
  const regions = [placeOf(scope).region, ...(replicateTo === undefined ? [] : [replicateTo])];
  for (const arn of pulledByFunctions) {
    requireForm(scope, prop, arn, FUNCTION, "the ARN of a function without a version");
    const mend = "a function pulls in its own region";
    const stands = regions.includes(arn.split(":")[3]);
    requireThat(scope, stands, { prop, must: `stand in ${regions.join(" or ")}`, got: arn, mend });
  }
  requireOnce(scope, prop, pulledByFunctions);
}

function requireOnce(scope: Construct, prop: string, all: readonly string[]): void {
  requireThat(scope, new Set(all).size === all.length, { prop, must: "name each once", got: all });
}
