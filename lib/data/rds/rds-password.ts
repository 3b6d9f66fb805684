import { Construct } from "constructs";
import { requireReference, requireThat, requireWhole } from "../../core/guard";
import { GivenPassword } from "./rds-props";

/**
 * Refuses a password where AWS makes one, none where it does not, and one that would stand in the plan. `prop` is what
 * makes another region follow.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html#rds-secrets-manager-limitations
 */
export function requirePassword(
  scope: Construct,
  { password, passwordVersion = 1 }: GivenPassword,
  { prop, follows }: { readonly prop: string; readonly follows: boolean },
): void {
  const given = password !== undefined;
  const mend = follows
    ? "AWS manages no password that another region follows: give a reference to one"
    : "RDS makes the password up, keeps it in Secrets Manager and rotates it";
  const must = `be ${follows ? "given with" : "left out without"} ${prop}`;
  // The value of a password is shown to nobody.
  requireThat(scope, given === follows, { prop: "password", must, got: given ? "a password" : undefined, mend });
  requireReference(scope, "password", password);
  requireWhole(scope, "passwordVersion", passwordVersion, 1, 2_147_483_647);
}
