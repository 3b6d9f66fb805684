import { CloudwatchCompositeAlarm } from "@cdktf/provider-aws/lib/cloudwatch-composite-alarm";
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Alarms, AlarmsProps } from "../../lib/alerting";
import { Signal } from "../../lib/core";
import { synth } from "../synth";
import { ERRORS, Mill, NOTIFY, TICKET } from "./mill";

const topic = (urgency: string, region = "eu-central-1") => `arn:aws:sns:${region}:111122223333:${urgency}`;
const THERE = { "eu-central-1": { page: topic("page"), ticket: topic("ticket") } };

function watched(signal: Signal, elsewhere?: AlarmsProps["elsewhere"]) {
  let pages: string[] = [];
  const plan = synth((stack) => {
    const alarms = new Alarms(stack, "alarms", { notify: NOTIFY, elsewhere });
    alarms.watch(new Mill(stack, "mill", { lag: signal, lost: { ...ERRORS, ticket: 1 } }));
    pages = alarms.pages.map(({ name }) => name);
  });
  return { plan, pages };
}

const LAG: Signal = { ...ERRORS, means: "a replica is late", region: "eu-central-1" };

test("what is published in another region has its alarms there, and they tell topics of there", () => {
  const { plan } = watched({ ...LAG, page: 60, ticket: 30 }, THERE);
  for (const urgency of ["page", "ticket"]) {
    expect(plan.at(CloudwatchMetricAlarm, `mill/alarms/lag-${urgency}`)).toMatchObject({
      region: "eu-central-1",
      alarm_actions: [topic(urgency)],
      ok_actions: [topic(urgency)],
    });
  }
  expect(plan.manifest.alarms.filter(({ signal }) => signal === "lag")).toMatchObject([
    { region: "eu-central-1", urgency: "page", notifies: true },
    { region: "eu-central-1", urgency: "ticket", notifies: true },
  ]);
});

test("no composite, rollback or stop condition names what stands in another region", () => {
  const { plan, pages } = watched({ ...LAG, page: 60, ticket: 30 }, THERE);
  expect(plan.the(CloudwatchCompositeAlarm)).toMatchObject({
    alarm_rule: expect.not.stringContaining("lag") as string,
    alarm_actions: [TICKET],
  });
  expect(pages).toEqual([]);
});

test("an event of another region is told there", () => {
  const event = { source: ["aws.rds"], detailType: ["RDS DB Cluster Event"] };
  const { plan } = watched({ ...LAG, measure: { event } }, THERE);
  expect(plan.at(CloudwatchEventRule, "mill/alarms/lag").region).toBe("eu-central-1");
  expect(plan.at(CloudwatchEventTarget, "mill/alarms/lag-target")).toMatchObject({
    region: "eu-central-1",
    arn: topic("ticket"),
  });
});

test("the region of the stack is no other region", () => {
  const { plan, pages } = watched({ ...LAG, region: "eu-west-1", page: 60 });
  expect(plan.at(CloudwatchMetricAlarm, "mill/alarms/lag-page")).not.toHaveProperty("region");
  expect(pages).toEqual(["test-mill-lag-page"]);
});

test.each<[string, AlarmsProps["elsewhere"], string]>([
  [
    "without topics of its region",
    undefined,
    "'lag' must tell topics in eu-central-1, got nothing; elsewhere: { \"eu-central-1\": { page, ticket } } on test/alarms",
  ],
  [
    "with topics of another region",
    { "eu-central-1": { page: topic("page", "eu-west-1"), ticket: topic("ticket") } },
    "'elsewhere.eu-central-1.page' must be a topic in eu-central-1",
  ],
  ["with topics elsewhere at home", { "eu-west-1": NOTIFY }, "'elsewhere' must be another region than eu-west-1"],
])("fails %s", (_, elsewhere, message) => {
  expect(() => watched({ ...LAG, page: 60 }, elsewhere)).toThrow(message);
});

test("fails on a region that is none", () => {
  expect(() => watched({ ...LAG, region: "frankfurt", page: 60 })).toThrow("'signal.region' must be a region such as");
});
