import { App, TerraformStack } from "cdktf";
import { ENVIRONMENTS } from "../../stacks/environments";
import { FoundationStack } from "../../stacks/foundation-stack";
import { provide } from "../../lib/stack";
import { orders } from "../../stacks/orders-stack";

/** Synthesizes so many services, a stack each, on one foundation. */
export function run(outdir: string, count: string): void {
  const app = new App({ outdir });
  const environment = ENVIRONMENTS.find(({ name }) => name === "prod")!;
  const foundation = new FoundationStack(app, "foundation", environment);
  for (let service = 1; service <= Number(count); service++) {
    const stack = new TerraformStack(app, `service-${service}`);
    provide(stack, environment);
    orders(stack, environment, foundation);
  }
  app.synth();
}
