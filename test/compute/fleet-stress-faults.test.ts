import { FisExperimentTemplate } from "@cdktf/provider-aws/lib/fis-experiment-template";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Experiments } from "../../lib/chaos";
import { Fleet, FleetProps } from "../../lib/compute";
import { Config, network, synth } from "../synth";

const SPOT = { sharePercent: 50, instanceTypes: ["m7g.large", "m6g.large"], waived: "a batch that may wait" };
const STRESSES = ["cpu-stress", "memory-stress", "network-latency", "packet-loss", "slow-volume"];

function fleet(include: "all" | readonly string[] = "all", props: Partial<FleetProps> = {}) {
  return synth((stack) => {
    const metric = { namespace: "Work", name: "Backlog", statistic: "Average" };
    const image = "ami-0a1b2c3d4e5f60718";
    const given = { network: network(), image, scaleOn: { metric, target: 10 }, min: 6, ...props };
    const stopOn = [
      { name: "down", arn: "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:down", kind: "metric" as const },
    ];
    new Experiments(stack, "experiments", { on: new Fleet(stack, "fleet", given), stopOn, include });
  });
}

/** The action that does the harm, with its parameters by name. */
function harm(name: string, made = fleet()) {
  const template = made.at(FisExperimentTemplate, `experiments/${name}/Resource`);
  const action = template.action.find((each: Config) => each.target !== undefined);
  const told = Object.fromEntries(action.parameter.map(({ key, value }: Config) => [key, value]));
  return { template, id: action.action_id, told, command: JSON.parse(told.documentParameters ?? "{}") };
}

const names = (made = fleet()) => made.manifest.experiments.map(({ name }) => name);

test("stress is an experiment only where somebody asks for it", () => {
  expect(names(fleet([])).filter((name) => !name.startsWith("zone-"))).toEqual([
    "fleet-lost-instance",
    "fleet-stopped-instance",
  ]);
  const asked = names(fleet(["fleet-cpu-stress", "slow-eu-west-1b"]));
  expect(asked.filter((name) => !names(fleet([])).includes(name))).toEqual(["fleet-cpu-stress", "slow-eu-west-1b"]);
  expect(names()).toEqual(expect.arrayContaining(STRESSES.map((stress) => `fleet-${stress}`)));
});

test.each([
  ["fleet-cpu-stress", "AWSFIS-Run-CPU-Stress", { LoadPercent: "95" }],
  ["fleet-memory-stress", "AWSFIS-Run-Memory-Stress", { Percent: "90" }],
  ["fleet-network-latency", "AWSFIS-Run-Network-Latency-Sources", { DelayMilliseconds: "200", Sources: "ALL" }],
  ["fleet-packet-loss", "AWSFIS-Run-Network-Packet-Loss-Sources", { LossPercent: "15", Sources: "ALL" }],
])("%s runs a document of AWS for nine of ten minutes on the share that may be lost", (name, document, parameters) => {
  const { template, id, told, command } = harm(name);
  expect(id).toBe("aws:ssm:send-command");
  expect(told.documentArn).toBe(`arn:aws:ssm:eu-west-1::document/${document}`);
  expect(told.duration).toBe("PT10M");
  expect(command).toMatchObject({ DurationSeconds: "540", InstallDependencies: "True", ...parameters });
  expect(template.target[0]).toMatchObject({
    resource_tag: [{ key: "Name", value: "test-fleet" }],
    selection_mode: "PERCENT(17)",
  });
  expect(template.experiment_options.empty_target_resolution_mode).toBe("fail");
});

test("the share is at least one instance, however many there have to be", () => {
  for (const min of [3, 6, 9, 100]) {
    const { template } = harm("fleet-cpu-stress", fleet(["fleet-cpu-stress"], { min, max: 200 }));
    const percent = Number(/\d+/.exec(template.target[0].selection_mode)![0]);
    expect(Math.floor((min * percent) / 100)).toBe(1);
  }
});

