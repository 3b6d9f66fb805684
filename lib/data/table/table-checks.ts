import { Construct } from "constructs";
import { refuse, requireForm, requireOneOf, requireThat, requireWhole } from "../../core/guard";
import { placeOf, requireOtherRegion } from "../../core/place";
import { CapacityRange, KeyAttribute, OPERATIONS, Operation, TARGET_PERCENT, TableProps } from "./table-props";

/**
 * Regions that a strongly consistent table may span: all of one row.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html
 */
const STRONG_REGIONS: readonly (readonly string[])[] = [
  ["us-east-1", "us-east-2", "us-west-2"],
  ["eu-west-1", "eu-west-2", "eu-west-3", "eu-central-1"],
  ["ap-northeast-1", "ap-northeast-2", "ap-northeast-3"],
];

const ATTRIBUTE = /^[\s\S]{1,255}$/;

/**
 * Attributes that an index can be told to hold beside its keys.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
 */
const MOST_PROJECTED = 100;

/** Metrics that one alarm can hold; each index has one of its own. */
const MOST_INDEXES = 10;

/** Refuses what DynamoDB would refuse in the middle of an apply. */
export function requireTable(scope: Construct, props: TableProps, operations: readonly Operation[]): void {
  requireWhole(scope, "operations", operations.length, 1, 3, "an alarm on their errors holds ten metrics");
  for (const operation of operations) requireOneOf(scope, "operations", operation, OPERATIONS);
  const each = { prop: "operations", must: "name each once", got: operations };
  requireThat(scope, new Set(operations).size === operations.length, each);
  const { ttlAttribute = "none" } = props;
  requireForm(scope, "ttlAttribute", ttlAttribute, ATTRIBUTE, "a name of 1 to 255 characters");
  requireIndexes(scope, props);
  requireCapacity(scope, props);
  requireReplicas(scope, props);
}

/** Every attribute that is a key of the table or of an index, once; refuses one of two types. */
export function keyAttributes(scope: Construct, { partitionKey, sortKey, indexes = {} }: TableProps): KeyAttribute[] {
  const keys = [{ partitionKey, sortKey }, ...Object.values(indexes)];
  for (const { partitionKey: hash, sortKey: range } of keys) {
    const what = { prop: "sortKey", must: "be another attribute than the partition key", got: range?.name };
    requireThat(scope, hash.name !== range?.name, what);
  }
  const found = new Map<string, KeyAttribute>();
  for (const attribute of keys.flatMap((key) => [key.partitionKey, key.sortKey ?? []].flat())) {
    requireForm(scope, "partitionKey", attribute.name, ATTRIBUTE, "a name of 1 to 255 characters");
    requireOneOf(scope, "partitionKey", attribute.type, ["S", "N", "B"]);
    const other = found.get(attribute.name);
    const must = `be of one type wherever it is a key`;
    const got = `${attribute.name} as ${other?.type} and ${attribute.type}`;
    requireThat(scope, !other || other.type === attribute.type, { prop: "indexes", must, got });
    found.set(attribute.name, attribute);
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Refuses indexes that DynamoDB would refuse, or that nobody could watch. */
function requireIndexes(scope: Construct, { indexes = {}, provisioned }: TableProps): void {
  const names = Object.keys(indexes);
  for (const name of names)
    requireForm(scope, "indexes", name, /^[\w.-]{3,255}$/, "named by 3 to 255 of A-Z a-z 0-9 _ . -");
  for (const [name, { projects }] of Object.entries(indexes)) {
    if (!Array.isArray(projects)) continue;
    const prop = `indexes.${name}.projects`;
    requireWhole(scope, prop, projects.length, 1, MOST_PROJECTED, "KEYS_ONLY holds no others, ALL holds each");
    const once = new Set(projects).size === projects.length;
    requireThat(scope, once, { prop, must: "name each once", got: projects });
  }
  requireWhole(scope, "indexes", names.length, 0, MOST_INDEXES, "an alarm on them holds ten metrics");
  requireThat(scope, provisioned === undefined || names.length === 0, {
    prop: "provisioned",
    must: "be left out of a table with indexes",
    got: names,
    mend: "on demand an index follows the load by itself; here each apply would set its capacity back",
  });
}

/** Refuses capacity that DynamoDB would refuse, or that Terraform and the service would fight over. */
function requireCapacity(scope: Construct, { provisioned, onDemandLimit, replicas = [] }: TableProps): void {
  requireThat(scope, provisioned === undefined || onDemandLimit === undefined, {
    prop: "onDemandLimit",
    must: "be left out where capacity is provisioned",
    got: onDemandLimit,
  });
  requireThat(scope, provisioned === undefined || replicas.length === 0, {
    prop: "provisioned",
    must: "be left out of a table with replicas",
    got: replicas,
    mend: "on demand each region follows its own load, and that of another one when it is lost",
  });
  for (const [name, units] of Object.entries(onDemandLimit ?? {})) {
    requireWhole(scope, `onDemandLimit.${name}`, units, 1, Infinity);
  }
  if (!provisioned) return;
  for (const kind of ["reads", "writes"] as const) requireRange(scope, `provisioned.${kind}`, provisioned[kind]);
  requireWhole(scope, "provisioned.target", provisioned.target ?? TARGET_PERCENT, 20, 90);
}

function requireRange(scope: Construct, prop: string, { min, max }: CapacityRange): void {
  requireWhole(scope, `${prop}.min`, min, 1, Infinity);
  requireWhole(scope, `${prop}.max`, max, min, Infinity);
}

/** Refuses regions that DynamoDB would refuse, and what a table over several of them cannot have. */
function requireReplicas(scope: Construct, props: TableProps): void {
  const { replicas = [], consistency = "eventual", witness, stream, ttlAttribute } = props;
  requireOneOf(scope, "consistency", consistency, ["eventual", "strong"]);
  for (const other of [...replicas, witness ?? []].flat()) {
    requireOtherRegion(scope, "replicas", other, "a replica beside the original is lost with it");
  }
  const all = [placeOf(scope).region, ...replicas, witness ?? []].flat();
  const once = new Set(all).size === all.length;
  requireThat(scope, once, { prop: "replicas", must: "name each region once", got: all.slice(1) });
  if (consistency === "strong") requireStrong(scope, all, props);
  else if (witness !== undefined) {
    refuse(scope, {
      prop: "witness",
      must: "be left out of an eventual table",
      got: witness,
      mend: `consistency: "strong"`,
    });
  } else if (replicas.length > 0 && stream !== undefined && stream !== "NEW_AND_OLD_IMAGES") {
    refuse(scope, { prop: "stream", must: "be NEW_AND_OLD_IMAGES where replicas are fed by it", got: stream });
  }
  requireThat(scope, consistency === "eventual" || ttlAttribute === undefined, {
    prop: "ttlAttribute",
    must: "be left out of a strong table",
    got: ttlAttribute,
    mend: "DynamoDB deletes by age in eventual tables only",
  });
}

function requireStrong(scope: Construct, regions: readonly string[], { replicas = [], witness }: TableProps): void {
  requireThat(scope, regions.length === 3 && replicas.length >= 1, {
    prop: "replicas",
    must: "make three regions of a strong table: this one, and two replicas or a replica and a witness",
    got: { replicas, witness },
  });
  requireThat(
    scope,
    STRONG_REGIONS.some((row) => regions.every((region) => row.includes(region))),
    {
      prop: "replicas",
      must: `be of one set of regions: ${STRONG_REGIONS.map((row) => row.join(", ")).join("; or ")}`,
      got: regions,
    },
  );
}
