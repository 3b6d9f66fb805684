import { App } from "cdktf";
import { ENVIRONMENTS } from "../../stacks/environments";
import { FoundationStack } from "../../stacks/foundation-stack";
import { OrdersStack } from "../../stacks/orders-stack";

/** Synthesizes so many services, a stack each, on one foundation. */
export function run(outdir: string, count: string): void {
  const app = new App({ outdir });
  const environment = ENVIRONMENTS.find(({ name }) => name === "prod")!;
  const foundation = new FoundationStack(app, "foundation", environment);
  for (let service = 1; service <= Number(count); service++) {
    new OrdersStack(app, `service-${service}`, environment, foundation);
  }
  app.synth();
}
