import { Construct } from "constructs";
import { refuse, requireBetween, requireKnown } from "../../core/guard";

/** What thresholds are computed from. */
export interface InstanceSize {
  readonly vcpus: number;
  readonly memoryGib: number;
}

/**
 * GiB of memory a vCPU in each family of RDS instance classes.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Summary.html
 */
const MEMORY_PER_VCPU: Readonly<Record<string, number>> = {
  c6gd: 2,
  m5: 4,
  m5d: 4,
  m6g: 4,
  m6gd: 4,
  m6i: 4,
  m6id: 4,
  m6idn: 4,
  m7g: 4,
  m7i: 4,
  m8g: 4,
  r5: 8,
  r5d: 8,
  r6g: 8,
  r6gd: 8,
  r6i: 8,
  r6id: 8,
  r6idn: 8,
  r7g: 8,
  r7i: 8,
  r8g: 8,
  x2iedn: 32,
};

/** vCPUs of each size, for the families above (same source). */
const VCPUS: Readonly<Record<string, number>> = {
  large: 2,
  xlarge: 4,
  "2xlarge": 8,
  "4xlarge": 16,
  "8xlarge": 32,
  "12xlarge": 48,
  "16xlarge": 64,
  "24xlarge": 96,
  "32xlarge": 128,
};

/** Burstable classes, which follow no ratio (same source). */
const BURSTABLE: Readonly<Record<string, InstanceSize>> = {
  micro: { vcpus: 2, memoryGib: 1 },
  small: { vcpus: 2, memoryGib: 2 },
  medium: { vcpus: 2, memoryGib: 4 },
  large: { vcpus: 2, memoryGib: 8 },
  xlarge: { vcpus: 4, memoryGib: 16 },
  "2xlarge": { vcpus: 8, memoryGib: 32 },
};

/** Whether a class earns CPU credits, and is slow when they are spent. */
export function isBurstable(instanceClass: string): boolean {
  return /^db\.t\d/.test(instanceClass);
}

/** Sizes that every family below comes in, smallest first. */
const LADDER = ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"];

/** The next larger class, for one that bursts of the family `steady`; nothing where none is known to be there. */
export function largerClass(instanceClass: string, steady: string): string | undefined {
  const [, family, size] = /^db\.([a-z0-9]+)\.(\w+)$/.exec(instanceClass) ?? [];
  if (isBurstable(instanceClass)) return `db.${steady}.${LADDER[LADDER.indexOf(size) + 1]}`;
  const next = LADDER[LADDER.indexOf(size) + 1];
  // The largest ones are not made in all of these sizes.
  const isTabled = MEMORY_PER_VCPU[family] < 32 && LADDER.includes(size);
  return isTabled && next !== undefined ? `db.${family}.${next}` : undefined;
}

/**
 * The size of an instance class, from the table or as the caller states it.
 *
 * @throws where the class is in no table and its size is not stated
 */
export function sizeOf(scope: Construct, instanceClass: string, stated: Partial<InstanceSize>): InstanceSize {
  const { vcpus } = stated;
  requireKnown(scope, "vcpus", vcpus);
  if (vcpus !== undefined) requireBetween(scope, "vcpus", vcpus, 1, 448);
  return {
    memoryGib: memoryOf(scope, instanceClass, stated.memoryGib),
    vcpus: vcpus ?? tabled(instanceClass)?.vcpus ?? unknown(scope, instanceClass),
  };
}

/**
 * The memory of an instance class in GiB, from the table or as the caller states it.
 *
 * @throws where the class is in no table and its memory is not stated
 */
export function memoryOf(scope: Construct, instanceClass: string, memoryGib?: number): number {
  requireKnown(scope, "memoryGib", memoryGib);
  if (memoryGib !== undefined) requireBetween(scope, "memoryGib", memoryGib, 0.5, 4096);
  return memoryGib ?? tabled(instanceClass)?.memoryGib ?? unknown(scope, instanceClass);
}

function unknown(scope: Construct, instanceClass: string): never {
  return refuse(scope, {
    prop: "instanceClass",
    must: "be in the table of instance classes where its size is not stated",
    got: instanceClass,
    mend: "state memoryGib and vcpus (thresholds are computed from them), or take a class such as db.r7g.large",
  });
}

function tabled(instanceClass: string): InstanceSize | undefined {
  const [, family, size] = /^db\.([a-z0-9]+)\.(\w+)$/.exec(instanceClass) ?? [];
  if (isBurstable(instanceClass)) return BURSTABLE[size];
  const vcpus = VCPUS[size];
  const ratio = MEMORY_PER_VCPU[family];
  return vcpus && ratio ? { vcpus, memoryGib: vcpus * ratio } : undefined;
}