test("a role may run the document of its experiment and no other", () => {
  const { policy } = fleet().at(IamRolePolicy, "experiments/fleet-cpu-stress/role-policy");
  const statements: Config[] = JSON.parse(policy).Statement;
  expect(statements.filter(({ Action }) => [Action].flat().includes("ssm:SendCommand"))).toEqual([
    expect.objectContaining({ Resource: ["arn:aws:ssm:eu-west-1::document/AWSFIS-Run-CPU-Stress"] }),
    expect.objectContaining({ Condition: { StringEquals: { "aws:ResourceTag/Name": "test-fleet" } } }),
  ]);
});

test("a slow volume is one that instances of the fleet carry", () => {
  const { template, id, told } = harm("fleet-slow-volume");
  expect(id).toBe("aws:ebs:volume-io-latency");
  expect(told).toMatchObject({ duration: "PT10M", readIOLatencyMilliseconds: "1000", writeIOPercentage: "100" });
  expect(template.target[0]).toMatchObject({ resource_type: "aws:ec2:ebs-volume", selection_mode: "COUNT(1)" });
  const verdicts = fleet().manifest.verdicts.filter(({ message }) => message.startsWith("fleet-slow-volume"));
  expect(verdicts.map(({ outcome }) => outcome)).toEqual(["kept"]);
});

test("a slow zone is slow and not lost: its own instances, and only their claim", () => {
  const made = fleet(["slow-eu-west-1b"]);
  const { template, command } = harm("slow-eu-west-1b", made);
  expect(command).toMatchObject({ DelayMilliseconds: "200", TrafficType: "egress" });
  expect(template.target[0].filter).toContainEqual({ path: "Placement.AvailabilityZone", values: ["eu-west-1b"] });
  const slow = made.manifest.experiments.find(({ name }) => name === "slow-eu-west-1b")!;
  expect(slow).toMatchObject({ zone: "eu-west-1b", degraded: "slow" });
  expect(slow.hypothesis).toMatch(/^eu-west-1b is slow\./);
});

test("a zone that loses packets is an experiment of its own", () => {
  const made = fleet(["lossy-eu-west-1b"]);
  const { template, command } = harm("lossy-eu-west-1b", made);
  expect(command).toMatchObject({ LossPercent: "15", TrafficType: "egress" });
  expect(template.target[0].filter).toContainEqual({ path: "Placement.AvailabilityZone", values: ["eu-west-1b"] });
  const lossy = made.manifest.experiments.find(({ name }) => name === "lossy-eu-west-1b")!;
  expect(lossy).toMatchObject({ zone: "eu-west-1b", degraded: "lossy" });
  expect(lossy.hypothesis).toMatch(/^eu-west-1b loses packets\./);
});

test("no zone is made slow where the loss of one is not survived", () => {
  const load = { peakRequestsPerSecond: 10, perInstance: 10 };
  const { manifest } = synth((stack) => {
    const metric = { namespace: "Work", name: "Backlog", statistic: "Average" };
    const image = "ami-0a1b2c3d4e5f60718";
    const on = new Fleet(stack, "fleet", { network: network(), image, scaleOn: { metric, target: 10 }, load, min: 1 });
    const stopOn = [
      { name: "down", arn: "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:down", kind: "metric" as const },
    ];
    new Experiments(stack, "experiments", { on, stopOn, include: "all" });
  });
  expect(manifest.experiments.map(({ name }) => name).filter((name) => /^(zone|slow|lossy)-/.test(name))).toEqual([]);
});

test("spot instances are not stopped, since AWS would refuse: the zone loses them for good", () => {
  const made = fleet([], { spot: SPOT });
  expect(names(made)).not.toContain("fleet-stopped-instance");
  const outage = made.manifest.experiments.find(({ name }) => name === "zone-eu-west-1a")!;
  expect(outage.faults.map(({ action }) => action)).toEqual([
    "aws:ec2:terminate-instances",
    "aws:ec2:asg-insufficient-instance-capacity-error",
  ]);
});
