import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Alarms, Escalation } from "../lib/alerting";
import { Network } from "../lib/network";
import { provide } from "../lib/stack";
import { Environment } from "./environments";

/** What an environment's services share: the network they stand in, and the way to people. */
export class FoundationStack extends TerraformStack {
  readonly network: Network;
  readonly escalation: Escalation;

  constructor(scope: Construct, id: string, environment: Environment, cidr = "10.20.0.0/16") {
    super(scope, id);
    provide(this, environment);

    this.network = new Network(this, "network", { cidr });
    this.escalation = new Escalation(this, "escalation", environment.receivers);

    const alarms = new Alarms(this, "alarms", { notify: this.escalation.notify });
    alarms.watch(this.network);
    alarms.watch(this.escalation);
  }
}
