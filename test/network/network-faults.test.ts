import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Experiments } from "../../lib/chaos";
import { Network } from "../../lib/network";
import { Config, synth } from "../synth";

function network(natGateways: "one" | "per-zone" = "per-zone") {
  const of: Network[] = [];
  const made = synth(
    (stack) => {
      of.push(new Network(stack, "network", { cidr: "10.20.0.0/16" }));
      const stopOn = [
        { name: "down", arn: "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:down", kind: "metric" as const },
      ];
      if (natGateways === "per-zone") new Experiments(stack, "experiments", { on: of[0], stopOn });
    },
    { posture: { natGateways, zones: 2 } },
  );
  return { made, faults: of[0].faults };
}

test("a zone is cut off for two minutes: all of its subnets, and no other", () => {
  const { made } = network();
  const templates = Object.values(made.json.resource.aws_fis_experiment_template as Record<string, Config>);
  expect(templates.map(({ target }) => target[0])).toEqual(
    ["eu-west-1a", "eu-west-1b"].map((zone) => ({
      name: expect.any(String),
      resource_type: "aws:ec2:subnet",
      resource_tag: [{ key: "Network", value: "test-network" }],
      parameters: { availabilityZoneIdentifier: zone },
      selection_mode: "ALL",
    })),
  );
  const cut = templates[0].action.find(({ action_id: id }: Config) => id === "aws:network:disrupt-connectivity");
  expect(cut.parameter).toEqual([
    { key: "duration", value: "PT2M" },
    { key: "scope", value: "all" },
  ]);
});

test("its tags find its own subnets, and nothing else in the stack", () => {
  const { verdicts } = network().made.manifest;
  expect(verdicts.filter(({ message }) => message.endsWith("breaks test/network alone"))).toHaveLength(2);
});

test("each subnet of the network carries its name", () => {
  const names = Object.values(network().made.all(Subnet)).map(({ tags }) => tags.Network);
  expect(names).toHaveLength(6);
  expect(new Set(names)).toEqual(new Set(["test-network"]));
});

test("a network whose zones share a way out does not claim to survive the loss of one, and is not tested for it", () => {
  expect(network("one").faults).not.toHaveProperty("zoneDisconnected");
});
