import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { refuse, requireForm, requireThat, requireWhole } from "../core/guard";
import { RestoreProofProps, RestoreQuery } from "./restore-proof-props";
import { RESTORED } from "./restore-types";
import { requireVaultArn } from "./vault";

/** What a selection can name one by one. */
const MOST_ARNS = 30;

/** Refuses what AWS Backup does not restore, or would restore to where it does not belong. */
export function requireRestorable(scope: Construct, { of, network, overrides = {} }: RestoreProofProps): void {
  const { types, held = [], vaultArn } = of;
  requireVaultArn(scope, "of.vaultArn", vaultArn);
  requireThat(scope, types.length > 0, { prop: "of.types", must: "name at least one type", got: types });
  requireThat(scope, new Set(types).size === types.length, { prop: "of.types", must: "name each once", got: types });
  const known = Object.keys(RESTORED);
  const unknown = types.filter((type) => !known.includes(type));
  requireThat(scope, unknown.length === 0, {
    prop: "of",
    must: `be of types that AWS Backup tests a restore of: ${known.join(", ")}`,
    got: unknown,
    mend: "give the others a Backups of their own",
  });
  const stack = TerraformStack.of(scope);
  for (const { construct } of held) {
    if (TerraformStack.of(construct) === stack) continue;
    refuse(scope, { prop: "of", must: `stand in ${stack.node.id}`, got: construct.node.path });
  }
  for (const type of types) {
    const arns = held.filter((each) => each.type === type).map(({ arn }) => arn);
    const mend = "give some of them another Backups, and that one a proof of its own";
    requireThat(scope, arns.length <= MOST_ARNS, {
      prop: "of",
      must: `hold at most ${MOST_ARNS} of ${type}`,
      got: arns.length,
      mend,
    });
    requireLanding(scope, type, network !== undefined, overrides[type] !== undefined);
  }
  for (const type of Object.keys(overrides)) {
    requireThat(scope, types.includes(type), { prop: "overrides", must: `be for ${types.join(", ")}`, got: type });
  }
}

function requireLanding(scope: Construct, type: string, hasNetwork: boolean, isTold: boolean): void {
  const { lands } = RESTORED[type];
  if (lands === "in-subnets") {
    const mend = "restored databases would land in the default VPC";
    requireThat(scope, hasNetwork, { prop: "network", must: `be given for ${type}`, got: undefined, mend });
  }
  if (lands === "as-told") {
    const mend = "say subnet and security groups, or it lands in the default VPC";
    requireThat(scope, isTold, { prop: `overrides.${type}`, must: "be given", got: undefined, mend });
  }
}

/** Refuses a question that no restored database could be asked. */
export function requireQuery(scope: Construct, query: RestoreQuery, types: readonly string[]): void {
  const { rows, atLeast = 1, port = 5432 } = query;
  const got = types;
  requireThat(scope, types.includes("RDS"), { prop: "query", must: "come with RDS among what is restored", got });
  requireForm(scope, "query.rows", rows, /^\s*(select|with)\s[^;]+$/i, "one select, without a semicolon");
  requireWhole(scope, "query.atLeast", atLeast, 1, Infinity, "a query that may find nothing proves nothing");
  requireWhole(scope, "query.port", port, 1, 65_535);
}
