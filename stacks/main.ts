import { App } from "cdktf";
import { BootstrapStack } from "./bootstrap-stack";
import { ENVIRONMENTS } from "./environments";
import { FoundationStack } from "./foundation-stack";
import { OrdersStack } from "./orders-stack";

/** Every environment, one plan a stack: `cdktf synth`, or `npm run synth`. */
export function stacks(app: App, environments = ENVIRONMENTS): App {
  for (const environment of environments) {
    new BootstrapStack(app, `bootstrap-${environment.name}`, environment);
    const foundation = new FoundationStack(app, `foundation-${environment.name}`, environment);
    new OrdersStack(app, `orders-${environment.name}`, environment, foundation);
  }
  return app;
}

if (require.main === module) stacks(new App()).synth();
