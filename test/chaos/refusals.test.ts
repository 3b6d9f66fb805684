import { Instance } from "@cdktf/provider-aws/lib/instance";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Experiments } from "../../lib/chaos";
import { Breakable, Fault, PageAlarm, ServiceGraph, waive } from "../../lib/core";
import { Setting, group, synth, synthAll } from "../synth";
import { Change, LOSS, Ledger, OUTAGE, books } from "./ledger";

const made = (change: Change) => synth((stack) => books(stack, change), { checks: true });
const broken = (fault: Partial<Fault>, of: Fault = LOSS): Change => ({ faults: { loss: { ...of, ...fault } } });
const aimed = (target: Partial<Fault["target"]>, of: Fault = LOSS): Change =>
  broken({ target: { ...of.target!, ...target } as Fault["target"] }, of);
const timed = (duration: string): Change => broken({ parameters: { duration } });
const at = "'test/ledger.faults.loss";

test.each<[string, Change, string]>([
  [
    "an action that nobody knows the rights of",
    broken({ action: "aws:ec2:melt" }),
    `${at}.action' must be one of aws:`,
  ],
  [
    "a claim that the construct does not make",
    broken({ mechanism: "prayer" }),
    `${at}.mechanism' must be one of copy in another zone, got "prayer"`,
  ],
  [
    "a loss that it does not come back from",
    broken({ scenario: "account" }),
    `${at}.mechanism' must be a way back from the loss of account`,
  ],
  [
    "the outage of a zone that is called another loss",
    broken({ scenario: "instance" }, OUTAGE),
    `${at}.scenario' must be "zone"`,
  ],
  [
    "a zone of another region",
    broken({ zone: { ...OUTAGE.zone!, zones: ["eu-west-1a", "us-east-1a"] } }, OUTAGE),
    `${at}.zone.zones' must name one or more zones of eu-west-1, got ["eu-west-1a","us-east-1a"]`,
  ],
  [
    "the outage of no zone",
    broken({ zone: { ...OUTAGE.zone!, zones: [] } }, OUTAGE),
    `${at}.zone.zones' must name one or more zones of eu-west-1, got []`,
  ],
  ["a selection of its own form", aimed({ selection: "SOME" }), `${at}.target.selection' must be ALL, COUNT(n)`],
  ["a selection of nothing", aimed({ selection: "COUNT(0)" }), `${at}.target.selection' must be ALL, COUNT(n)`],
  ["more than all", aimed({ selection: "PERCENT(101)" }), `${at}.target.selection' must be ALL, COUNT(n)`],
  ["a target that nothing finds", aimed({ tags: {} }), `${at}.target' must be found by ARNs or by tags, not by both`],
  [
    "a target that two things find",
    aimed({ arns: ["arn:1"] }),
    "test/ledger: 'faults.loss.target' must be found by ARNs or by tags",
  ],
  ["six ARNs", aimed({ tags: undefined, arns: [..."abcdef"] }), `${at}.target.arns' must be at most 5, got 6`],
  [
    "a target that parameters alone would find, where the action finds none by them",
    aimed({ tags: undefined, parameters: { vpc: "vpc-1" } }),
    `${at}.target' must be found by ARNs or by tags`,
  ],
  [
    "a key that is not the one of the action",
    aimed({ key: "Instancez" }),
    `${at}.target' must be Instances of aws:ec2:instance, which aws:ec2:terminate-instances is done to, got {"key":"Instancez"`,
  ],
  [
    "something that the action is not done to",
    aimed({ resourceType: "aws:rds:db" }),
    `${at}.target' must be Instances of aws:ec2:instance`,
  ],
  [
    "an action without the target that it needs",
    broken({ target: undefined }),
    `${at}.target' must be a aws:ec2:instance, which aws:ec2:terminate-instances is done to`,
  ],
  [
    "a target of an action that has none",
    broken({ action: "aws:fis:wait" }),
    `${at}.target' must be left out: aws:fis:wait has none, got "aws:ec2:instance"`,
  ],
  [
    "a cache that is named by ARN, which AWS finds by tags alone",
    broken({
      action: "aws:elasticache:replicationgroup-interrupt-az-power",
      target: {
        key: "ReplicationGroups",
        resourceType: "aws:elasticache:replicationgroup",
        arns: ["arn:aws:elasticache:eu-west-1:111122223333:replicationgroup:ledger"],
        selection: "ALL",
      },
    }),
    `${at}.target' must be found by tags alone`,
  ],
  ["none of a hundred", aimed({ selection: "PERCENT(0)" }), `${at}.target.selection' must be ALL, COUNT(n)`],
  ["a time of thirteen hours", timed("PT13H"), `${at}.parameters.duration' must be hours and minutes, PT1M to PT12H`],
  ["a time of a day", timed("P1D"), `${at}.parameters.duration' must be hours and minutes, PT1M to PT12H`],
  ["a time of seconds, which count as none", timed("PT90S"), `${at}.parameters.duration' must be hours and minutes`],
  ["no time at all", timed("PT0M"), `${at}.parameters.duration' must be hours and minutes`],
  [
    "a notice of an hour before a spot instance goes",
    broken({ parameters: { durationBeforeInterruption: "PT1H" } }),
    `${at}.parameters.durationBeforeInterruption' must be hours and minutes, PT2M to PT15M, got "PT1H"`,
  ],
  [
    "a share of more than all",
    broken({ parameters: { percentage: "101" } }),
    `${at}.parameters.percentage' must be above 0, and 100 at most, got "101"`,
  ],
  ["a share of nothing", broken({ parameters: { lossPercent: "0" } }), `${at}.parameters.lossPercent' must be above 0`],
  ["a service without faults", { faults: {} }, "'on' must name something that can be broken, got \"test/books\""],
  [
    "a zone in which there may be nothing",
    broken({ zone: { ...OUTAGE.zone!, always: false } }, OUTAGE),
    "'on' must have something in eu-west-1a at any time, got [\"test/ledger\"]; add what stands in every zone",
  ],
  [
    "more faults than run at the same time",
    { faults: Object.fromEntries([..."abcdefghij"].map((each) => [each, OUTAGE])) },
    "'on' must have at most 9 faults in zone-eu-west-1a, got 10",
  ],
  [
    "reports that are never kept",
    { props: { reports: { keepDays: 0 } } },
    "'reports.keepDays' must be between 1 and 2147483647, got 0",
  ],
  ["a target that is not there", { tag: "cashbook" }, "must be carried by a aws:ec2:instance of test/ledger"],
])("fails on %s", (_, change, message) => {
  expect(() => made(change)).toThrow(message);
});

