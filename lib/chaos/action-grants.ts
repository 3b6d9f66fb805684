import { CONTAINER_GRANTS } from "./container-grants";
import { DATA_GRANTS } from "./data-grants";
import { EC2_GRANTS } from "./ec2-grants";
import { Grant, looks, regional } from "./grant";
import { NETWORK_GRANTS } from "./network-grants";

/** Calls fail for the role that is the target, within this experiment. */
function failing(error: string): Grant[] {
  return [{ sid: `Inject${error}`, actions: [`fis:InjectApi${error}`], on: regional("fis", "experiment/*") }];
}

/**
 * What the role of an experiment may do, by the actions that the experiment has; an action that is not here is refused.
 *
 * @see https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const GRANTS: Readonly<Record<string, readonly Grant[]>> = {
  ...CONTAINER_GRANTS,
  ...DATA_GRANTS,
  ...EC2_GRANTS,
  ...NETWORK_GRANTS,
  "aws:arc:start-zonal-autoshift": [
    {
      sid: "ShiftZone",
      actions: [
        "arc-zonal-shift:StartZonalShift",
        "arc-zonal-shift:GetManagedResource",
        "arc-zonal-shift:UpdateZonalShift",
        "arc-zonal-shift:CancelZonalShift",
      ],
      on: { everything: "the ARN of what is shifted is that of a load balancer or a group, by the target" },
    },
    looks("ListManagedResources", "arc-zonal-shift:ListManagedResources", "autoscaling:DescribeTags"),
  ],
  "aws:cloudwatch:assert-alarm-state": [looks("ReadAlarms", "cloudwatch:DescribeAlarms")],
  "aws:directconnect:virtual-interface-disconnect": [
    looks("DescribeInterfaces", "directconnect:DescribeVirtualInterfaces"),
    {
      sid: "DisconnectInterface",
      actions: [
        "directconnect:StartBgpFailoverTest",
        "directconnect:StopBgpFailoverTest",
        "directconnect:ListVirtualInterfaceTestHistory",
      ],
      on: regional("directconnect", "dxvif/*"),
      narrowed: true,
    },
  ],
  "aws:fis:inject-api-internal-error": failing("InternalError"),
  "aws:fis:inject-api-throttle-error": failing("ThrottleError"),
  "aws:fis:inject-api-unavailable-error": failing("UnavailableError"),
  // It only lets time pass.
  "aws:fis:wait": [],
  "aws:ssm:send-command": [
    {
      sid: "SendCommand",
      actions: ["ssm:SendCommand"],
      on: ({ partition, region }, { documentArn = `arn:${partition}:ssm:${region}::document/AWSFIS-*` }) => [
        documentArn,
      ],
    },
    {
      sid: "CommandInstances",
      actions: ["ssm:SendCommand"],
      on: regional("ec2", "instance/*"),
      narrowed: true,
    },
    {
      sid: "FollowCommands",
      actions: ["ssm:ListCommands", "ssm:CancelCommand"],
      on: { everything: "commands have ids that are made as they run" },
    },
    // The documents for traffic ask which network an instance stands in.
    looks("DescribeInstances", "ec2:DescribeInstances", "ec2:DescribeSubnets"),
  ],
};
