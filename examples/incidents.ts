import { TerraformStack } from "cdktf";
import { Alarms, Incidents } from "sre-constructs/alerting";
import { ServiceGraph } from "sre-constructs/core";

/** How often orders failed, how soon somebody knew, and how long it lasted: by month, for more than a year. */
export function incidents(stack: TerraformStack, orders: ServiceGraph, alarms: Alarms): void {
  const measured = new Incidents(stack, "incidents", { of: [orders], days: 400 });
  alarms.watch(measured);
}