/** Experiments on a ledger that stands in a stack of its own. */
function apart(tag: string, setting: Setting = { checks: true }) {
  const ledgers: Ledger[] = [];
  return synthAll(
    {
      data: (stack) => void ledgers.push(new Ledger(stack, "ledger", { tag })),
      service: (stack) => {
        const stopOn: PageAlarm[] = [
          { name: "down", arn: "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:down", kind: "metric" },
        ];
        new Experiments(stack, "experiments", { on: ledgers[0], stopOn });
      },
    },
    setting,
  ).service;
}

test("what stands in another stack is broken by its tags", () => {
  const [experiment] = apart("ledger").manifest.experiments;
  expect(experiment.faults[0]).toMatchObject({ path: "data/ledger", elsewhere: "data" });
});

test("fails where nothing in the other stack carries the tags", () => {
  expect(() => apart("cashbook")).toThrow(
    "service/experiments: 'ledger-lost-machine.lostMachine.target' must be carried by a aws:ec2:instance of data/ledger",
  );
  expect(apart("cashbook", {}).manifest.experiments).toHaveLength(3);
});

/** Something else in the stack that carries the ledger's tag. */
function twin(stack: TerraformStack): void {
  new Instance(group(stack, "twin"), "Resource", { ami: "ami-1", instanceType: "m7g.large", tags: { Name: "ledger" } });
}

