import { CloudcontrolapiResource } from "@cdktf/provider-aws/lib/cloudcontrolapi-resource";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { FisExperimentTemplate } from "@cdktf/provider-aws/lib/fis-experiment-template";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import Ajv from "ajv";
import { Construct, IConstruct } from "constructs";
import { Experiments, ExperimentsProps } from "../../lib/chaos";
import { Breakable, Fault, FaultTarget, Faults, Recoverable } from "../../lib/core";
import { Bucket, Cache, Table } from "../../lib/data";
import { Network } from "../../lib/network";
import schema from "../../lib/review/manifest.schema.json";
import { Config, network, synth } from "../synth";
import { CLOSED, LOSS, Ledger, OUTAGE, copy } from "./ledger";

const ZONES = ["eu-west-1a", "eu-west-1b"];

/** Tasks of a pattern that the concern has never heard of. */
class Tasks extends Construct implements Breakable, Recoverable {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new EcsService(this, "Resource", { name: "work", propagateTags: "SERVICE", tags: { Name: "work" } });
  }

  get recovers() {
    return { instance: [copy("1 minute")], zone: [copy("1 minute")] };
  }

  get faults(): Faults {
    const target: FaultTarget = {
      key: "Tasks",
      resourceType: "aws:ecs:task",
      tags: { Name: "work" },
      selection: "PERCENT(25)",
    };
    const all = { ...target, selection: "ALL" };
    const { mechanism } = copy("1 minute");
    return {
      lostTask: { scenario: "instance", mechanism, action: "aws:ecs:stop-task", target, does: "a quarter stops" },
      zoneStopped: {
        scenario: "zone",
        mechanism,
        action: "aws:ecs:stop-task",
        target: all,
        zone: { zones: ZONES, by: { filter: "AvailabilityZone" }, always: true },
        does: "the tasks in the zone stop",
      },
      lateAnswers: {
        scenario: "zone",
        mechanism,
        action: "aws:ecs:task-network-latency",
        parameters: { duration: "PT10M", delayMilliseconds: "200", useEcsFaultInjectionEndpoints: "true" },
        target: all,
        zone: { zones: ZONES, by: { filter: "AvailabilityZone" }, always: true, pack: "slow" },
        onRequest: true,
        does: "the tasks in the zone are late",
      },
    };
  }
}

function made(parts: (scope: Construct) => IConstruct[], props: Partial<ExperimentsProps> = {}) {
  return synth((stack) => {
    const [on, ...standsOn] = parts(stack) as Breakable[];
    const stopOn = [
      { name: "down", arn: "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:down", kind: "metric" as const },
    ];
    new Experiments(stack, "experiments", { on, standsOn, stopOn, ...props });
  });
}

const template = (of: ReturnType<typeof made>, name: string) =>
  of.at(FisExperimentTemplate, `experiments/${name}/Resource`);
const named = ({ parameter = [] }: Config) =>
  Object.fromEntries(parameter.map(({ key, value }: Config) => [key, value]));
const harms = (of: Config) => of.action.filter(({ target }: Config) => target !== undefined);
const statements = (of: ReturnType<typeof made>, name: string): Config[] =>
  JSON.parse(of.at(IamRolePolicy, `experiments/${name}/role-policy`).policy).Statement;

test("a part of the tasks is killed, and its role stops what carries the tag alone", () => {
  const all = made((scope) => [new Tasks(scope, "tasks")]);
  const killed = template(all, "tasks-lost-task");
  expect(killed.target[0]).toMatchObject({ resource_type: "aws:ecs:task", selection_mode: "PERCENT(25)" });
  expect(harms(killed)[0].target).toEqual({ key: "Tasks", value: "test-tasks-lostTask" });
  expect(statements(all, "tasks-lost-task").find(({ Sid }) => Sid === "StopTask")).toMatchObject({
    Action: ["ecs:StopTask"],
    Condition: { StringEquals: { "aws:ResourceTag/Name": "work" } },
  });
});

