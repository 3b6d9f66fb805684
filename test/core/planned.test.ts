import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { App, Aspects, Fn, Lazy, TerraformLocal, TerraformOutput, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import { register } from "../../lib/core";
import { planOf } from "../bench/raw";
import { Config, inFolder } from "../synth";

/** What each stack of a program plans. */
function planned(define: (one: TerraformStack, other: TerraformStack) => void, isReviewed: boolean): Config[] {
  return inFolder((outdir) => {
    const app = new App({ outdir });
    const [one, other] = ["one", "other"].map((id) => stackOf(app, id));
    if (isReviewed) [one, other].forEach((stack) => register(new Construct(stack, "pattern")));
    define(one, other);
    app.synth();
    return ["one", "other"].map((id) => planOf(outdir, id));
  });
}

function stackOf(app: App, id: string): TerraformStack {
  const stack = new TerraformStack(app, id);
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
  return stack;
}

/** cdktf's own way to move asks the terraform binary for its version. */
class Moved extends SqsQueue {
  override toTerraform(): Config {
    const moved = { from: "aws_sqs_queue.before", to: `aws_sqs_queue.${this.friendlyUniqueId}` };
    return { ...(super.toTerraform() as Config), moved: [moved] };
  }
}

const parameter = (scope: Construct, id: string, value: string) =>
  new SsmParameter(scope, id, { name: `/${id}`, type: "String", value });

const PROGRAMS: Readonly<Record<string, (one: TerraformStack, other: TerraformStack) => void>> = {
  "a reference to another stack, whichever is prepared first": (one, other) => {
    const there = new SqsQueue(other, "queue", { name: "there" });
    const here = new SqsQueue(one, "queue", { name: "here", tags: { beside: there.arn } });
    parameter(other, "shard", `of ${there.name}`);
    parameter(one, "both", Fn.join(",", [here.arn, there.arn]));
  },
  "text that looks like more": (one) => {
    const queue = new SqsQueue(one, "queue", { name: "1e+5", visibilityTimeoutSeconds: 1e21 });
    parameter(one, "written", "$${kept} %{if} #{TfToken} 2e+289 ${data.aws_region.here.name} }");
    parameter(one, "number", `waits ${queue.visibilityTimeoutSeconds} seconds`);
    parameter(one, "quoted", JSON.stringify({ "${": queue.arn, "a\nb": "c}" }));
  },
  "keys and lists that AWS assigns": (one) => {
    const queue = new SqsQueue(one, "queue", { name: "queue" });
    new SqsQueue(one, "tagged", { name: "tagged", tags: { [queue.name]: "owner", empty: "" } });
    new TerraformLocal(one, "keys", Fn.keys(queue.tagsAll));
    new SqsQueue(one, "all", { name: "all", tags: queue.tagsAll });
  },
  "what is told when it is asked for": (one) => {
    let asked = 0;
    const told = Lazy.stringValue({ produce: ({ preparing }) => (preparing ? "" : `at last ${asked > 0}`) });
    parameter(one, "told", told);
    parameter(one, "counted", Lazy.stringValue({ produce: () => `${(asked += 1) > 0}` }));
  },
  "elements that write to the same block": (one) => {
    new SqsQueue(one, "first", { name: "first", tags: { a: "1" } }).overrideLogicalId("same");
    new SqsQueue(one, "second", { name: "second", tags: { b: "2" } }).overrideLogicalId("same");
    one.addOverride("resource.aws_sqs_queue.same.delay_seconds", 3);
  },
  "what overrides change, and what they take away": (one) => {
    const queue = new SqsQueue(one, "queue", { name: "queue", delaySeconds: 3, maxMessageSize: 1024 });
    queue.addOverride("delay_seconds", undefined);
    queue.addOverride("tags", { told: Token.asString(queue.name) });
    one.addOverride("resource.aws_sqs_queue.queue.max_message_size", undefined);
    one.addOverride("terraform.required_version", ">= 1.10");
  },
  "what was moved, and what waits for another": (one) => {
    const queue = new SqsQueue(one, "queue", { name: "queue" });
    new SnsTopic(one, "topic", { name: "topic", dependsOn: [queue], lifecycle: { ignoreChanges: ["tags"] } });
    new Moved(one, "moved", { name: "moved", count: 2 });
    new TerraformOutput(one, "url", { value: queue.url, dependsOn: [queue] });
  },
  "what an aspect changes when the stack is written": (one) => {
    new SqsQueue(one, "queue", { name: "queue" });
    const visit = (node: unknown) => void (node instanceof SqsQueue && node.addOverride("name", "other"));
    Aspects.of(one).add({ visit });
  },
};

test.each(Object.keys(PROGRAMS))("plans what cdktf plans without the library: %s", (name) => {
  const alone = planned(PROGRAMS[name], false);
  expect(Object.keys(alone[0].resource as Config)).not.toHaveLength(0);
  expect(planned(PROGRAMS[name], true)).toEqual(alone);
});

test("what changes between two syntheses of an app is in the second plan", () => {
  inFolder((outdir) => {
    const app = new App({ outdir });
    const stack = stackOf(app, "one");
    register(new Construct(stack, "pattern"));
    const queue = new SqsQueue(stack, "queue", { name: "before" });
    app.synth();
    queue.name = "after";
    app.synth();
    expect(planOf(outdir, "one").resource.aws_sqs_queue.queue.name).toBe("after");
  });
});

test("fails on what is no value, as cdktf says it", () => {
  const define = (one: TerraformStack) => void new SqsQueue(one, "queue").addOverride("name", () => "queue");
  expect(() => planned(define, true)).toThrow("at '/resource/aws_sqs_queue/queue/name'");
});
