import { LocalBackend, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { provide } from "../lib/stack";
import { StateBucket } from "../lib/state";
import { Environment } from "./environments";

/** The bucket that the states of an environment are kept in. Its own state is a file until it has moved in, too. */
export class BootstrapStack extends TerraformStack {
  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id);
    const { state, bootstrapped = false, region } = environment;
    provide(this, { ...environment, region: state.region ?? region, state: bootstrapped ? state : undefined });
    // Beside the output folder, where cdktf would put it by an absolute path.
    if (!bootstrapped) new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });

    new StateBucket(this, "state-bucket", { bucket: state.bucket });
  }
}
