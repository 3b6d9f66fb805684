import { orders } from "../examples/orders";
import { Config, synth } from "./synth";

/** A whole service over so many zones, by address. */
function service(zones: number): Record<string, Config> {
  const { resource } = synth(orders, { posture: { zones } }).json;
  return Object.fromEntries(
    Object.entries(resource as Config).flatMap(([type, named]) =>
      Object.entries(named as Config).map(([name, config]) => [`${type}.${name}`, config]),
    ),
  );
}

/** What a zone more changes, by type: all of it is changed in place by the provider. */
const IN_PLACE: Record<string, string[]> = {
  aws_autoscaling_group: [
    "instance_maintenance_policy",
    "instance_refresh",
    "max_size",
    "min_size",
    "vpc_zone_identifier",
  ],
  aws_autoscaling_policy: ["target_tracking_configuration"],
  aws_cloudwatch_composite_alarm: ["alarm_rule"],
  aws_cloudwatch_metric_alarm: ["alarm_description", "threshold"],
  aws_db_subnet_group: ["subnet_ids"],
  aws_lb: ["subnets"],
};

const before = service(2);
const after = service(3);

test("a zone added to a running service removes and renames nothing", () => {
  expect(Object.keys(before).filter((address) => !(address in after))).toEqual([]);
});

test("what a zone adds is named after it", () => {
  const added = Object.keys(after).filter((address) => !(address in before));
  expect(added.length).toBeGreaterThan(0);
  expect(added.filter((address) => !address.includes("eu-west-1c"))).toEqual([]);
});

test("what it changes is changed in place: lists of subnets, sizes, and the alarms on them", () => {
  const changed: Record<string, Set<string>> = {};
  for (const [address, config] of Object.entries(before)) {
    const differing = Object.keys({ ...config, ...after[address] }).filter(
      (attribute) => JSON.stringify(config[attribute]) !== JSON.stringify(after[address][attribute]),
    );
    const [type] = address.split(".");
    for (const attribute of differing) (changed[type] ??= new Set()).add(attribute);
  }
  const found = Object.entries(changed).map(([type, attributes]) => [type, [...attributes].sort()]);
  expect(Object.fromEntries(found)).toEqual(IN_PLACE);
});
