import { CloudcontrolapiResource } from "@cdktf/provider-aws/lib/cloudcontrolapi-resource";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { FisExperimentTemplate } from "@cdktf/provider-aws/lib/fis-experiment-template";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { Fault } from "../../lib/core";
import { Config, Setting, synth } from "../synth";
import { CLOSED, Change, LOSS, OUTAGE, books } from "./ledger";

const made = (change: Change = {}, setting: Setting = { checks: true }) =>
  synth((stack) => books(stack, change), setting);
const template = (change: Change = {}, name = "ledger-lost-machine") =>
  made(change).at(FisExperimentTemplate, `experiments/${name}/Resource`);
const action = (of: Config, name: string) => of.action.find((each: Config) => each.name === name);
const parameters = (of: Config) =>
  Object.fromEntries((of.parameter ?? []).map(({ key, value }: Config) => [key, value]));

test("each fault is an experiment, and so is the outage of each zone", () => {
  expect(Object.keys(made().all(FisExperimentTemplate))).toEqual([
    "experiments/ledger-lost-machine/Resource",
    "experiments/zone-eu-west-1a/Resource",
    "experiments/zone-eu-west-1b/Resource",
  ]);
});

test("one construct is broken as well as a whole service", () => {
  const told = (alone: boolean) =>
    made({ alone, faults: { lostMachine: LOSS } }).manifest.experiments.map(({ of }) => of);
  expect([told(false), told(true)]).toEqual([["test/books"], ["test/ledger"]]);
});

test("targets are found by tags, and so many are taken as the pattern says", () => {
  expect(template().target).toEqual([
    {
      name: "test-ledger-lostMachine",
      resource_type: "aws:ec2:instance",
      resource_tag: [{ key: "Name", value: "ledger" }],
      selection_mode: "COUNT(1)",
    },
  ]);
});

test("the outage of a zone is narrowed to it, and what has nothing there is skipped", () => {
  const zone = template({}, "zone-eu-west-1b");
  expect(zone.target[0].filter).toEqual([{ path: "Placement.AvailabilityZone", values: ["eu-west-1b"] }]);
  expect(zone.experiment_options.empty_target_resolution_mode).toBe("skip");
});

test("an experiment of anything else fails where it finds no target", () => {
  expect(template().experiment_options).toEqual({
    account_targeting: "single-account",
    empty_target_resolution_mode: "fail",
  });
});

test.each([
  ["a parameter of the target", { targetParameter: "availabilityZoneIdentifier" }],
  ["a parameter of the action", { actionParameter: "availabilityZoneIdentifiers" }],
] as const)("a zone may be %s", (_, by) => {
  const zoneOutage: Fault = { ...OUTAGE, zone: { zones: ["eu-west-1a"], by, always: true } };
  const zone = template({ faults: { zoneOutage } }, "zone-eu-west-1a");
  const given = { ...zone.target[0].parameters, ...parameters(action(zone, "test-ledger-zoneOutage")) };
  expect(given).toMatchObject({ [Object.values(by)[0]]: "eu-west-1a" });
});

test("tasks on Fargate lose a zone as well, where their pattern says how", () => {
  const zoneStopped: Fault = {
    ...OUTAGE,
    action: "aws:ecs:stop-task",
    parameters: {},
    target: {
      key: "Tasks",
      resourceType: "aws:ecs:task",
      parameters: { cluster: "books", service: "ledger" },
      selection: "ALL",
    },
    zone: { ...OUTAGE.zone!, by: { filter: "AvailabilityZone" } },
  };
  const zone = template({ faults: { zoneStopped } }, "zone-eu-west-1a");
  expect(zone.target[0]).toMatchObject({
    resource_type: "aws:ecs:task",
    parameters: { cluster: "books", service: "ledger" },
    filter: [{ path: "AvailabilityZone", values: ["eu-west-1a"] }],
  });
});