test("a zone takes tasks, machines, network and cache away in one experiment", () => {
  const all = made((scope) => {
    const net = new Network(scope, "network", { cidr: "10.20.0.0/16", zones: ZONES });
    return [new Tasks(scope, "tasks"), new Ledger(scope, "ledger"), net, new Cache(scope, "cache", { network: net })];
  });
  const ids = harms(template(all, "zone-eu-west-1a")).map(({ action_id: id }: Config) => id);
  expect(ids.sort()).toEqual([
    "aws:ec2:stop-instances",
    "aws:ecs:stop-task",
    "aws:elasticache:replicationgroup-interrupt-az-power",
    "aws:network:disrupt-connectivity",
  ]);
});

/** Tasks that lose their network first, and stop a minute later, as AWS publishes it for Fargate. */
const late = (fault: Partial<Fault> = {}): Record<string, Fault> => {
  const { target, zone } = OUTAGE;
  const tasks: FaultTarget = { ...target!, key: "Tasks", resourceType: "aws:ecs:task", tags: { Name: "ledger" } };
  const at = { ...OUTAGE, zone: { ...zone!, by: { filter: "AvailabilityZone" } } };
  const parameters = { duration: "PT15M", lossPercent: "100", useEcsFaultInjectionEndpoints: "true" };
  const wait = { action: "aws:fis:wait", parameters: { duration: "PT1M" }, target: undefined };
  return {
    lost: {
      ...at,
      action: "aws:ecs:task-network-packet-loss",
      parameters,
      target: tasks,
      does: "all packets are lost",
    },
    aMinute: { ...at, ...wait, does: "a minute passes" },
    stopped: {
      ...at,
      action: "aws:ecs:stop-task",
      parameters: {},
      target: tasks,
      after: "aMinute",
      does: "they stop",
      ...fault,
    },
  };
};

const sequence = (faults: Record<string, Fault>) => made((scope) => [new Ledger(scope, "ledger", { faults })]);

test("what comes after something else is brought about when that is over, in the same experiment", () => {
  const zone = template(sequence(late()), "zone-eu-west-1a");
  const order = Object.fromEntries(zone.action.map(({ name, start_after: after }: Config) => [name, after ?? []]));
  expect(order).toMatchObject({
    "test-ledger-lost": ["steady"],
    "test-ledger-aMinute": ["steady"],
    "test-ledger-stopped": ["test-ledger-aMinute"],
    recovery: ["steady"],
  });
});

test("a sequence outside of a zone is one experiment, and what is claimed has its time after the last of it", () => {
  const alone = { first: { ...late().aMinute, ...pause("PT9M"), zone: undefined }, then: { ...LOSS, after: "first" } };
  const { manifest } = sequence(alone);
  expect(manifest.experiments.map(({ name }) => name)).toEqual(["ledger-first"]);
  const [{ faults, takesMinutes }] = manifest.experiments;
  expect(faults.map(({ name, after }) => [name, after])).toEqual([
    ["first", undefined],
    ["then", "first"],
  ]);
  const [short] = sequence({ first: { ...LOSS } }).manifest.experiments;
  expect(takesMinutes).toBe(short.takesMinutes + 9);
});

test("the manifest has what comes after another, and what claims nothing of a region, as its schema says", () => {
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);
  for (const { manifest } of [sequence(late()), made(replicated, { isolate: [ABROAD] })]) {
    validate(manifest);
    expect(validate.errors).toBeNull();
  }
});

function pause(duration: string): Partial<Fault> {
  return { scenario: "instance", parameters: { duration } };
}

test.each<[string, Record<string, Fault>, string]>([
  [
    "after nothing",
    late({ after: "aYear" }),
    "'test/ledger.faults.stopped.after' must be one of lost, aMinute, stopped",
  ],
  [
    "after itself",
    late({ after: "stopped" }),
    "'test/ledger.faults.stopped.after' must lead to a fault that comes first",
  ],
  [
    "in a circle",
    { ...late(), aMinute: { ...late().aMinute, after: "stopped" } },
    '\'test/ledger.faults.aMinute.after\' must lead to a fault that comes first, got ["aMinute","stopped","aMinute"]',
  ],
  [
    "after what is an experiment of its own",
    { ...late(), aMinute: { ...late().aMinute, ...pause("PT1M"), zone: undefined } },
    "'test/ledger.faults.stopped.after' must name a fault of the same experiment as stopped, got \"aMinute\"; give both",
  ],
])("fails on a fault that comes %s", (_, faults, message) => {
  expect(() => sequence(faults)).toThrow(message);
});

