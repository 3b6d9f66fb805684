import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { ServiceRoleProps, serviceRole } from "../../lib/parts/service-role";
import { Setting, synth } from "../synth";

const made = (props: Partial<ServiceRoleProps> = {}, setting?: Setting) =>
  synth((stack) => serviceRole(stack, "monitoring", { service: "monitoring.rds.amazonaws.com", ...props }), setting);

test("one service takes the role, for this account only, and may do nothing", () => {
  const stack = made();
  expect(Object.keys(stack.json.resource)).toEqual(["aws_iam_role"]);
  const role = stack.the(IamRole);
  expect(role.name).toBe("test-monitoring");
  expect(JSON.parse(role.assume_role_policy).Statement).toEqual([
    {
      Sid: "TakenByTheService",
      Effect: "Allow",
      Principal: { Service: "monitoring.rds.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
    },
  ]);
});

test("a service that does not say for whom it acts is not asked", () => {
  const { assume_role_policy: trust } = made({ service: "ec2.amazonaws.com", namesAccount: false }).the(IamRole);
  expect(JSON.parse(trust).Statement[0]).not.toHaveProperty("Condition");
});

test("policies of AWS are attached by the last word of their name, from the partition the stack is in", () => {
  const managed = ["service-role/AmazonRDSEnhancedMonitoringRole"];
  const arn = (region: string) =>
    made({ managed }, { region }).at(IamRolePolicyAttachment, "monitoring-AmazonRDSEnhancedMonitoringRole").policy_arn;
  expect(arn("eu-west-1")).toBe("arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole");
  expect(arn("us-gov-west-1")).toMatch(/^arn:aws-us-gov:iam::aws:policy\//);
});

test("what else it may do is one policy of its own", () => {
  const stack = made({
    may: [{ Sid: "WriteLogs", Effect: "Allow", Action: "logs:PutLogEvents", Resource: "arn:aws:logs:::log-group:x" }],
  });
  const { policy, role } = stack.at(IamRolePolicy, "monitoring-policy");
  expect(role).toMatch(/^\$\{aws_iam_role\.monitoring\.name\}$/);
  expect(JSON.parse(policy)).toEqual({
    Version: "2012-10-17",
    Statement: [expect.objectContaining({ Sid: "WriteLogs" })],
  });
});

test.each<[string, object, string]>([
  ["of no action", { Action: [] }, "'may[1].Action' must name at least one, got []"],
  ["of an empty action", { Action: "" }, `'may[1].Action' must name at least one, got ""`],
  ["of an action that is none", { Action: "GetObject" }, `'may[1].Action' must be such as s3:GetObject`],
  ["on nothing", { Resource: [] }, "'may[1].Resource' must name at least one, got []"],
  ["on what is left out", { Resource: undefined }, "'may[1].Resource' must name at least one, got []"],
  ["that names who may", { Principal: "*" }, `'may[1].Principal' must be left out, got "*"; the role is who may`],
  ["called as another is", { Sid: "Reads" }, `'may[1].Sid' must be that of one statement, got "Reads"`],
  ["called by a sentence", { Sid: "Writes a lot" }, "'may[1].Sid' must be letters and digits"],
])("fails on a statement %s, which IAM refuses in mid-apply", (_, wrong, message) => {
  const reads = { Sid: "Reads", Effect: "Allow", Action: ["s3:Get*"], Resource: "arn:aws:s3:::bags/*" } as const;
  expect(() => made({ may: [reads, { ...reads, Sid: "Writes", ...wrong }] })).toThrow(message);
});
