import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { TerraformStack, TerraformVariable } from "cdktf";
import { Alarms } from "../../lib/alerting";
import { Fleet, FleetProps } from "../../lib/compute";
import { ServiceGraph, verbatim, waive } from "../../lib/core";
import { Topic, Queue } from "../../lib/data";
import { policy } from "../../lib/parts/policy";
import { network, synth } from "../synth";

const TOPIC = "arn:aws:sns:eu-west-1:111122223333:shop";

/** What a shell makes use of, and Terraform as well. */
const SCRIPT = "#!/bin/bash\nNAME=${HOSTNAME}\necho \"%{x}\" $${y} '\\d'\n";

const fleet = (stack: TerraformStack, props: Partial<FleetProps>) => {
  const metric = { namespace: "Orders", name: "BacklogPerInstance", statistic: "Average" };
  const scaleOn = { metric, target: 10 };
  return new Fleet(stack, "fleet", { network: network(), image: "ami-0a1b2c3d4e5f60718", scaleOn, ...props });
};

const started = (userData: (stack: TerraformStack) => string) =>
  synth((stack) => void fleet(stack, { userData: userData(stack) })).the(LaunchTemplate).user_data as string;

test("a script is handed on to the letter", () => {
  expect(
    Buffer.from(
      started(() => SCRIPT),
      "base64",
    ).toString(),
  ).toBe(SCRIPT);
});

test("a script may hold what is known after apply, and all else in it stays text", () => {
  const data = started((stack) => {
    const bucket = new TerraformVariable(stack, "bucket", { type: "string" });
    return `${SCRIPT}aws s3 cp s3://${bucket.stringValue}/start .`;
  });
  expect(data).toBe(
    '${base64encode("#!/bin/bash\\nNAME=$${HOSTNAME}\\necho \\"%%{x}\\" $$${y} \'\\\\d\'\\naws s3 cp s3://${var.bucket}/start .")}',
  );
});

test("a variable of IAM is none of Terraform", () => {
  const own = policy({ Sid: "Own", Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::home/${aws:username}/*" });
  expect(own).toContain("arn:aws:s3:::home/$${aws:username}/*");
});

test("a filter holds what messages hold", () => {
  const { json } = synth((stack) => {
    const filter = { path: [{ prefix: "${tenant}" }] };
    new Topic(stack, "orders").deliverTo(new Queue(stack, "queue"), { filter });
  });
  expect(JSON.stringify(json.resource.aws_sns_topic_subscription)).toContain("$${tenant}");
});

test("what a pattern of somebody else means is told as it is written", () => {
  const { json } = synth((stack) => {
    const queue = new Queue(stack, "queue");
    const oldestMessage = { ...queue.signals.oldestMessage, means: "${oldest} waits" };
    Object.defineProperty(queue, "signals", { value: { oldestMessage } });
    new Alarms(stack, "alarms", { notify: { page: TOPIC, ticket: TOPIC } }).watch(queue);
  });
  expect(JSON.stringify(json.resource.aws_cloudwatch_metric_alarm)).toContain("$${oldest} waits");
});

test.each<[string, (stack: TerraformStack) => void]>([
  ["test/queue: 'waived'", (stack) => waive(new Queue(stack, "queue"), "watched", { waived: "as ${owner} said" })],
  ["test/fleet: 'tags.team'", (stack) => fleet(stack, { tags: { team: "%{ if x }" } })],
  [
    "test/shop: 'prefers[0].because'",
    (stack) => {
      const prefers = [{ on: new Queue(stack, "mail"), because: "no ${mail} is sent" }];
      new ServiceGraph(stack, "shop", { runs: new Queue(stack, "queue"), prefers });
    },
  ],
])("fails on an expression in %s, where a text is asked for", (said, make) => {
  expect(() => synth(make)).toThrow(`${said} must hold no \${ or %{, which Terraform reads as an expression`);
});

test("what Terraform writes for the text itself passes", () => {
  expect(verbatim("$${a} ${b} %%{c} $5 {d}")).toBe("$$${a} $${b} %%%{c} $5 {d}");
  synth((stack) => void fleet(stack, { tags: { team: "$${team}" } }));
});
