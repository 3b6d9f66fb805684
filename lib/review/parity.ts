import { isKeyThere } from "./parity-keys";
import { Inventory, Own, Side } from "./parity-sides";
import { ResourceConfig, pathOf } from "./rule";

/** What a standby must have of its primary to take over. */
interface Counterpart {
  /** What it is, for people. */
  readonly what: string;
  /** An attribute in which the standby must not be less, since it must carry the same load. @default - it must be there */
  readonly atLeast?: string;
  /** Attributes that must be the same, or it is another thing of the same name. @default - none */
  readonly same?: readonly string[];
  /** An attribute that names something of one region: the same value in another one names nothing. @default - none */
  readonly ofOneRegion?: string;
  /** Whether something of the primary stands in the other region already. @default - by its `region` */
  readonly replicated?: (own: Own, region: string) => boolean;
}

/**
 * What is compared. Data is not: what of it is where, each store declares as a way back from the loss of the region.
 *
 * @see https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_config_drift.html
 */
const COUNTERPARTS: Readonly<Record<string, Counterpart>> = {
  aws_acm_certificate: { what: "certificate", same: ["domain_name"] },
  aws_appautoscaling_target: { what: "capacity", atLeast: "max_capacity" },
  aws_autoscaling_group: { what: "capacity", atLeast: "max_size" },
  aws_ecr_repository: { what: "image repository", replicated: hasSameNameThere },
  aws_ecs_service: { what: "service" },
  aws_kms_key: { what: "key", replicated: isKeyThere },
  aws_lambda_function: { what: "function", same: ["memory_size"] },
  aws_launch_template: { what: "image", ofOneRegion: "image_id", same: ["instance_type"] },
  aws_lb: { what: "load balancer" },
  aws_secretsmanager_secret: { what: "secret", replicated: hasReplica },
  aws_servicequotas_service_quota: { what: "quota", atLeast: "value", same: ["service_code", "quota_code"] },
  aws_sns_topic: { what: "topic" },
  aws_sqs_queue: { what: "queue" },
  aws_ssm_parameter: { what: "parameter" },
};

/** What counts wherever it stands, also in stacks that are neither primary nor standby. */
export const REPLICAS: readonly string[] = ["aws_ecr_repository", "aws_kms_replica_key"];

/** Something that the standby lacks. */
export interface Lack {
  /** The Terraform address. */
  readonly address: string;
  /** The construct path below the stack, where the plan says it. */
  readonly at: string;
  /** What is wrong, so that it reads after "the standby". */
  readonly why: string;
}

/**
 * What a standby lacks of its primary: things that are not there, too small, others, or of the region that may be lost.
 * Replicas may also stand in other stacks.
 */
export function lacks(primary: Side, standby: Side, others: readonly Side[] = []): Lack[] {
  const sides = [primary, standby, ...others];
  const missing = Object.entries(COUNTERPARTS).flatMap(([type, counterpart]) =>
    Object.entries(primary.resources[type] ?? {}).flatMap(([name, config]) => {
      const own = { address: `${type}.${name}`, config, primary, sides };
      if (isThere(counterpart, own, standby.region)) return [];
      const why = fault(counterpart, config, standby.resources[type]?.[name]);
      return why === undefined ? [] : [lack(own.address, config, why)];
    }),
  );
  return [...missing, ...foreign(primary.region, standby.resources)];
}

function isThere({ replicated }: Counterpart, own: Own, region: string): boolean {
  return own.config.region === region || (replicated?.(own, region) ?? false);
}

function hasReplica({ config }: Own, region: string): boolean {
  return Array.isArray(config.replica) && config.replica.some((each: ResourceConfig) => each.region === region);
}

/** ECR replicates images to the repository of the same name. */
function hasSameNameThere({ config, sides }: Own, region: string): boolean {
  return sides.some((side) =>
    Object.values(side.resources.aws_ecr_repository ?? {}).some(
      (other) => (other.region ?? side.region) === region && other.name === config.name,
    ),
  );
}

function fault(
  { what, atLeast, same = [], ofOneRegion }: Counterpart,
  own: ResourceConfig,
  other?: ResourceConfig,
): string | undefined {
  if (!other) return `has no such ${what}`;
  if (atLeast !== undefined && Number(other[atLeast]) < Number(own[atLeast])) {
    return `has a ${what} of ${other[atLeast]} instead of ${own[atLeast]} (${atLeast})`;
  }
  const differs = same.find((name) => isKnown(own[name]) && isKnown(other[name]) && own[name] !== other[name]);
  if (differs !== undefined) return `has ${other[differs]} instead of ${own[differs]} (${differs} of the ${what})`;
  const value = ofOneRegion === undefined ? undefined : own[ofOneRegion];
  const named = isKnown(value) && value === other[ofOneRegion as string];
  return named ? `names the ${what} ${value}, which is there only in the region of the primary` : undefined;
}

function isKnown(value: unknown): boolean {
  return value !== undefined && !String(value).includes("${");
}

/** What the standby names of the region that may be lost: images in its registry, secrets, keys, topics. */
function foreign(region: string, resources: Inventory): Lack[] {
  const ofRegion = new RegExp(`arn:[\\w-]+:[\\w-]+:${region}:[^"\\s]+|\\d{12}\\.dkr\\.ecr\\.${region}\\.[^"\\s]+`);
  return Object.entries(resources).flatMap(([type, named]) =>
    Object.entries(named).flatMap(([name, config]) => {
      const [found] = ofRegion.exec(JSON.stringify(config).replaceAll("\\", "")) ?? [];
      const why = `names ${found}, which is there only in the region of the primary`;
      return found === undefined ? [] : [lack(`${type}.${name}`, config, why)];
    }),
  );
}

function lack(address: string, config: ResourceConfig, why: string): Lack {
  const below = pathOf(config)?.split("/").slice(1).join("/");
  return { address, at: below?.replace(/\/Resource$/, "") ?? address.split(".")[1], why };
}
