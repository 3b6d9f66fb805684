import { BackupLogicallyAirGappedVault } from "@cdktf/provider-aws/lib/backup-logically-air-gapped-vault";
import { RamPrincipalAssociation } from "@cdktf/provider-aws/lib/ram-principal-association";
import { RamResourceAssociation } from "@cdktf/provider-aws/lib/ram-resource-association";
import { RamResourceShare } from "@cdktf/provider-aws/lib/ram-resource-share";
import { Construct } from "constructs";
import { requireForm, requireThat, requireWhole } from "../core/guard";
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
  const reach: CopyReach[] = [];
  const scenario = "account";
  if (copyToVault !== undefined) {
    // What is not known before apply, whoever follows the steps fills in.
    const [, , , region = '"$REGION"', account = "of the vault", , name = '"$VAULT"'] = copyToVault.split(":");
    const vault = { name, region, account, away: true };
    reach.push({ scenario, mechanism: "restore of a copy in another account", vault });
  }
  if (gap && airGapped?.sharedWith?.length) {
    const { region, account: owner } = placeOf(scope);
    const vault = {
      name: vaultName(scope, AIR_GAPPED),
      region,
      account: airGapped.sharedWith.join(" or "),
      owner,
      away: true,
    };
    reach.push({ scenario, mechanism: "restore of an air-gapped copy", vault });
  }
  return {
    airGapped: gap,
    airGappedName: gap && vaultName(scope, AIR_GAPPED),
    to: [...(copyToVault === undefined ? [] : [copyToVault]), ...(gap ? [gap.arn] : [])],
    reach,
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
  { minDays, maxDays, sharedWith = [] }: AirGap,
  rules: readonly PlannedRule[],
): BackupLogicallyAirGappedVault {
  requireWhole(scope, "airGapped.minDays", minDays, 7, LONGEST);
  requireWhole(scope, "airGapped.maxDays", maxDays, minDays, LONGEST);
  for (const rule of rules) {
    // Of a history only snapshots are copied, by the other rules.
    if (rule.name === "continuous") continue;
    requireWithinDays(scope, rule, "copyKeepDays", { minDays, maxDays, of: "the air-gapped vault" });
  }
  const vault = new BackupLogicallyAirGappedVault(scope, "air-gapped-vault", {
    name: vaultName(scope, AIR_GAPPED),
    minRetentionDays: minDays,
    maxRetentionDays: maxDays,
    lifecycle: { preventDestroy: postureOf(scope).deletionProtection },
  });
  if (sharedWith.length > 0) share(scope, vault.arn, sharedWith);
  return vault;
}

/**
 * Lets accounts restore from the vault, in the same organisation; a vault is shared with accounts, never with a whole one.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/logicallyairgappedvault.html#lag-share
 */
function share(scope: Construct, resourceArn: string, accounts: readonly string[]): void {
  const own = placeOf(scope).account;
  for (const account of accounts) {
    requireForm(scope, "airGapped.sharedWith", account, /^\d{12}$/, "accounts, by their 12 digits");
    const must = `be other accounts than ${own}, each named once`;
    const fits = account !== own && accounts.filter((each) => each === account).length === 1;
    requireThat(scope, fits, { prop: "airGapped.sharedWith", must, got: accounts });
  }
  const { arn } = new RamResourceShare(scope, "air-gapped-share", {
    name: vaultName(scope, AIR_GAPPED),
    allowExternalPrincipals: false,
  });
  new RamResourceAssociation(scope, "air-gapped-shared", { resourceArn, resourceShareArn: arn });
  for (const account of accounts) {
    new RamPrincipalAssociation(scope, `air-gapped-shared-with-${account}`, {
      principal: account,
      resourceShareArn: arn,
    });
  }
}
