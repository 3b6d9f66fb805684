import { TerraformStack } from "cdktf";
import { Fleet, FleetProps } from "../../lib/compute";
import { runbooks } from "../../lib/review/runbooks";
import { network, synth } from "../synth";

function rollback(props: Partial<FleetProps> = {}): string {
  const fill = (stack: TerraformStack) =>
    new Fleet(stack, "fleet", {
      network: network(),
      image: "ami-0a1b2c3d4e5f60718",
      min: 6,
      max: 12,
      scaleOn: { metric: { namespace: "Own/Service", name: "BacklogPerInstance", statistic: "Average" }, target: 10 },
      ...props,
    });
  return runbooks(synth(fill).manifest)["fleet/rollback.md"];
}

test("a rollout that is on is turned round by one command, with the name of the group", () => {
  expect(rollback()).toContain(
    "aws autoscaling rollback-instance-refresh --region eu-west-1 --auto-scaling-group-name test-fleet\n",
  );
});

test("after it is over the version before the newest is rolled out, in a form that AWS reads", () => {
  const [, wanted] = /--desired-configuration '(.*)'\n/.exec(rollback()) ?? [];
  // The shell puts the number between the quotes.
  const configuration = JSON.parse(wanted.replace(`'"$version"'`, "7"));
  expect(configuration).toEqual({ LaunchTemplate: { LaunchTemplateName: "test-fleet", Version: "7" } });
});

test("a fleet of several kinds of instances goes back by its code alone: a version says too little of it", () => {
  const text = rollback({
    spot: { sharePercent: 50, waived: "work is done again", instanceTypes: ["m7g.large", "m6g.large"] },
  });
  expect(text).toContain("It is over: revert the change in the code now and apply it");
  expect(text).not.toContain("start-instance-refresh");
});