test("nothing is wrong before, the faults come all at once, and nothing is wrong after the time that is claimed", () => {
  const zone = template({}, "zone-eu-west-1a");
  const order = Object.fromEntries(zone.action.map(({ name, start_after }: Config) => [name, start_after ?? []]));
  expect(order).toEqual({
    steady: [],
    "test-ledger-zoneOutage": ["steady"],
    recovery: ["steady"],
    back: ["recovery", "test-ledger-zoneOutage"],
  });
  const stops = zone.stop_condition.map(({ value }: Config) => value);
  for (const name of ["steady", "back"]) {
    expect(parameters(action(zone, name))).toEqual({ alarmArns: stops.join(","), alarmStates: "OK" });
  }
});

test("an experiment stays until its faults are over", () => {
  const long: Fault = {
    ...LOSS,
    action: "aws:ec2:stop-instances",
    parameters: { startInstancesAfterDuration: "PT1H" },
  };
  const of = template({ faults: { long } }, "ledger-long");
  expect(parameters(action(of, "recovery"))).toEqual({ duration: "PT60M" });
});

test("more than three alarms are asked for in several steps: a parameter holds no more", () => {
  const many = (pages: readonly { name: string; arn: string; kind: "metric" | "composite" }[]) => [
    ...pages,
    ...[1, 2, 3].map((each) => ({
      name: `more-${each}`,
      arn: `arn:aws:cloudwatch:eu-west-1:111122223333:alarm:more-${each}`,
      kind: "metric" as const,
    })),
  ];
  const of = template({ stops: many });
  expect(of.stop_condition).toHaveLength(5);
  expect(of.action.map(({ name }: Config) => name)).toEqual([
    "steady",
    "steady-2",
    "test-ledger-lostMachine",
    "recovery",
    "back",
    "back-2",
  ]);
  expect(action(of, "test-ledger-lostMachine").start_after).toEqual(["steady", "steady-2"]);
});