test("fails where the tags find something outside of the construct as well", () => {
  expect(() => made({ more: twin })).toThrow(
    "test/experiments: 'ledger-lost-machine.lostMachine.target' must be carried by nothing outside of test/ledger, got [\"test/twin/Resource\"]",
  );
});

test("warns of a zone in which there may be nothing where the posture lets promises be broken", () => {
  const zoneOutage = { ...OUTAGE, zone: { ...OUTAGE.zone!, always: false } };
  const { warnings, manifest } = synth((stack) => books(stack, { faults: { zoneOutage } }));
  expect(warnings.join("\n")).toContain("'on' must have something in eu-west-1b at any time");
  expect(manifest.experiments.map(({ name }) => name)).toEqual(["zone-eu-west-1a", "zone-eu-west-1b"]);
});

test("a waiver excuses a target that nobody can check", () => {
  const more = (stack: TerraformStack, experiments: Experiments) => {
    twin(stack);
    waive(experiments, "experiment-target", { waived: "the twin is to be broken too" });
  };
  const outcomes = made({ more }).manifest.verdicts.filter(({ safeguard }) => safeguard === "experiment-target");
  expect(outcomes.filter(({ outcome }) => outcome !== "kept").map(({ outcome }) => outcome)).toEqual([
    "waived",
    "waived",
    "waived",
  ]);
});

test("what a plan cannot tell the tags of fails, until somebody answers for it", () => {
  const target = { key: "VirtualInterfaces", resourceType: "aws:directconnect:virtual-interface" };
  const line = { ...broken({ action: "aws:directconnect:virtual-interface-disconnect" }).faults!.loss };
  const loss = { ...line, target: { ...LOSS.target!, ...target } };
  expect(() => made({ faults: { loss } })).toThrow("whose tags a plan tells");
});

/** A construct that names its own resource by ARN, or somebody else's. */
class Box extends Construct implements Breakable {
  readonly made = new Instance(this, "Resource", { ami: "ami-1", instanceType: "m7g.large" });
  arn = this.made.arn;

  get recovers() {
    return new Ledger(group(this, String(this.node.children.length)), "like").recovers;
  }

  get faults() {
    return { loss: { ...LOSS, target: { ...LOSS.target!, tags: undefined, arns: [this.arn] } } };
  }
}

function boxes(change: (own: Box, other: Box) => void) {
  return synth(
    (stack) => {
      const own = new Box(stack, "own");
      change(own, new Box(stack, "other"));
      const on = new ServiceGraph(stack, "boxes", { runs: own });
      new Experiments(stack, "experiments", {
        on,
        stopOn: [{ name: "down", arn: "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:down", kind: "metric" }],
      });
    },
    { checks: true },
  );
}

test("an ARN is that of the construct's own resource", () => {
  expect(boxes(() => undefined).manifest.verdicts).toMatchObject([{ safeguard: "experiment-target", outcome: "kept" }]);
});

test("fails on the ARN of somebody else's resource", () => {
  expect(() => boxes((own, other) => void (own.arn = other.arn))).toThrow(
    "'own-loss.loss.target' must be a part of test/own, got [\"test/other/Resource\"]",
  );
});

test("what another service consists of is left to its own experiments", () => {
  const { manifest } = synth((stack) => {
    const theirs = new ServiceGraph(stack, "theirs", { runs: new Ledger(stack, "ledger") });
    const on = new ServiceGraph(stack, "ours", { runs: new Box(stack, "own"), needs: [theirs] });
    new Experiments(stack, "experiments", {
      on,
      stopOn: [{ name: "down", arn: "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:down", kind: "metric" }],
    });
  });
  expect(manifest.experiments.map(({ name }) => name)).toEqual(["own-loss"]);
});