test("a wait is no target: where nothing else stands in the zone at any time, nothing is proved", () => {
  const { lost, aMinute } = late();
  const unsure = { ...lost, zone: { ...lost.zone!, always: false } };
  const parts = (scope: Construct) => [new Ledger(scope, "ledger", { faults: { unsure, aMinute } })];
  const { warnings } = made(parts);
  expect(warnings.join("\n")).toContain("'on' must have something in eu-west-1a at any time");
});

test("what is slow in a zone is an experiment of its own, and only where somebody asks for it", () => {
  const parts = (scope: Construct) => [new Tasks(scope, "tasks"), new Ledger(scope, "ledger")];
  expect(made(parts).manifest.experiments.map(({ name }) => name)).not.toContain("slow-eu-west-1a");
  const slow = template(made(parts, { include: ["slow-eu-west-1a"] }), "slow-eu-west-1a");
  expect(harms(slow).map(({ action_id: id }: Config) => id)).toEqual(["aws:ecs:task-network-latency"]);
});

test("a cache fails over alone as well: the zone that its primary is made in", () => {
  const all = made((scope) => [new Cache(scope, "cache", { network: network() })]);
  expect(template(all, "cache-failover").target[0]).toMatchObject({
    resource_type: "aws:elasticache:replicationgroup",
    resource_tag: [{ key: "Name", value: "test-cache" }],
    parameters: { availabilityZoneIdentifier: "eu-west-1a" },
  });
});

const ABROAD = "eu-central-1";
const table = (scope: Construct) =>
  new Table(scope, "table", { partitionKey: { name: "id", type: "S" }, replicas: [ABROAD] });

/** What stands in two regions, and the network between. */
function replicated(scope: Construct): IConstruct[] {
  const net = new Network(scope, "network", { cidr: "10.20.0.0/16", zones: ZONES });
  return [table(scope), new Bucket(scope, "bucket", { replicateTo: ABROAD }), net];
}

test("a region is cut off in one experiment: no routes to it, no replication, all for as long as the longest", () => {
  const cut = template(made(replicated, { isolate: [ABROAD] }), `isolation-${ABROAD}`);
  const told = Object.fromEntries(harms(cut).map((each: Config) => [each.action_id, named(each)]));
  expect(told).toEqual({
    "aws:dynamodb:global-table-pause-replication": { duration: "PT2H" },
    "aws:s3:bucket-pause-replication": { duration: "PT2H", region: ABROAD },
    "aws:network:route-table-disrupt-cross-region-connectivity": { duration: "PT2H", region: ABROAD },
  });
  const subnets = cut.target.find(({ resource_type: type }: Config) => type === "aws:ec2:subnet");
  expect(subnets.resource_tag).toContainEqual({ key: "Tier", value: "private" });
  expect(cut.experiment_options.empty_target_resolution_mode).toBe("fail");
});

test("the network claims nothing of a region, so it is cut off only with what does", () => {
  const { manifest } = made(replicated, { isolate: [ABROAD] });
  const names = manifest.experiments.map(({ name }) => name);
  expect(names).toContain(`isolation-${ABROAD}`);
  expect(names).not.toContain("network-region-disconnected");
  const cut = manifest.experiments.find(({ region }) => region === ABROAD)!;
  expect(cut.faults.filter(({ claim }) => claim === undefined).map(({ path }) => path)).toEqual(["test/network"]);
  expect(cut.hypothesis).toMatch(/^eu-central-1 is cut off\..*eventually consistent replica/);
});

test("without a word nothing is cut off, and each replication is paused alone", () => {
  const names = made(replicated).manifest.experiments.map(({ name }) => name);
  expect(names.filter((name) => !name.startsWith("zone-"))).toEqual([
    "table-paused-replication",
    "bucket-paused-replication",
  ]);
});

