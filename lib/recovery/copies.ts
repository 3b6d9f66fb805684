import { BackupLogicallyAirGappedVault } from "@cdktf/provider-aws/lib/backup-logically-air-gapped-vault";
import { Construct } from "constructs";
import { requireThat, requireWhole } from "../core/guard";
import { placeOf } from "../core/place";
import { postureOf } from "../core/posture";
import { LONGEST, PlannedRule } from "./backup-checks";
import { AirGap, BackupsProps } from "./backups-props";
import { CopyReach } from "./backups-recovery";
import { requireWithinDays } from "./retention-checks";
import { requireVaultArn, vaultName } from "./vault";

const AIR_GAPPED = "air-gapped";

/** Where copies go besides another region. */
export interface Copies {
  /** The vault that no key of this account opens by itself. @default - there is none */
  readonly airGapped?: BackupLogicallyAirGappedVault;
  /** Its name, known at synthesis: metrics are found by it. @default - there is none */
  readonly airGappedName?: string;
  /** The ARNs of vaults, in order. */
  readonly to: readonly string[];
  /** What they are good for. */
  readonly reach: readonly CopyReach[];
}

/** Vaults that outlive the account: one of another account, one that is air-gapped. */
export function copiesOf(
  scope: Construct,
  { copyToVault, airGapped }: BackupsProps,
  rules: readonly PlannedRule[],
): Copies {
  if (copyToVault !== undefined) requireOtherAccount(scope, copyToVault);
  const gap = airGapped && airGappedVault(scope, airGapped, rules);
  const copies: (CopyReach & { readonly to: string })[] = [];
  const scenario = "account";
  if (copyToVault !== undefined) {
    // What is not known before apply, whoever follows the steps fills in.
    const [, , , region = '"$REGION"', account = "of the vault", , name = '"$VAULT"'] = copyToVault.split(":");
    const vault = { name, region, account };
    copies.push({ scenario, mechanism: "restore of a copy in another account", vault, to: copyToVault });
  }
  if (gap) {
    const { region, account } = placeOf(scope);
    const vault = {
      name: vaultName(scope, AIR_GAPPED),
      region,
      account: `that the vault of ${account} is shared with`,
    };
    copies.push({ scenario, mechanism: "restore of an air-gapped copy", vault, to: gap.arn });
  }
  return {
    airGapped: gap,
    airGappedName: gap && vaultName(scope, AIR_GAPPED),
    to: copies.map(({ to }) => to),
    reach: copies.map(({ scenario, mechanism, vault }) => ({ scenario, mechanism, vault })),
  };
}

function requireOtherAccount(scope: Construct, arn: string): void {
  requireVaultArn(scope, "copyToVault", arn);
  const { account } = placeOf(scope);
  requireThat(scope, arn.split(":")[4] !== account, {
    prop: "copyToVault",
    must: `be in another account than ${account}`,
    got: arn,
    mend: "copyTo copies to another region of the same account",
  });
}

function airGappedVault(
  scope: Construct,
  { minDays, maxDays }: AirGap,
  rules: readonly PlannedRule[],
): BackupLogicallyAirGappedVault {
  requireWhole(scope, "airGapped.minDays", minDays, 7, LONGEST);
  requireWhole(scope, "airGapped.maxDays", maxDays, minDays, LONGEST);
  for (const rule of rules) {
    // Of a history only snapshots are copied, by the other rules.
    if (rule.name === "continuous") continue;
    requireWithinDays(scope, rule, "copyKeepDays", { minDays, maxDays, of: "the air-gapped vault" });
  }
  return new BackupLogicallyAirGappedVault(scope, "air-gapped-vault", {
    name: vaultName(scope, AIR_GAPPED),
    minRetentionDays: minDays,
    maxRetentionDays: maxDays,
    lifecycle: { preventDestroy: postureOf(scope).deletionProtection },
  });
}
