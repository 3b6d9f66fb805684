import { apply } from "../scan/exceptions";
import { Change, changed } from "./change";
import { Check } from "./check";
import exceptions from "./exceptions.json";
import { Judged, judge } from "./judge";
import { CHECKS } from "./index";
import { Plan, Resources, Surroundings } from "./plan";
import { Stacks, examples, goldenPlans, surroundings } from "./stacks";
import { DECIDES, LATER, TWINS } from "./twins";

interface Seen {
  readonly stack: string;
  readonly resources: Resources;
  readonly around: Surroundings;
  readonly judged: readonly Judged[];
}

function look(stacks: Stacks): Seen[] {
  const around = surroundings(stacks);
  return Object.entries(stacks).map(([stack, { resource: resources = {} }]) => ({
    ...{ stack, resources, around },
    judged: judge(CHECKS, new Plan(resources, around)),
  }));
}

/** Everything that is for production: its stacks, and each example. */
const SEEN: readonly Seen[] = [goldenPlans("prod"), examples()].flatMap(look);

/** What is wrong, with where and why; what cannot be known is wrong as well. */
const findings = SEEN.flatMap(({ stack, judged }) =>
  judged
    .filter(({ verdict }) => verdict.is !== "pass")
    .map(({ check, resource, verdict }) => ({
      check: check.row,
      address: `${stack}/${resource.address}`,
      asks: `${check.expects}, but ${verdict.got}`,
    })),
);

const { open, idle } = apply(exceptions, findings);

test("nothing in production falls short of the list, unless a row says why it may", () => {
  expect(open).toEqual([]);
});

test("each exception excuses something, with a reason", () => {
  expect(idle).toEqual([]);
});

const named = ({ check, resource }: Judged) => `${check.row} ${resource.address}`;

const passed = (judged: readonly Judged[]) => new Set(judged.filter(({ verdict }) => verdict.is === "pass").map(named));

test.each(CHECKS)("something keeps check $row", ({ row }) => {
  expect(SEEN.some(({ judged }) => [...passed(judged)].some((each) => each.startsWith(`${row} aws_`)))).toBe(true);
});

/** What both have, each under the same path, that `prod` does not keep as `staging` does. */
function weaker(staging: Stacks, prod: Stacks): string[] {
  const lost = look(prod).flatMap(({ stack, judged }) => {
    const kept = passed(judged);
    return judged
      .map(named)
      .filter((each) => !kept.has(each))
      .map((each) => `${stack} ${each}`);
  });
  return look(staging)
    .flatMap(({ stack, judged }) => [...passed(judged)].map((each) => `${stack.replace("staging", "prod")} ${each}`))
    .filter((each) => lost.includes(each));
}

test("production keeps whatever staging keeps", () => {
  expect(weaker(goldenPlans("staging"), goldenPlans("prod"))).toEqual([]);
});

test("fails where production is weaker than staging", () => {
  const staging = goldenPlans("staging");
  const prod = Object.entries(goldenPlans("prod")).map(([stack, { resource = {}, output }]) => [
    stack,
    { resource: changed(resource, "aws_db_instance", { at: "multi_az", to: false }), output },
  ]);
  const lost = weaker(staging, Object.fromEntries(prod) as Stacks);
  expect(lost).toEqual([expect.stringMatching(/^orders-prod 1 aws_db_instance\.database_/)]);
});

test("each check has a bad twin, and no other has", () => {
  expect(Object.keys(TWINS).sort()).toEqual(CHECKS.map(({ row }) => row).sort());
});

const CASES = CHECKS.flatMap((check) =>
  TWINS[check.row].map((change): [string, string, Check, Change] => [
    check.row,
    [change.of ?? check.types[0], change.at].filter(Boolean).join("."),
    check,
    change,
  ]),
);

/** How what passed in a stack is judged after a change, by address. */
function after(check: Check, change: Change, { resources, around, judged }: Seen): Record<string, string> {
  const good = passed(judged);
  const all = judge([check], new Plan(changed(resources, check.types[0], change), around));
  const then = all.filter((each) => good.has(named(each)));
  return Object.fromEntries(then.map(({ resource, verdict }) => [resource.address, verdict.is]));
}

test.each(CASES)(
  "fails check %s where %s is wrong, and does not pass where it is not known",
  (_, __, check, change) => {
    const failed = (seen: Seen) => Object.entries(after(check, change, seen)).filter(([, is]) => is === "fail");
    const able = SEEN.filter(({ resources }) => resources[change.of ?? check.types[0]]);
    const seen = able.find((each) => failed(each).length > 0);
    expect(seen).toBeDefined();
    if (!seen || change.at === undefined) return;
    const token = after(check, { ...change, to: LATER }, seen);
    expect(failed(seen).filter(([address]) => token[address] === "pass")).toEqual([]);
  },
);

test.each(CHECKS.filter(({ row }) => DECIDES[row]))(
  "check $row is not silent where it may be about something",
  (check) => {
    const kept = SEEN.map((seen) => {
      const before = [...passed(seen.judged)].filter((each) => each.startsWith(`${check.row} aws_`));
      return [before.length, Object.keys(after(check, DECIDES[check.row], seen)).length];
    });
    expect(kept.every(([before, then]) => before === then)).toBe(true);
    expect(kept.some(([before]) => before > 0)).toBe(true);
  },
);
