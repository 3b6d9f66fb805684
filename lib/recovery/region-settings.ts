import { BackupRegionSettings } from "@cdktf/provider-aws/lib/backup-region-settings";
import { Construct } from "constructs";
import { refuse, requireOneOf } from "../core/guard";
import { note, notesOf } from "../core/notes";
import { placeOf } from "../core/place";
import { BackupsProps } from "./backups-props";

/**
 * All types that a region can be opted in for. Of those that are not named here the setting stays as it is.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html
 */
const TYPES = [
  "Aurora",
  "CloudFormation",
  "DSQL",
  "DocumentDB",
  "DynamoDB",
  "EBS",
  "EC2",
  "EFS",
  "EKS",
  "FSx",
  "Neptune",
  "RDS",
  "Redshift",
  "Redshift Serverless",
  "S3",
  "SAP HANA on Amazon EC2",
  "Storage Gateway",
  "Timestream",
  "VirtualMachine",
];

/** Types that AWS Backup can manage wholly, which copies and cold storage of a table need. */
const MANAGED = ["DynamoDB", "EFS"];

/** What regions are opted in for. */
export interface RegionSettings {
  /** That of the stack. @default - nobody has asked for it */
  readonly here?: BackupRegionSettings;
  /** That of its copies. @default - nobody has asked for it */
  readonly there?: BackupRegionSettings;
}

interface OptedIn {
  readonly region: string;
  readonly by: string;
}

/**
 * Opts in where it is asked for: a copy is refused by a region that is not opted in for its type, as a backup is
 * skipped.
 */
export function optInOf(
  scope: Construct,
  { optIn: asked = false, copyTo }: BackupsProps,
  types: readonly string[],
): RegionSettings {
  const { region } = placeOf(scope);
  const regions = copyTo === undefined ? [region] : [region, copyTo];
  const chosen = Array.isArray(asked) ? asked : asked ? regions : [];
  for (const each of chosen) requireOneOf(scope, "optIn", each, regions);
  return {
    ...(chosen.includes(region) && { here: optIn(scope, "region-settings", types, region) }),
    ...(copyTo !== undefined &&
      chosen.includes(copyTo) && { there: optIn(scope, "copy-region-settings", types, copyTo) }),
  };
}

/**
 * Opts a region in for some types. It is a setting of the whole account in that region, so it is made once: by one
 * construct, and of the types that others see to nothing is changed.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/30881
 */
function optIn(scope: Construct, id: string, types: readonly string[], region: string): BackupRegionSettings {
  const { account, region: home } = placeOf(scope);
  const place = `${account}/${region}`;
  const { root } = scope.node;
  const other = notesOf<OptedIn>(root, "opted-in").find((each) => each.region === place);
  if (other !== undefined) {
    const mend = "opt in once, by the Backups that has the most types; a list of regions leaves one out";
    refuse(scope, { prop: "optIn", must: `be set once for ${place}`, got: `set by ${other.by}`, mend });
  }
  note(root, "opted-in", { region: place, by: scope.node.path } satisfies OptedIn);
  const chosen = TYPES.filter((type) => types.includes(type));
  const managed = MANAGED.filter((type) => types.includes(type));
  const left = (all: readonly string[], setting: string) =>
    all.filter((type) => !types.includes(type)).map((type) => `${setting}["${type}"]`);
  return new BackupRegionSettings(scope, id, {
    ...(region !== home && { region }),
    resourceTypeOptInPreference: Object.fromEntries(chosen.map((type) => [type, true])),
    ...(managed.length > 0 && {
      resourceTypeManagementPreference: Object.fromEntries(managed.map((type) => [type, true])),
    }),
    lifecycle: {
      // The provider reads all types back, also those that nobody here has asked for.
      ignoreChanges: [
        ...left(TYPES, "resource_type_opt_in_preference"),
        ...(managed.length > 0 ? left(MANAGED, "resource_type_management_preference") : []),
      ],
    },
  });
}
