import { TerraformStack } from "cdktf";
import { ServiceGraph } from "sre-constructs/core";
import { Dashboard, Logs, ServicesDashboard } from "sre-constructs/observing";

/** Orders at a glance, drawn from what their parts declare; and one look at all services. */
export function dashboard(stack: TerraformStack, orders: ServiceGraph): void {
  const runbooks = "https://runbooks.example.com/orders";
  const logs = new Logs(stack, "logs", { name: "/services/orders" });
  new Dashboard(stack, "dashboard", { of: orders, also: [logs], runbooks });
  new ServicesDashboard(stack, "services", { of: [orders], runbooks });
}