test("logs are kept in an encrypted group of their own, which the template names with all its streams", () => {
  const all = made();
  const group = all.the(CloudwatchLogGroup);
  expect(group).toMatchObject({ name: "/aws/vendedlogs/fis/test-experiments", retention_in_days: 365 });
  expect(group.kms_key_id).toMatch(/^\$\{aws_kms_key\.experiments_key_/);
  expect(template().log_configuration).toEqual({
    log_schema_version: 2,
    cloudwatch_logs_configuration: {
      log_group_arn: expect.stringMatching(/^\$\{aws_cloudwatch_log_group\..*\.arn\}:\*$/),
    },
  });
});

test("reports go to a private bucket of their own, and only where they are asked for", () => {
  expect(made().all(S3Bucket)).toEqual({});
  const props = { reports: { keepDays: 400, dashboard: "arn:aws:cloudwatch::111122223333:dashboard/orders" } };
  const all = made({ props });
  expect(all.the(S3Bucket).bucket).toBe("test-experiments-reports-111122223333-eu-west-1");
  const { experiment_report_configuration: report } = template({ props });
  expect(report).toMatchObject({
    outputs: { s3_configuration: { prefix: "ledger-lost-machine" } },
    data_sources: { cloudwatch_dashboard: [{ dashboard_arn: props.reports.dashboard }] },
  });
  const { policy } = all.at(IamRolePolicy, "experiments/ledger-lost-machine/role-policy");
  const sids = JSON.parse(policy).Statement.map(({ Sid }: Config) => Sid);
  expect(sids).toEqual(expect.arrayContaining(["WriteReport", "ReadDashboard", "DrawGraphs"]));
});

test("only an experiment of this account takes the role", () => {
  const { assume_role_policy: trust } = made().at(IamRole, "experiments/ledger-lost-machine/role");
  expect(JSON.parse(trust).Statement[0]).toMatchObject({
    Principal: { Service: "fis.amazonaws.com" },
    Condition: {
      StringEquals: { "aws:SourceAccount": "111122223333" },
      ArnLike: { "aws:SourceArn": "arn:aws:fis:eu-west-1:111122223333:experiment/*" },
    },
  });
});

test("a key that the provider does not know goes through Cloud Control, as the same text each time", () => {
  const states = [1, 2].map(
    () => made({ faults: { closed: CLOSED } }).the(CloudcontrolapiResource).desired_state as string,
  );
  expect(states[0]).toBe(states[1]);
  const state = JSON.parse(states[0]);
  expect(state.Actions["test-ledger-closed"]).toMatchObject({
    ActionId: "aws:network:disrupt-vpc-endpoint",
    Parameters: { duration: "PT5M" },
    Targets: { VPCEndpoints: "test-ledger-closed" },
    StartAfter: ["steady"],
  });
  expect(state.Targets["test-ledger-closed"]).toEqual({
    ResourceType: "aws:ec2:vpc-endpoint",
    SelectionMode: "ALL",
    ResourceArns: CLOSED.target!.arns,
  });
  expect(state.Tags).toEqual({ Name: "test-experiments-ledger-closed" });
  expect(state.StopConditions.every(({ Source }: Config) => Source === "aws:cloudwatch:alarm")).toBe(true);
});

test("what else is broken with it goes through Cloud Control too, and is the same in both forms", () => {
  const typed = template({ faults: { zoneOutage: OUTAGE } }, "zone-eu-west-1a");
  const zone = { zones: ["eu-west-1a"], by: { actionParameter: "zone" }, always: true };
  const both = { zoneOutage: OUTAGE, closed: { ...CLOSED, scenario: "zone", zone } as Fault };
  const all = made({ faults: both }).at(CloudcontrolapiResource, "experiments/zone-eu-west-1a/Resource");
  const state = JSON.parse(all.desired_state);
  const { action_id: id, description, start_after: after, target, ...rest } = action(typed, "test-ledger-zoneOutage");
  expect(state.Actions["test-ledger-zoneOutage"]).toEqual({
    ActionId: id,
    Description: description,
    StartAfter: after,
    Parameters: parameters(rest),
    Targets: { [target.key]: target.value },
  });
  const [{ resource_type: type, selection_mode: mode, resource_tag: tags, filter }] = typed.target;
  expect(state.Targets["test-ledger-zoneOutage"]).toEqual({
    ResourceType: type,
    SelectionMode: mode,
    ResourceTags: Object.fromEntries(tags.map(({ key, value }: Config) => [key, value])),
    Filters: filter.map(({ path, values }: Config) => ({ Path: path, Values: values })),
  });
  expect(state.Description).toBe(typed.description);
  expect(state.RoleArn).toBe(typed.role_arn);
  expect(state.ExperimentOptions.EmptyTargetResolutionMode).toBe("skip");
  expect(state.LogConfiguration.CloudWatchLogsConfiguration.LogGroupArn).toBe(
    typed.log_configuration.cloudwatch_logs_configuration.log_group_arn,
  );
});

test("what rings later than is claimed stays the stop alarm itself", () => {
  expect(Object.keys(made({ stops: (pages) => pages.slice(1) }).all(CloudwatchMetricAlarm))).toEqual([
    "door/alarms/errors-page",
    "door/alarms/slow-page",
  ]);
});

test("the same input gives the same bytes", () => {
  expect(JSON.stringify(made().json)).toBe(JSON.stringify(made().json));
});

test("a fault may have no target: then its action has none", () => {
  const pause: Fault = { ...LOSS, action: "aws:fis:wait", parameters: { duration: "PT1M" }, target: undefined };
  const of = template({ faults: { pause } }, "ledger-pause");
  expect(action(of, "test-ledger-pause")).not.toHaveProperty("target");
  expect(of.target ?? []).toEqual([]);
});

test("names and words that are longer than AWS takes are cut, and names stay apart", () => {
  const long = `lost${"Machine".repeat(60)}`;
  const zone = { ...OUTAGE, does: "all stop ".repeat(200) };
  const of = template({ faults: { [`${long}A`]: zone, [`${long}B`]: zone } }, "zone-eu-west-1a");
  const names = of.action.map(({ name }: Config) => name);
  expect(new Set(names).size).toBe(5);
  expect(names.filter((name: string) => name.length > 64)).toEqual([]);
  expect(of.target.map(({ name }: Config) => name)).toEqual(names.slice(1, 3));
  const words = [of, ...of.action].map(({ description }: Config) => description.length);
  expect(Math.max(...words)).toBe(512);
});
