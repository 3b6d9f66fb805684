import { Construct } from "constructs";
import { requireBetween, requireForm, requireKnown, requireOneOf, requireThat, requireWhole } from "../../core/guard";
import { requireAbroad } from "../../core/place";
import { requireKeyArn } from "../../parts/key-arn";
import { FILE_SYSTEM_DEFAULTS, FileSystemProps, Throughput } from "./file-system-props";

/**
 * Days after which EFS moves a file.
 *
 * @see https://docs.aws.amazon.com/efs/latest/ug/API_LifecyclePolicy.html
 */
const DAYS = [1, 7, 14, 30, 60, 90, 180, 270, 365].map(String);

/** Refuses what EFS would refuse at apply. */
export function requireFileSystem(scope: Construct, props: FileSystemProps, throughput: Throughput): void {
  const {
    accessPoints = {},
    infrequentAfterDays = FILE_SYSTEM_DEFAULTS.infrequentAfterDays,
    archiveAfterDays,
    sizeGib = FILE_SYSTEM_DEFAULTS.sizeGib,
    key,
    replicateTo,
  } = props;
  const reckoned = { sizeGib, infrequentAfterDays, archiveAfterDays, throughput };
  for (const [prop, got] of Object.entries(reckoned)) requireKnown(scope, prop, got);
  if (key !== undefined) requireKeyArn(scope, "key", key);
  requireWhole(scope, "sizeGib", sizeGib, 1, Infinity);
  if (typeof throughput === "string") requireOneOf(scope, "throughput", throughput, ["elastic", "bursting"]);
  else requireBetween(scope, "throughput.provisionedMibps", throughput.provisionedMibps, 1, 3414);
  requireOneOf(scope, "infrequentAfterDays", String(infrequentAfterDays), DAYS);
  if (archiveAfterDays !== undefined) {
    requireOneOf(scope, "archiveAfterDays", String(archiveAfterDays), DAYS);
    requireThat(scope, archiveAfterDays > infrequentAfterDays, {
      prop: "archiveAfterDays",
      must: `be more than the ${infrequentAfterDays} of infrequentAfterDays`,
      got: archiveAfterDays,
    });
    requireThat(scope, throughput === "elastic", {
      prop: "throughput",
      must: "be elastic where files are archived",
      got: throughput,
      mend: "leave archiveAfterDays out, or throughput",
    });
  }
  for (const [name, { uid, gid, path = "/", permissions = "0750" }] of Object.entries(accessPoints)) {
    const prop = `accessPoints.${name}`;
    requireForm(scope, "accessPoints", name, /^[a-z](-?[a-z0-9])*$/, "small letters, digits and hyphens");
    requireWhole(scope, `${prop}.uid`, uid, 1, 4_294_967_295, "0 is root");
    requireWhole(scope, `${prop}.gid`, gid, 1, 4_294_967_295, "0 is root");
    requireForm(
      scope,
      `${prop}.path`,
      path,
      /^(\/|(\/(?!\.)[^$#<>;`|&?{}^*/\n]+){1,4})$/,
      "up to four directories, such as /invoices/new",
    );
    requireForm(scope, `${prop}.permissions`, permissions, /^[0-7]{3,4}$/, "three or four octal digits");
  }
  if (replicateTo) {
    requireAbroad(scope, "replicateTo", replicateTo, "a replica beside it is lost with it");
  }
}
