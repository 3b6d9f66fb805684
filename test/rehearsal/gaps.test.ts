import { Config } from "../synth";
import { differences } from "./differences";
import { GAPS, Gap, applicable, explained } from "./gaps";

const row = (gap: Partial<Gap>): Gap => ({
  type: "aws_lb",
  attribute: "whole type",
  effect: "absent",
  what: "it is refused",
  why: "the emulator has no such call",
  ...gap,
});
const change = (type: string, before: Config | null, after: Config | null, unknown: Config = {}) => ({
  address: `${type}.it`,
  type,
  mode: "managed",
  change: { actions: ["update"], before, after, after_unknown: unknown },
});
const changed = (...of: Parameters<typeof change>) =>
  differences({ resource_changes: [change(...of)] }).map(({ attribute }) => attribute);

test("each gap of the emulator has one row, and says what happens and why", () => {
  const keys = GAPS.map(({ type, attribute, where }) => JSON.stringify([type, attribute, where]));
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  for (const { what, why, effect, attribute } of GAPS) {
    expect(Math.min(what.length, why.length)).toBeGreaterThan(9);
    expect([effect, attribute === "whole type"]).toEqual([effect, effect === "absent"]);
  }
});

test("what the emulator lacks is left out of the apply, and nothing waits for it", () => {
  const plan = {
    resource: { aws_lb: { it: { name: "orders" } }, aws_eip: { it: { depends_on: ["aws_lb.it", "aws_vpc.it"] } } },
  };
  const gap = row({});
  expect(applicable(plan, [gap])).toEqual({
    plan: { resource: { aws_eip: { it: { depends_on: ["aws_vpc.it"] } } } },
    leftOut: ["aws_lb.it"],
    used: [gap],
  });
  expect(plan.resource.aws_lb.it).toEqual({ name: "orders" });
});

test("a row can speak of some resources of a type only", () => {
  const plan = { resource: { aws_lb: { in: { internal: true }, out: { internal: false } } } };
  expect(applicable(plan, [row({ where: { internal: true } })]).leftOut).toEqual(["aws_lb.in"]);
});

test("an argument that the emulator refuses is taken off, in blocks too", () => {
  const plan = { resource: { aws_lb: { it: { name: "orders", access_logs: [{ bucket: "logs", enabled: true }] } } } };
  const gap = row({ attribute: "access_logs.enabled", effect: "taken off" });
  const { plan: left, used } = applicable(plan, [gap, row({ attribute: "idle_timeout", effect: "taken off" })]);
  expect(left.resource.aws_lb.it).toEqual({ name: "orders", access_logs: [{ bucket: "logs" }] });
  expect(used).toEqual([gap]);
});

test.each([
  ["a resource", { resource: { aws_eip: { it: { of: "${aws_lb.it.arn}" } } } }, "aws_eip.it refers to aws_lb.it"],
  ["an output", { output: { lb: { value: "${aws_lb.it.arn}" } } }, "an output refers to aws_lb.it"],
])("fails where %s refers to what is left out", (_, rest: Config, message) => {
  const plan = { ...rest, resource: { ...rest.resource, aws_lb: { it: {} } } };
  expect(() => applicable(plan, [row({})])).toThrow(message);
});

test("a difference is told by its path, whatever the place in a list", () => {
  expect(changed("aws_lb", { a: 1, b: [{ c: 1, d: 2 }] }, { a: 1, b: [{ c: 2, d: 2 }] })).toEqual(["b.c"]);
  expect(changed("aws_lb", { zones: ["a", "b"] }, { zones: ["a"] })).toEqual(["zones"]);
  expect(changed("aws_lb", { tags: { Name: "orders" } }, { tags: {} })).toEqual(["tags.Name"]);
});

test("nothing, and an empty value, are no difference; false, and nothing, are one", () => {
  expect(changed("aws_lb", { a: [], b: "", c: false, d: 1 }, { a: null, b: null, c: null, d: 2 })).toEqual(["c", "d"]);
});

test("what is known after the apply only counts where nothing else changes", () => {
  expect(changed("aws_lb", { a: 1, arn: "x" }, { a: 2 }, { arn: true })).toEqual(["a"]);
  expect(changed("aws_lb", { a: 1, b: [{ c: "x" }] }, { a: 1, b: [{}] }, { b: [{ c: true, d: [] }] })).toEqual(["b.c"]);
});

test.each([
  ["comes", null, {}],
  ["goes", {}, null],
])("a resource that %s is a difference of the whole", (_, before, after) => {
  expect(changed("aws_lb", before, after)).toEqual(["whole type"]);
});

test("an output that changes is a difference, and what does not change is none", () => {
  const found = differences({
    resource_changes: [{ ...change("aws_lb", {}, {}), change: { actions: ["no-op"], before: {}, after: {} } }],
    output_changes: { name: { actions: ["update"] }, other: { actions: ["no-op"] } },
  });
  expect(found).toEqual([{ address: "output.name", type: "output", attribute: "value" }]);
});

test("a gap explains its attribute and what is in it, of its type, and nothing else", () => {
  const gap = row({ attribute: "tags", effect: "lost" });
  const at = (attribute: string, type = "aws_lb") => ({ address: `${type}.it`, type, attribute });
  const { unexplained, used } = explained([at("tags.Name"), at("tags_all.Name"), at("tags", "aws_eip")], [gap]);
  expect(unexplained).toEqual([at("tags_all.Name"), at("tags", "aws_eip")]);
  expect(used).toEqual([gap]);
  expect(explained([at("tags")], [row({})]).unexplained).toEqual([at("tags")]);
});
