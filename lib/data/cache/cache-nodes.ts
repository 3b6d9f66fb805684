import { Construct } from "constructs";
import { refuse, requireBetween, requireKnown } from "../../core/guard";

/** What one node has. */
export interface NodeSize {
  readonly memoryGib: number;
  readonly vcpus: number;
}

/** GiB that ElastiCache gives a node for engine and data, by size. */
type Memory = Readonly<Record<string, number>>;

const GENERAL: Memory = {
  large: 6.38,
  xlarge: 12.93,
  "2xlarge": 26.04,
  "4xlarge": 52.26,
  "8xlarge": 103.68,
  "12xlarge": 157.12,
  "16xlarge": 209.55,
};

const MEMORY_OPTIMISED: Memory = {
  large: 13.07,
  xlarge: 26.32,
  "2xlarge": 52.82,
  "4xlarge": 105.81,
  "8xlarge": 209.55,
  "12xlarge": 317.77,
  "16xlarge": 419.09,
};

const BURSTABLE: Memory = { micro: 0.5, small: 1.37, medium: 3.09 };

/**
 * Memory of each family of node types.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html#ParameterGroups.Redis.NodeSpecific
 */
const FAMILIES: Readonly<Record<string, Memory>> = {
  m6g: GENERAL,
  m7g: GENERAL,
  r6g: MEMORY_OPTIMISED,
  r7g: MEMORY_OPTIMISED,
  t3: BURSTABLE,
  t4g: BURSTABLE,
};

/**
 * vCPUs of each size.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html
 */
const VCPUS: Readonly<Record<string, number>> = {
  micro: 2,
  small: 2,
  medium: 2,
  large: 2,
  xlarge: 4,
  "2xlarge": 8,
  "4xlarge": 16,
  "8xlarge": 32,
  "12xlarge": 48,
  "16xlarge": 64,
};

/**
 * The size of a node type, from the table or as the caller states it.
 *
 * @throws where the type is in no table and its size is not stated
 */
export function nodeSize(scope: Construct, nodeType: string, stated: Partial<NodeSize>): NodeSize {
  const [, family, size] = /^cache\.([a-z0-9]+)\.(\w+)$/.exec(nodeType) ?? [];
  for (const [prop, got] of Object.entries({ memoryGib: stated.memoryGib, vcpus: stated.vcpus })) {
    requireKnown(scope, prop, got);
    if (got !== undefined) requireBetween(scope, prop, got, 0.5, 1024);
  }
  const memoryGib = stated.memoryGib ?? FAMILIES[family]?.[size];
  const vcpus = stated.vcpus ?? VCPUS[size];
  if (memoryGib !== undefined && vcpus !== undefined) return { memoryGib, vcpus };
  return refuse(scope, {
    prop: "nodeType",
    must: "be in the table of node types where its size is not stated",
    got: nodeType,
    mend: "state memoryGib and vcpus (thresholds are computed from them), or take a type such as cache.r7g.large",
  });
}

/** The next larger node type, one that does not burst; nothing where none is known to be there. */
export function largerNode(nodeType: string): string | undefined {
  const [, family, size] = /^cache\.([a-z0-9]+)\.(\w+)$/.exec(nodeType) ?? [];
  if (FAMILIES[family] === BURSTABLE) return "cache.m7g.large";
  const sizes = Object.keys(FAMILIES[family] ?? {});
  const next = sizes[sizes.indexOf(size) + 1];
  return sizes.includes(size) && next !== undefined ? `cache.${family}.${next}` : undefined;
}

/**
 * Per cent of the memory that is kept from data: a snapshot and a new replica take it while writes go on, and small nodes
 * swap without it.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/redis-memory-management.html
 */
export function reservedPercent(memoryGib: number): number {
  if (memoryGib < 1) return 50;
  return memoryGib < 2 ? 30 : 25;
}
