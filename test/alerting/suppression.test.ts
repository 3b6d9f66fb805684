import { CloudwatchCompositeAlarm } from "@cdktf/provider-aws/lib/cloudwatch-composite-alarm";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { TerraformStack } from "cdktf";
import fc from "../property";
import { Alarms, AlarmsProps } from "../../lib/alerting";
import { ServiceGraph, Signals } from "../../lib/core";
import { Setting, synth, synthAll } from "../synth";
import { ERRORS, Mill, NOTIFY, metric } from "./mill";

const SIGNALS = { lost: { ...ERRORS, page: 5, ticket: 1 } } satisfies Signals;

/** A service of three, as each test declares and watches it. */
class Bakery {
  readonly river: Mill;
  readonly mill: Mill;
  readonly shop: Mill;
  readonly alarms: Alarms;

  constructor(
    readonly stack: TerraformStack,
    river: Signals = SIGNALS,
    props: Partial<AlarmsProps> = {},
  ) {
    this.river = new Mill(stack, "river", river);
    this.mill = new Mill(stack, "mill", SIGNALS);
    this.shop = new Mill(stack, "shop", SIGNALS);
    this.alarms = new Alarms(stack, "alarms", { notify: NOTIFY, ...props });
  }

  declare(): void {
    new ServiceGraph(this.stack, "bread", { entrance: this.shop, runs: this.mill, needs: [this.river] });
  }

  watch(...mills: Mill[]): void {
    for (const each of mills) this.alarms.watch(each);
  }
}

const bakery = (fill: (bakery: Bakery) => void, signals?: Signals, props?: Partial<AlarmsProps>, setting?: Setting) =>
  synth((stack) => fill(new Bakery(stack, signals, props)), setting);

const whole = (made: Bakery) => {
  made.declare();
  made.watch(made.river, made.mill, made.shop);
};

const namedIn = (rule: string) =>
  [...rule.matchAll(/aws_cloudwatch_metric_alarm\.(\w+?)_alarms_/g)].map(([, at]) => at);

test("what needs nothing opens its tickets by itself", () => {
  const stack = bakery(whole);
  expect(stack.at(CloudwatchCompositeAlarm, "river/alarms/ticket")).not.toHaveProperty("actions_suppressor");
});

test("the tickets of what needs something wait while that pages, near and far", () => {
  const stack = bakery(whole);
  const rules = ["mill", "shop"].map((id) => stack.at(CloudwatchCompositeAlarm, `${id}/alarms/suppressor`).alarm_rule);
  expect(rules.map(namedIn)).toEqual([["river"], ["mill", "river"]]);
  for (const rule of rules) expect(rule).not.toContain("lost-ticket");
});

test("a ticket waits a minute for its explanation, and stays quiet as long as its slowest alarm takes", () => {
  const slow = {
    ...SIGNALS,
    late: { ...ERRORS, ticket: 1, period: "5 minutes", breaches: "3 of 3" },
    // No outage of the river sets this one off.
    worn: { ...ERRORS, ticket: 1, period: "1 day", breaches: "1 of 1" },
  } as const;
  const stack = synth((scope) => {
    const river = new Mill(scope, "river", SIGNALS);
    const mill = new Mill(scope, "mill", slow);
    const alarms = new Alarms(scope, "alarms", { notify: NOTIFY });
    alarms.watch(river);
    alarms.watch(mill);
    new ServiceGraph(scope, "flour", { runs: mill, needs: [river] });
  });
  expect(stack.at(CloudwatchCompositeAlarm, "mill/alarms/ticket").actions_suppressor).toEqual({
    alarm: expect.stringMatching(/^\$\{aws_cloudwatch_composite_alarm\.mill_alarms_suppressor_\w+\.alarm_name\}$/),
    wait_period: 60,
    extension_period: 900,
  });
});

test("no page waits for anything", () => {
  const stack = bakery(whole, SIGNALS, { deployments: metric("Deploying") });
  for (const [path, alarm] of Object.entries(stack.all(CloudwatchMetricAlarm))) {
    if (path.endsWith("-page")) expect(alarm.alarm_actions).toEqual([NOTIFY.page]);
  }
  const held = Object.values(stack.all(CloudwatchCompositeAlarm)).filter(({ actions_suppressor: held }) => held);
  expect(held.map(({ alarm_actions: actions }) => actions)).toEqual(Array(3).fill([NOTIFY.ticket]));
});

