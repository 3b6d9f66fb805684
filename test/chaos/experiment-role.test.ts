import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { GRANTS } from "../../lib/chaos/action-grants";
import { AIMS } from "../../lib/chaos/action-targets";
import { statementOf } from "../../lib/chaos/experiment-role";
import { BY_TAG, Grant } from "../../lib/chaos/grant";
import { TARGET_KEYS } from "../../lib/chaos/target-keys";
import { Fault, FaultTarget } from "../../lib/core";
import { Config, synth } from "../synth";
import { DOCUMENTED } from "./documented-permissions";
import { Change, LOSS, OUTAGE, books } from "./ledger";

const place = { account: "111122223333", region: "eu-west-1", partition: "aws" };
const grants = Object.entries(GRANTS).flatMap(([action, given]) => given.map((grant) => [action, grant] as const));

/** The statements of an experiment's role. */
function said(change: Change, name: string): Config[] {
  const made = synth((stack) => books(stack, change), { checks: true });
  return JSON.parse(made.at(IamRolePolicy, `experiments/${name}/role-policy`).policy).Statement;
}

const withSid = (statements: Config[], sid: string) => statements.find(({ Sid }) => Sid === sid);

test("a role may do what its own action needs, to what carries the tags of its target", () => {
  expect(withSid(said({}, "ledger-lost-machine"), "TerminateInstances")).toEqual({
    Sid: "TerminateInstances",
    Effect: "Allow",
    Action: ["ec2:TerminateInstances"],
    Resource: ["arn:aws:ec2:eu-west-1:111122223333:instance/*"],
    Condition: { StringEquals: { "aws:ResourceTag/Name": "ledger" } },
  });
});

test("a role may do nothing that only another experiment needs", () => {
  const actions = said({}, "ledger-lost-machine").flatMap(({ Action }) => Action);
  expect(actions).not.toContain("ec2:StopInstances");
  expect(said({}, "zone-eu-west-1a").flatMap(({ Action }) => Action)).toContain("ec2:StopInstances");
});

test("a target that is named by ARN is the only resource", () => {
  const target: FaultTarget = { ...LOSS.target!, tags: undefined, arns: ["arn:aws:ec2:eu-west-1:1:instance/i-1"] };
  const statements = said({ faults: { lost: { ...LOSS, target } } }, "ledger-lost");
  expect(withSid(statements, "TerminateInstances")).toMatchObject({ Resource: target.arns });
  expect(withSid(statements, "TerminateInstances")).not.toHaveProperty("Condition");
  expect(withSid(statements, "FindByTag")).toBeUndefined();
});

test("two targets of one action are two statements, each with its own tags", () => {
  const other: Fault = { ...OUTAGE, target: { ...OUTAGE.target!, tags: { Name: "ledger", Part: "b" } } };
  const twin = { zone: OUTAGE, other };
  const statements = synthUnchecked({ faults: twin }, "zone-eu-west-1a");
  const tags = ["StopInstances", "StopInstances2"].map((sid) => withSid(statements, sid)?.Condition.StringEquals);
  expect(tags).toEqual([
    { "aws:ResourceTag/Name": "ledger" },
    { "aws:ResourceTag/Name": "ledger", "aws:ResourceTag/Part": "b" },
  ]);
  const sids = statements.map(({ Sid }) => Sid);
  expect(new Set(sids).size).toBe(sids.length);
});

function synthUnchecked(change: Change, name: string): Config[] {
  const made = synth((stack) => books(stack, change));
  return JSON.parse(made.at(IamRolePolicy, `experiments/${name}/role-policy`).policy).Statement;
}

test("no role may pass roles, take others, or start experiments", () => {
  const actions = grants.flatMap(([, grant]) => grant.actions);
  expect(actions.filter((action) => /^(iam|sts|fis):(?!InjectApi)|StartAutomation|\*/.test(action))).toEqual([]);
});

test.each(grants.filter(([, { on }]) => typeof on !== "function"))(
  "%s says why it may touch everything",
  (_, grant) => {
    expect((grant.on as { everything: string }).everything).toMatch(/^[a-z].{20,}/i);
    expect(grant.narrowed).toBeUndefined();
  },
);

test("what is not looked up is bound to this account, or to documents of AWS", () => {
  const bound = grants.flatMap(([, { on }]) => (typeof on === "function" ? on(place, {}) : []));
  const loose = bound.filter((arn) => !arn.includes(":eu-west-1:111122223333:"));
  expect([...new Set(loose)]).toEqual([
    "arn:aws:ssm:eu-west-1::document/AWSFIS-*",
    // Of buckets and such clusters the ARN has no region; a condition binds the first one to the account.
    "arn:aws:s3:::*/FisConfigs/*",
    "arn:aws:memorydb::111122223333:multiregioncluster/*",
    "arn:aws:s3:::*",
  ]);
});

