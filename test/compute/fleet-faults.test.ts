import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Fleet, FleetProps } from "../../lib/compute";
import { Experiments } from "../../lib/chaos";
import { Fault } from "../../lib/core";
import { Config, network, synth } from "../synth";

const SPOT = { sharePercent: 50, instanceTypes: ["m7g.large", "m6g.large"], waived: "a batch that may wait" };

function fleet(props: Partial<FleetProps> = {}, checks = false) {
  const of: Fleet[] = [];
  const made = synth(
    (stack) => {
      const net = network();
      const image = "ami-0a1b2c3d4e5f60718";
      const metric = { namespace: "Work", name: "Backlog", statistic: "Average" };
      of.push(new Fleet(stack, "fleet", { network: net, image, scaleOn: { metric, target: 10 }, ...props }));
      const stopOn = [
        { name: "down", arn: "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:down", kind: "metric" as const },
      ];
      new Experiments(stack, "experiments", { on: of[0], stopOn });
    },
    { checks },
  );
  return { made, faults: of[0].faults as Record<string, Fault>, recovers: of[0].recovers };
}

test("one instance is gone, one stops, and each zone loses all of its own and gets no new ones", () => {
  expect(
    fleet({ min: 6 }).made.manifest.experiments.map(({ name, faults }) => [name, ...faults.map((f) => f.action)]),
  ).toEqual([
    ["fleet-lost-instance", "aws:ec2:terminate-instances"],
    ["fleet-stopped-instance", "aws:ec2:stop-instances"],
    ...["a", "b", "c"].map((letter) => [
      `zone-eu-west-1${letter}`,
      "aws:ec2:stop-instances",
      "aws:ec2:asg-insufficient-instance-capacity-error",
    ]),
  ]);
});

test("instances are found by the name that they carry, whoever gave it", () => {
  for (const tags of [undefined, { Name: "workers" }]) {
    const { made, faults } = fleet({ min: 6, tags });
    const [carried] = made
      .the(LaunchTemplate)
      .tag_specifications.filter(({ resource_type }: Config) => resource_type === "instance");
    expect(faults.lostInstance.target?.tags).toEqual({ Name: carried.tags.Name });
    const group = made.the(AutoscalingGroup).tag.find(({ key }: Config) => key === "Name");
    expect(faults.zoneFull.target?.tags).toEqual({ Name: group.value });
    const verdicts = made.manifest.verdicts.filter(({ safeguard }) => safeguard === "experiment-target");
    expect(verdicts.map(({ outcome }) => outcome)).toEqual(verdicts.map(() => "kept"));
  }
});

test("every claim that heals by itself is put to the test", () => {
  const { faults, recovers } = fleet({ min: 6 });
  const tested = new Set(Object.values(faults).map(({ scenario, mechanism }) => `${scenario} ${mechanism}`));
  const claims = Object.entries(recovers).flatMap(([scenario, ways]) =>
    ways.map(({ mechanism }) => `${scenario} ${mechanism}`),
  );
  expect(tested).toEqual(new Set(claims));
});

test("spot instances are taken back at two minutes' notice, where there are any", () => {
  expect(fleet({ min: 6 }).faults.spotInterruption).toBeUndefined();
  expect(fleet({ min: 6, spot: SPOT }).faults.spotInterruption).toMatchObject({
    action: "aws:ec2:send-spot-instance-interruptions",
    parameters: { durationBeforeInterruption: "PT2M" },
    target: { key: "SpotInstances", resourceType: "aws:ec2:spot-instance", selection: "COUNT(1)" },
  });
});

test("the capacity that is missing is that of the zone", () => {
  const { made } = fleet({ min: 6 });
  const [template] = Object.entries(made.json.resource.aws_fis_experiment_template as Record<string, Config>)
    .filter(([id]) => id.includes("zone-eu-west-1b"))
    .map(([, config]) => config);
  const full = template.action.find(({ name }: Config) => name === "test-fleet-zoneFull");
  expect(full.parameter).toContainEqual({ key: "availabilityZoneIdentifiers", value: "eu-west-1b" });
});

test("fails where a zone may have no instance: nothing would be lost with it", () => {
  const load = { peakRequestsPerSecond: 10, perInstance: 10 };
  expect(() => fleet({ load, min: 2 }, true)).toThrow("'on' must have something in eu-west-1a at any time");
});