test("a bucket is found by its tag, and nothing but a pause to that region may be written", () => {
  const all = made((scope) => [new Bucket(scope, "bucket", { replicateTo: ABROAD })]);
  const [target] = template(all, "bucket-paused-replication").target;
  expect(target.resource_tag).toEqual([{ key: "Name", value: "test-bucket-111122223333-eu-west-1" }]);
  expect(target).not.toHaveProperty("resource_arns");
  const said = statements(all, "bucket-paused-replication");
  expect(said.find(({ Sid }) => Sid === "ChangeRulesToPause")?.Condition).toEqual({
    BoolIfExists: { "s3:isReplicationPauseRequest": "true" },
  });
  expect(said.find(({ Sid }) => Sid === "PauseReplication")?.Condition).toEqual({
    StringLike: { "s3:DestinationRegion": ABROAD },
  });
});

test("the role of a paused table may write the policies of that table and of its stream", () => {
  const all = made((scope) => [table(scope)]);
  const { Resource } = statements(all, "table-paused-replication").find(({ Sid }) => Sid === "PauseReplication")!;
  expect(Resource).toEqual([expect.stringMatching(/\.arn\}$/), expect.stringMatching(/\.arn\}\/stream\/\*$/)]);
});

const ledger = (fault: Partial<Fault>) => (scope: Construct) => [
  new Ledger(scope, "ledger", { faults: { loss: { ...LOSS, ...fault } } }),
];
const command = { document: "AWSFIS-Run-CPU-Stress", parameters: { DurationSeconds: "540" } };

test("a command goes through Cloud Control as well", () => {
  const zone = { zones: ["eu-west-1a"], by: { actionParameter: "zone" }, always: true };
  const at = (fault: Fault): Fault => ({ ...fault, scenario: "zone", zone });
  const faults = {
    loss: at({ ...LOSS, action: "aws:ssm:send-command", parameters: { duration: "PT10M" }, command }),
    closed: at(CLOSED),
  };
  const all = made((scope) => [new Ledger(scope, "ledger", { faults })]);
  const { Actions } = JSON.parse(all.the(CloudcontrolapiResource).desired_state);
  expect(Actions["test-ledger-loss"].Parameters).toMatchObject({
    documentArn: "arn:aws:ssm:eu-west-1::document/AWSFIS-Run-CPU-Stress",
    documentParameters: '{"DurationSeconds":"540"}',
  });
});

test.each<[string, (scope: Construct) => IConstruct[], Partial<ExperimentsProps>, string]>([
  [
    "an experiment that nobody knows",
    (scope) => [new Tasks(scope, "tasks")],
    { include: ["tasks-lost-task"] },
    "'include' must be one of slow-eu-west-1a, slow-eu-west-1b, got \"tasks-lost-task\"; what a service must survive",
  ],
  ["the region itself", replicated, { isolate: ["eu-west-1"] }, "'isolate' must"],
  [
    "a region that nothing is replicated to",
    replicated,
    { isolate: ["us-east-1"] },
    "'isolate' must name regions that a part keeps a replica in, so that us-east-1 is missed, got [\"test/network\"]",
  ],
  [
    "a command of an action that runs none",
    ledger({ command }),
    {},
    "'test/ledger.faults.loss.command' must be given with aws:ssm:send-command",
  ],
  [
    "an action that runs nothing",
    ledger({ action: "aws:ssm:send-command" }),
    {},
    "'test/ledger.faults.loss.command' must be given with aws:ssm:send-command",
  ],
  [
    "a document of somebody else",
    ledger({ action: "aws:ssm:send-command", command: { document: "AWS-RunShellScript", parameters: {} } }),
    {},
    "'test/ledger.faults.loss.command.document' must be one of AWS",
  ],
  [
    "a part in the isolation of a region that is called another loss",
    ledger({ region: {} }),
    {},
    "'test/ledger.faults.loss.scenario' must be \"region\" for one that is cut off",
  ],
  [
    "a fault without a claim that no region is cut off by",
    ledger({ mechanism: undefined }),
    {},
    "'test/ledger.faults.loss.mechanism' must be one of copy in another zone",
  ],
])("fails on %s", (_, parts, props, message) => {
  expect(() => made(parts, props)).toThrow(message);
});
