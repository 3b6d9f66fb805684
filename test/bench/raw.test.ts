import { createRequire } from "node:module";
import { join } from "node:path";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformResource, TerraformStack } from "cdktf";
import { inFolder } from "../synth";
import { planOf, rawProgram } from "./raw";

const STACKS = ["home", "away", "last"];

/** Stacks that refer to one written after them, and to things of the same name in two others. */
function synthesize(outdir: string): void {
  const app = new App({ outdir });
  const [home, away, last] = STACKS.map((id) => {
    const stack = new TerraformStack(app, id);
    new AwsProvider(stack, "aws", { region: "eu-west-1" });
    new LocalBackend(stack, { path: `${id}.tfstate` });
    stack.addOverride("terraform.required_providers.aws", { source: "aws", version: "~> 6.25" });
    return stack;
  });
  const [far, farthest] = [away, last].map(
    (stack) => new S3Bucket(stack, "bucket", { bucket: `${stack.node.id}-data` }),
  );
  const once = new TerraformResource(home, "once", { terraformResourceType: "terraform_data" });
  once.addOverride("triggers_replace", { bucket: new S3Bucket(home, "bucket", { bucket: "home-data" }).arn });
  new SsmParameter(home, "once-id", { name: "once", type: "String", value: `made ${once.getStringAttribute("id")}` });
  new SsmParameter(home, "far", { name: "far", type: "String", value: far.arn });
  new SsmParameter(home, "farthest", { name: "farthest", type: "String", value: `arn: ${farthest.arn}` });
  app.synth();
}

test("the raw program plans the same, whichever stack refers to which", () => {
  inFolder((folder) => {
    const [given, made] = ["given", "made"].map((name) => join(folder, name));
    synthesize(given);
    const program = { run: (outdir: string) => void outdir };
    const raw = rawProgram(given, STACKS);
    expect(raw).not.toContain("DataResource");
    new Function("require", "exports", raw)(createRequire(__filename), program);
    program.run(made);
    for (const stack of STACKS) expect(planOf(made, stack).resource).toEqual(planOf(given, stack).resource);
  });
});