test("no grant has a condition that its tags would overwrite", () => {
  const both = grants.filter(([, { narrowed, when }]) => narrowed && when);
  expect(both).toEqual([]);
});

test("a statement has a name that IAM takes", () => {
  expect(grants.filter(([, { sid }]) => !/^[A-Za-z0-9]+$/.test(sid))).toEqual([]);
});

test("every action that has a grant is one whose permissions AWS documents", () => {
  expect(Object.keys(GRANTS).sort()).toEqual(Object.keys(DOCUMENTED).sort());
});

test.each(Object.keys(DOCUMENTED))(
  "%s may do what AWS documents that it needs, and more only with a reason",
  (action) => {
    const granted = new Set([...GRANTS[action], BY_TAG].flatMap(({ actions }) => actions));
    const { lists, besides = {} } = DOCUMENTED[action];
    // Tags are asked for by each target that is found by them, whatever the action.
    const known = new Set([...lists, ...Object.keys(besides), "tag:GetResources"]);
    expect(lists.filter((each) => !granted.has(each))).toEqual([]);
    expect([...granted].filter((each) => !known.has(each))).toEqual([]);
    expect(Object.keys(besides).filter((each) => lists.includes(each) || !granted.has(each))).toEqual([]);
  },
);

test("launches may be made to fail for the roles of the target alone", () => {
  const [grant] = GRANTS["aws:ec2:api-insufficient-instance-capacity-error"];
  const arns = ["arn:aws:iam::111122223333:role/launcher"];
  const target: FaultTarget = { key: "Roles", resourceType: "aws:iam:role", arns, selection: "ALL" };
  expect(statementOf(grant, place, target).Condition).toMatchObject({
    "ForAnyValue:StringEquals": { "ec2:FisActionId": ["aws:ec2:api-insufficient-instance-capacity-error"] },
    "ForAllValues:ArnLike": { "ec2:FisTargetArns": arns },
  });
});

test("a region that is cut off takes the endpoints of the network along, which carry no mark", () => {
  const grants = GRANTS["aws:network:route-table-disrupt-cross-region-connectivity"];
  const moves = grants.filter(({ actions }) => actions.includes("ec2:ModifyVpcEndpoint"));
  const unmarked = moves.filter(({ when }) => when === undefined).map((grant) => statementOf(grant, place).Resource);
  expect(unmarked).toEqual([["arn:aws:ec2:eu-west-1:111122223333:vpc-endpoint/*"]]);
});

test("a function's fault is written where its extension reads, in buckets of the account alone", () => {
  const tell = GRANTS["aws:lambda:invocation-error"].find(({ sid }) => sid === "TellFunction") as Grant;
  expect(statementOf(tell, place)).toMatchObject({
    Resource: ["arn:aws:s3:::*/FisConfigs/*"],
    Condition: { StringEquals: { "aws:ResourceAccount": "111122223333" } },
  });
});

test("the condition of a grant knows the place", () => {
  const grant = GRANTS["aws:ec2:stop-instances"].find(({ sid }) => sid === "StartEncrypted") as Grant;
  expect(statementOf(grant, place).Condition).toMatchObject({
    StringEquals: { "kms:ViaService": "ec2.eu-west-1.amazonaws.com" },
  });
});

test("every action with rights has a target of a type that AWS documents for it, or none", () => {
  const none = Object.keys(GRANTS).filter((action) => !(action in AIMS));
  expect(none).toEqual(["aws:cloudwatch:assert-alarm-state", "aws:fis:wait"]);
  expect(Object.keys(AIMS).filter((action) => !(action in GRANTS))).toEqual([]);
});

// As provider 5.100 lists them where it refuses another one (`terraform validate`); 6.22 added functions.
test("a key goes through Cloud Control where the provider would refuse it at plan, and nowhere else", () => {
  const listed =
    "AutoScalingGroups Buckets Cluster Clusters DBInstances Instances ManagedResources Nodegroups Pods ReplicationGroups Roles SpotInstances Subnets Tables Tasks TransitGateways Volumes";
  const since = (version: string) => Object.keys(TARGET_KEYS).filter((key) => TARGET_KEYS[key] === version);
  expect(since("5.100")).toEqual(listed.split(" "));
  expect(since("6.25")).toEqual(["Functions"]);
  const unknown = Object.values(AIMS).filter(({ key }) => !(key in TARGET_KEYS));
  expect(unknown.map(({ key }) => key)).toEqual(["VirtualInterfaces", "MultiRegionClusters", "VPCEndpoints"]);
});
