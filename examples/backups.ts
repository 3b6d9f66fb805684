import { TerraformStack } from "cdktf";
import { Placement } from "sre-constructs/core";
import { Postgres } from "sre-constructs/data";
import { Backups, VaultLock } from "sre-constructs/recovery";

/** Days for a quarter, months for seven years, both also in Frankfurt; nobody deletes one that is younger than a week. */
export function backups(stack: TerraformStack, network: Placement): Backups {
  const orders = new Postgres(stack, "orders", { network });
  return new Backups(stack, "backups", {
    of: [orders],
    copyTo: "eu-central-1",
    tier: "critical",
    rules: { daily: { keepDays: 92 }, monthly: { keepDays: 2557 } },
    lock: VaultLock.governance({ minDays: 7, maxDays: 2557 }),
  });
}
