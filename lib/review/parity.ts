import { ResourceConfig } from "./rule";

/** Resources by type and name; a stack and its standby give the same names to the same things. */
export type Inventory = Readonly<Record<string, Readonly<Record<string, ResourceConfig>>>>;

/** What a standby must have of its primary to take over. */
interface Counterpart {
  /** What it is, for people. */
  readonly what: string;
  /** An attribute in which the standby must not be less, since it must carry the same load. @default - it must be there */
  readonly atLeast?: string;
  /** An attribute that names something of one region: the same value in another one names nothing. @default - none */
  readonly ofOneRegion?: string;
}

/**
 * What is compared. Data is not: what of it is where, each store declares as a way back from the loss of the region.
 *
 * @see https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_config_drift.html
 */
const COUNTERPARTS: Readonly<Record<string, Counterpart>> = {
  aws_acm_certificate: { what: "certificate" },
  aws_appautoscaling_target: { what: "capacity", atLeast: "max_capacity" },
  aws_autoscaling_group: { what: "capacity", atLeast: "max_size" },
  aws_ecr_repository: { what: "image repository" },
  aws_ecs_service: { what: "service" },
  aws_kms_key: { what: "key" },
  aws_launch_template: { what: "image", ofOneRegion: "image_id" },
  aws_lb: { what: "load balancer" },
  aws_secretsmanager_secret: { what: "secret" },
  aws_servicequotas_service_quota: { what: "quota", atLeast: "value" },
  aws_sns_topic: { what: "topic" },
  aws_sqs_queue: { what: "queue" },
};

/** The types that are compared. */
export const PARITY_TYPES = Object.keys(COUNTERPARTS);

/** Something that the standby lacks. */
export interface Lack {
  /** The Terraform address in the primary stack. */
  readonly address: string;
  /** The construct path below the stack, where the plan says it. */
  readonly at: string;
  /** What is wrong, so that it reads after "the standby". */
  readonly why: string;
}

/** What a standby lacks of its primary: things that are not there, too small, or of the other region. */
export function lacks(primary: Inventory, standby: Inventory): Lack[] {
  return PARITY_TYPES.flatMap((type) =>
    Object.entries(primary[type] ?? {}).flatMap(([name, config]) => {
      const why = fault(COUNTERPARTS[type], config, standby[type]?.[name]);
      return why === undefined ? [] : [{ address: `${type}.${name}`, at: pathOf(config) ?? name, why }];
    }),
  );
}

function fault(
  { what, atLeast, ofOneRegion }: Counterpart,
  own: ResourceConfig,
  other?: ResourceConfig,
): string | undefined {
  if (!other) return `has no such ${what}`;
  if (atLeast !== undefined && Number(other[atLeast]) < Number(own[atLeast])) {
    return `has a ${what} of ${other[atLeast]} instead of ${own[atLeast]} (${atLeast})`;
  }
  const value = ofOneRegion === undefined ? undefined : own[ofOneRegion];
  const same = typeof value === "string" && !value.includes("${") && value === other[ofOneRegion as string];
  return same ? `names the ${what} ${value}, which is there only in the region of the primary` : undefined;
}

function pathOf(config: ResourceConfig): string | undefined {
  const { metadata } = (config["//"] ?? {}) as { metadata?: { path?: string } };
  return metadata?.path
    ?.split("/")
    .slice(1)
    .join("/")
    .replace(/\/Resource$/, "");
}
