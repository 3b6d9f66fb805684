import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { placeOf } from "../../core/place";
import { Recovery } from "../../core/recovery";
import { GIB_PER_HOUR, restoreTime } from "../../core/restore";
import { Firewall } from "../../parts/firewall";
import { Door } from "../../parts/locked-out";

/** Waits for as long as a restore takes: the CLI by itself gives up after half an hour. */
export function untilAvailable(kind: "instance" | "cluster", region: string, identifier: string): string {
  return `\`until aws rds wait db-${kind}-available --region ${region} --db-${kind}-identifier ${identifier}; do sleep 30; done\``;
}

/** A command that is not run where what it makes room for is not there. */
export function whenAvailable(
  kind: "instance" | "cluster",
  region: string,
  identifier: string,
  command: string,
): string {
  return command.replace(
    "`",
    `\`aws rds wait db-${kind}-available --region ${region} --db-${kind}-identifier ${identifier} && `,
  );
}

/** A database as it was at a second, beside the one that is there. RDS and Aurora both upload logs every 5 minutes. */
export function pointInTime(sizeGib: number, steps: readonly string[]): Recovery {
  return {
    mechanism: "point-in-time restore",
    rpo: {
      value: "5 minutes",
      basis: "vendor-typical",
      source:
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html (logs are uploaded every 5 minutes)",
    },
    rto: restoreTime(sizeGib),
    selfHealing: false,
    gibPerHour: GIB_PER_HOUR,
    steps,
  };
}

/** What commands find a database by; all of it is known at synthesis, and written out in the manifest. */
export interface Located extends Door {
  readonly identifier: string;
  readonly stack: string;
}

/** What commands find a database by. */
export function located(scope: Construct, identifier: string, firewall: Firewall): Located {
  return {
    identifier,
    region: placeOf(scope).region,
    securityGroup: firewall.group.nameInput ?? firewall.group.name,
    stack: TerraformStack.of(scope).node.id,
  };
}

/** What comes after a restore of a cluster whose password RDS managed. */
export function managedPassword(region: string, restored: string): string {
  return `Its passwords are those of then. Give it a managed one again: \`aws rds modify-db-cluster --region ${region} --db-cluster-identifier ${restored} --manage-master-user-password --apply-immediately\`.`;
}

/** How a restored cluster takes the place of a bad one. */
export function renamedCluster(region: string, identifier: string, restored: string): string {
  const rename = (from: string, to: string) =>
    `\`aws rds modify-db-cluster --region ${region} --db-cluster-identifier ${from} --new-db-cluster-identifier ${to} --apply-immediately\``;
  const done = (name: string) => untilAvailable("cluster", region, name);
  const first = whenAvailable("cluster", region, restored, rename(identifier, `${identifier}-bad`));
  return `Change names, as soon as the restored one is there: ${first}, ${done(`${identifier}-bad`)}, ${rename(restored, identifier)}, ${done(identifier)}. Clients find it by the same address.`;
}
