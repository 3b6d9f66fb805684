import { Grant, looks, regional } from "./grant";

const SEEN = looks("DescribeInstances", "ec2:DescribeInstances");
const INSTANCES = regional("ec2", "instance/*");

/** Volumes of a stopped instance may be encrypted under any key of the account: EC2 asks for a grant as it starts. */
const STARTS_ENCRYPTED: Grant = {
  sid: "StartEncrypted",
  actions: ["kms:CreateGrant"],
  on: regional("kms", "key/*"),
  when: ({ region }) => ({
    StringEquals: { "kms:ViaService": `ec2.${region}.amazonaws.com` },
    Bool: { "kms:GrantIsForAWSResource": "true" },
  }),
};

/** Launches are made to fail for the group or the role of the target alone. */
function injects(action: string): Grant {
  return {
    sid: "FailLaunches",
    actions: ["ec2:InjectApiError"],
    on: { everything: "the call that is made to fail has no resource; the action is a condition, and so are ARNs" },
    when: (_, __, arns) => ({
      "ForAnyValue:StringEquals": { "ec2:FisActionId": [action] },
      ...(arns && { "ForAllValues:ArnLike": { "ec2:FisTargetArns": arns } }),
    }),
  };
}

const GROUPS = looks("DescribeGroups", "autoscaling:DescribeAutoScalingGroups");

/**
 * What experiments on EC2 need.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSFaultInjectionSimulatorEC2Access.html
 * @see https://docs.aws.amazon.com/fis/latest/userguide/security_iam_id-based-policy-examples.html#security-iam-policy-examples-ec2
 */
export const EC2_GRANTS: Readonly<Record<string, readonly Grant[]>> = {
  "aws:ec2:asg-insufficient-instance-capacity-error": [
    GROUPS,
    injects("aws:ec2:asg-insufficient-instance-capacity-error"),
  ],
  "aws:ec2:api-insufficient-instance-capacity-error": [injects("aws:ec2:api-insufficient-instance-capacity-error")],
  "aws:ec2:reboot-instances": [
    SEEN,
    { sid: "RebootInstances", actions: ["ec2:RebootInstances"], on: INSTANCES, narrowed: true },
  ],
  "aws:ec2:send-spot-instance-interruptions": [
    SEEN,
    { sid: "InterruptSpot", actions: ["ec2:SendSpotInstanceInterruptions"], on: INSTANCES, narrowed: true },
  ],
  "aws:ec2:stop-instances": [
    SEEN,
    {
      sid: "StopInstances",
      actions: ["ec2:StopInstances", "ec2:StartInstances"],
      on: INSTANCES,
      narrowed: true,
    },
    STARTS_ENCRYPTED,
  ],
  "aws:ec2:terminate-instances": [
    SEEN,
    { sid: "TerminateInstances", actions: ["ec2:TerminateInstances"], on: INSTANCES, narrowed: true },
  ],
  "aws:ebs:pause-volume-io": [
    looks("DescribeVolumes", "ec2:DescribeVolumes"),
    { sid: "PauseVolume", actions: ["ec2:PauseVolumeIO"], on: regional("ec2", "volume/*"), narrowed: true },
  ],
  "aws:ebs:volume-io-latency": [
    looks("DescribeVolumes", "ec2:DescribeVolumes"),
    { sid: "SlowVolume", actions: ["ec2:InjectVolumeIOLatency"], on: regional("ec2", "volume/*"), narrowed: true },
  ],
};