test("it does not matter who comes first: services, what is watched, or in which order", () => {
  const alarmsOf = (fill: (made: Bakery) => void) => {
    const { json } = bakery(fill);
    return JSON.stringify(Object.entries(json.resource.aws_cloudwatch_composite_alarm as object).sort());
  };
  const late = (made: Bakery) => {
    made.watch(made.shop, made.river, made.mill);
    made.declare();
  };
  const between = (made: Bakery) => {
    made.watch(made.shop);
    made.declare();
    made.watch(made.mill, made.river);
  };
  expect(alarmsOf(late)).toBe(alarmsOf(whole));
  expect(alarmsOf(between)).toBe(alarmsOf(whole));
});

/** Mills in a row, each of which may need those before it, and an order to declare and watch them in. */
const villages = fc.integer({ min: 2, max: 5 }).chain((size) => {
  const pairs = Array.from({ length: size }, (_, from) => Array.from({ length: from }, (_, to) => [from, to] as const));
  const steps = Array.from({ length: size }, (_, index) => index);
  return fc.record({
    size: fc.constant(size),
    needs: fc.subarray(pairs.flat()),
    declared: fc.shuffledSubarray(steps, { minLength: size }),
    watched: fc.shuffledSubarray(steps, { minLength: size }),
    watchedFirst: fc.boolean(),
  });
});

test("whatever needs whatever, in whatever order: a ticket waits for all that is needed, and nothing else", () => {
  fc.assert(
    fc.property(villages, ({ size, needs, declared, watched, watchedFirst }) => {
      const stack = synth((scope) => {
        const mills = Array.from({ length: size }, (_, index) => new Mill(scope, `mill-${index}`, SIGNALS));
        const alarms = new Alarms(scope, "alarms", { notify: NOTIFY });
        const watch = () => watched.forEach((index) => alarms.watch(mills[index]));
        const declare = () =>
          declared.forEach((index) => {
            const needed = needs.filter(([from]) => from === index).map(([, to]) => mills[to]);
            new ServiceGraph(scope, `service-${index}`, { runs: mills[index], needs: needed });
          });
        for (const step of watchedFirst ? [watch, declare] : [declare, watch]) step();
      });
      // Those before it that it reaches, found by asking again and again.
      const reached = (from: number): number[] => {
        const near = needs.filter(([each]) => each === from).map(([, to]) => to);
        return [...new Set([...near, ...near.flatMap(reached)])].sort();
      };
      const composites = stack.all(CloudwatchCompositeAlarm);
      for (let index = 0; index < size; index++) {
        const rule = composites[`mill-${index}/alarms/suppressor`]?.alarm_rule ?? "";
        const named = [...rule.matchAll(/aws_cloudwatch_metric_alarm\.mill-(\d)_alarms_/g)].map(([, at]) => Number(at));
        expect(named).toEqual(reached(index));
      }
    }),
    { numRuns: 40 },
  );
});

test("what pages nobody, or is watched elsewhere, holds nothing back", () => {
  const stack = bakery(
    (made) => {
      made.declare();
      made.watch(made.river, made.mill);
    },
    { lost: { ...ERRORS, ticket: 1 } },
  );
  expect(stack.at(CloudwatchCompositeAlarm, "mill/alarms/ticket")).not.toHaveProperty("actions_suppressor");
});

test("an alarm of another stack is none that a composite can name", () => {
  let river!: Mill;
  const { mills } = synthAll({
    rivers: (stack) => {
      river = new Mill(stack, "river", SIGNALS);
      new Alarms(stack, "alarms", { notify: NOTIFY }).watch(river);
    },
    mills: (stack) => {
      const mill = new Mill(stack, "mill", SIGNALS);
      new Alarms(stack, "alarms", { notify: NOTIFY }).watch(mill);
      new ServiceGraph(stack, "flour", { runs: mill, needs: [river] });
    },
  });
  expect(mills.the(CloudwatchCompositeAlarm)).not.toHaveProperty("actions_suppressor");
});

test("a deployment holds the tickets of every pattern back, until it is over or CI is gone", () => {
  const stack = bakery(whole, SIGNALS, { deployments: metric("Deploying", "Maximum") });
  const rule = (id: string) => stack.at(CloudwatchCompositeAlarm, `${id}/alarms/suppressor`).alarm_rule as string;
  for (const id of ["river", "mill", "shop"]) {
    expect(rule(id)).toMatch(/ALARM\("\$\{aws_cloudwatch_metric_alarm\.alarms_deploying_\w+\.alarm_name\}"\)$/);
  }
  expect(stack.at(CloudwatchMetricAlarm, "alarms/deploying")).toMatchObject({
    metric_name: "Deploying",
    treat_missing_data: "notBreaching",
    evaluation_periods: 1,
    actions_enabled: false,
  });
});

test("CloudWatch takes what holds back, and what is held back", () => {
  const { manifest } = bakery(whole, SIGNALS, { deployments: metric("Deploying") }, { checks: true });
  expect(manifest.verdicts.filter(({ outcome }) => outcome !== "kept")).toEqual([]);
});
