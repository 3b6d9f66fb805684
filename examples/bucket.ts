import { TerraformStack } from "cdktf";
import { Bucket } from "sre-constructs/data";

/** Invoices for ten years, cheaper after a month; Frankfurt has each within 15 minutes. */
export function invoices(stack: TerraformStack): Bucket {
  return new Bucket(stack, "invoices", {
    expireDays: 3653,
    transitions: { STANDARD_IA: 30, GLACIER_IR: 180 },
    accessLogs: "orders-access-logs",
    replicateTo: "eu-central-1",
    sizeGib: 400,
    events: true,
  });
}
