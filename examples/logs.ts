import { TerraformStack } from "cdktf";
import { Logs } from "sre-constructs/observing";

/** Where orders log: more than 20 errors a minute are a ticket, every line goes to the archive of the company. */
export function logs(stack: TerraformStack): Logs {
  return new Logs(stack, "logs", {
    name: "/services/orders",
    errorsPerMinute: 20,
    archive: "arn:aws:logs:eu-west-1:444455556666:destination:archive",
    masks: ["EmailAddress"],
    queries: {
      lateOrders: {
        asks: "which orders waited longest",
        query: "filter ispresent(orderId) | stats max(durationMs) as longest by orderId | sort longest desc | limit 20",
      },
    },
  });
}
