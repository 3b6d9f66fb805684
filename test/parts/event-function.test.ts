import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { EventFunction, EventFunctionProps } from "../../lib/parts/event-function";
import { synth } from "../synth";

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1";
const files = { "index.js": "exports.handler = () => {};" };
const on = { source: ["own"], detailType: ["Sale"], detail: { kind: ["big"] } };

function called(props: Partial<EventFunctionProps> = {}) {
  return synth((stack) => {
    new EventFunction(stack, "react", { does: "Reacts", files, on, key: KEY, ...props });
  });
}

test("only what it is for calls it, with the detail of what happened", () => {
  const stack = called({ data: { of: "orders" } });
  expect(JSON.parse(stack.the(CloudwatchEventRule).event_pattern)).toEqual({
    source: ["own"],
    "detail-type": ["Sale"],
    detail: { kind: ["big"] },
  });
  expect(stack.the(CloudwatchEventTarget).input_transformer).toEqual({
    input_paths: { detail: "$.detail" },
    input_template: '{"detail":<detail>,"data":{"of":"orders"}}',
  });
  expect(stack.the(LambdaPermission)).toMatchObject({
    principal: "events.amazonaws.com",
    source_arn: expect.stringMatching(/aws_cloudwatch_event_rule\.react_rule_\w+\.arn/),
  });
});

test("in a network it may stand there, before it is made; outside it may not", () => {
  const within = { subnetIds: ["subnet-1"], securityGroupId: "sg-1" };
  const stack = called({ within, environment: { HOME: "/tmp" } });
  expect(stack.the(LambdaFunction)).toMatchObject({
    vpc_config: { subnet_ids: ["subnet-1"], security_group_ids: ["sg-1"] },
    environment: { variables: { HOME: "/tmp" } },
    depends_on: expect.arrayContaining([
      expect.stringMatching(/^aws_iam_role_policy_attachment\.react_role-AWSLambdaENIManagementAccess_/),
    ]),
  });
  expect(called().all(IamRolePolicyAttachment)).toEqual({});
  expect(called().the(LambdaFunction)).not.toHaveProperty("vpc_config");
});
