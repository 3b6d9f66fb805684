import { TerraformStack } from "cdktf";
import { LogArchive, Logs } from "sre-constructs/observing";

/** Where orders log: more than 20 errors a minute are a ticket, and every line is kept for three years. */
export function logs(stack: TerraformStack): Logs {
  return new Logs(stack, "logs", {
    name: "/services/orders",
    errorsPerMinute: 20,
    archive: new LogArchive(stack, "archive", { keepDays: 1096 }),
    masks: ["EmailAddress"],
    queries: {
      lateOrders: {
        asks: "which orders waited longest",
        query: "filter ispresent(orderId) | stats max(durationMs) as longest by orderId | sort longest desc | limit 20",
      },
    },
  });
}
