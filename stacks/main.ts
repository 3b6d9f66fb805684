import { App, TerraformStack } from "cdktf";
import { Strategy, provide, twoRegions } from "../lib/stack";
import { BootstrapStack } from "./bootstrap-stack";
import { ENVIRONMENTS, Environment } from "./environments";
import { FailoverStack } from "./failover-stack";
import { FoundationStack } from "./foundation-stack";
import { orders } from "./orders-stack";
import { WITHOUT, ordersStandby } from "./orders-standby";

/** Every environment, one plan a stack: `cdktf synth`, or `npm run synth`. */
export function stacks(app: App, environments = ENVIRONMENTS): App {
  for (const environment of environments) {
    const { name } = environment;
    new BootstrapStack(app, `bootstrap-${name}`, environment);
    const foundation = new FoundationStack(app, `foundation-${name}`, environment);
    if (environment.recovery) ordersInTwoRegions(app, environment, environment.recovery, foundation);
    else {
      const stack = new TerraformStack(app, `orders-${name}`);
      provide(stack, environment);
      orders(stack, environment, foundation);
    }
  }
  return app;
}

/** The orders service, its warm standby in another region with all that stands on, and the way from one to the other. */
function ordersInTwoRegions(
  app: App,
  environment: Environment,
  recovery: NonNullable<Environment["recovery"]>,
  foundation: FoundationStack,
): void {
  const { name, region: primaryRegion } = environment;
  const elsewhere = { ...environment, ...recovery };
  new BootstrapStack(app, `bootstrap-${name}-recovery`, elsewhere);
  const there = new FoundationStack(app, `foundation-${name}-recovery`, elsewhere, "10.21.0.0/16");
  const strategy = Strategy.warmStandby({ share: recovery.share });
  const made = twoRegions(
    app,
    { name: `orders-${name}`, environment, standby: recovery, strategy, without: WITHOUT },
    (stack) => orders(stack, environment, foundation),
    (stack, here, primary) => ordersStandby(stack, elsewhere, there, here, primary),
  );
  new FailoverStack(app, `failover-${name}`, elsewhere, { ...made, primaryRegion, foundation: there });
}

if (require.main === module) stacks(new App()).synth();
