import { App, TerraformStack } from "cdktf";
import { Alarms, Escalation, provide, waive } from "sre-constructs";
import { Postgres } from "sre-constructs/data";
import { Network } from "sre-constructs/network";

// What somebody writes who has only the package: it is compiled and synthesized outside of this repository.
const app = new App();
const stack = new TerraformStack(app, "shop");
provide(stack, {
  name: "trial",
  service: "shop",
  owner: "team-shop",
  costCentre: "retail-4711",
  account: "111122223333",
  region: "eu-west-1",
  state: { bucket: "shop-trial-state" },
});
const network = new Network(stack, "network", { cidr: "10.30.0.0/16" });
const database = new Postgres(stack, "database", { network });
waive(database, "backed-up", { waived: "a trial holds nothing" });
const escalation = new Escalation(stack, "escalation", {
  page: { emails: ["on-call@example.com"] },
  ticket: { emails: ["shop@example.com"] },
});
const alarms = new Alarms(stack, "alarms", { notify: escalation.notify });
alarms.watch(network);
alarms.watch(escalation);
alarms.watch(database, { cpu: { page: 97 } });
app.synth();

/** Compiled, never called: the types have arrived where a misspelt signal is an error. */
export function misspelt(): void {
  // @ts-expect-error -- it is `freeStorage`
  alarms.watch(database, { freeStorag: { page: 1 } });
}
