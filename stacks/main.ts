import { App, TerraformStack } from "cdktf";
import { Strategy, provide, twoRegions } from "../lib/stack";
import { BootstrapStack } from "./bootstrap-stack";
import { ENVIRONMENTS, Environment } from "./environments";
import { FoundationStack } from "./foundation-stack";
import { orders } from "./orders-stack";

/** Every environment, one plan a stack: `cdktf synth`, or `npm run synth`. */
export function stacks(app: App, environments = ENVIRONMENTS): App {
  for (const environment of environments) {
    new BootstrapStack(app, `bootstrap-${environment.name}`, environment);
    const foundation = new FoundationStack(app, `foundation-${environment.name}`, environment);
    ordersIn(app, environment, foundation);
  }
  return app;
}

/** The orders service, and what it comes back to where its region is lost: a network there, and backups in it. */
function ordersIn(app: App, environment: Environment, foundation: FoundationStack): void {
  const { name, recovery } = environment;
  const make = (stack: TerraformStack) => orders(stack, environment, foundation);
  if (!recovery) {
    const stack = new TerraformStack(app, `orders-${name}`);
    provide(stack, environment);
    return make(stack);
  }
  const elsewhere = { ...environment, ...recovery };
  new FoundationStack(app, `foundation-${name}-recovery`, elsewhere, "10.21.0.0/16");
  const strategy = Strategy.backupAndRestore();
  twoRegions(app, { name: `orders-${name}`, environment, standby: recovery, strategy }, make);
}

if (require.main === module) stacks(new App()).synth();
