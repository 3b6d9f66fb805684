import { TerraformStack } from "cdktf";
import { Alarms, Escalation, SilentAlarms } from "sre-constructs/alerting";
import { Placement, waive } from "sre-constructs/core";
import { Postgres } from "sre-constructs/data";

/** Who is told, which numbers are ours, and what we do without, for a reason. */
export function alarms(stack: TerraformStack, network: Placement): void {
  const escalation = new Escalation(stack, "escalation", {
    page: { endpoints: ["https://events.pager.example.com/orders"] },
    ticket: { emails: ["orders@example.com"] },
    heartbeat: { endpoint: "https://switch.example.com/orders", every: "5 minutes" },
  });
  const database = new Postgres(stack, "database", { network });

  const alarms = new Alarms(stack, "alarms", {
    notify: escalation.notify,
    runbooks: "https://runbooks.example.com/orders",
  });
  alarms.watch(escalation);
  alarms.watch(new SilentAlarms(stack, "silent-alarms"));
  alarms.watch(database, {
    cpu: { page: 98, breaches: "5 of 5" },
    swap: { waived: "the reporting job swaps every night", until: "2027-03-31" },
  });
  waive(database, "backed-up", { waived: "a copy of the warehouse, rebuilt every night" });
}
