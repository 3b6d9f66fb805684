import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { TerraformResource, Token } from "cdktf";
import { Construct } from "constructs";
import { Content, quoted } from "../core/content";
import { requireForm, requireThat, requireWhole } from "../core/guard";
import { nameOf } from "../core/naming";
import { requireKeyArn } from "../parts/key-arn";
import { FleetProps } from "./fleet-props";

/** What a launch template needs besides the props. */
export interface Launch {
  readonly role: IamRole;
  readonly securityGroupId: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html */
const MOST_USER_DATA = 16 * 1024;

/** Which type an instance is, where nobody says so. */
export const INSTANCE_TYPE = "m7g.large";

/** What each instance is: out of reach from outside, encrypted, its credentials not for the taking. */
export function launchTemplate(scope: Construct, props: FleetProps, launch: Launch): LaunchTemplate {
  const { image, instanceType = INSTANCE_TYPE, rootVolumeGib = 30, rootDevice = "/dev/xvda", key, userData } = props;
  requireForm(scope, "image", image, /^ami-([0-9a-f]{8}|[0-9a-f]{17})$/, "the id of an image, such as ami-0a1b2c3d");
  requireForm(scope, "instanceType", instanceType, INSTANCE_TYPES, "an instance type, such as m7g.large");
  requireForm(scope, "rootDevice", rootDevice, /^\/dev\/\w+$/, "a device, such as /dev/xvda");
  requireWhole(scope, "rootVolumeGib", rootVolumeGib, 1, 16_384);
  if (key !== undefined) requireKeyArn(scope, "key", key);
  const profile = new IamInstanceProfile(scope, "profile", {
    name: nameOf(scope, "role", "profile"),
    role: launch.role.name,
    // An instance that starts before its role may do anything fails in what it does only once.
    dependsOn: rightsOf(scope),
  });
  return new LaunchTemplate(scope, "launch-template", {
    name: nameOf(scope, "launch-template"),
    description: `instances of ${scope.node.path}`,
    updateDefaultVersion: true,
    imageId: image,
    instanceType,
    ebsOptimized: "true",
    instanceInitiatedShutdownBehavior: "terminate",
    ...(userData !== undefined && { userData: encoded(scope, userData) }),
    iamInstanceProfile: { arn: profile.arn },
    metadataOptions: {
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: 1,
      instanceMetadataTags: "disabled",
    },
    networkInterfaces: [
      {
        deviceIndex: 0,
        associatePublicIpAddress: "false",
        deleteOnTermination: "true",
        securityGroups: [launch.securityGroupId],
      },
    ],
    blockDeviceMappings: [
      {
        deviceName: rootDevice,
        ebs: {
          volumeType: "gp3",
          volumeSize: rootVolumeGib,
          encrypted: "true",
          deleteOnTermination: "true",
          ...(key !== undefined && { kmsKeyId: key }),
        },
      },
    ],
    monitoring: { enabled: true },
    maintenanceOptions: { autoRecovery: "default" },
    tagSpecifications: ["instance", "volume"].map((resourceType) => ({ resourceType, tags: { ...launch.tags } })),
  });
}

/** The policies of the fleet's role: its own one, and those it shares. */
function rightsOf(scope: Construct): TerraformResource[] {
  return scope.node.children
    .filter((child) => TerraformResource.isTerraformResource(child))
    .filter(({ terraformResourceType: type }) => type.startsWith("aws_iam_role_policy"));
}

export const INSTANCE_TYPES = /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/;

/** Text in which something is not known before apply is encoded by Terraform, which knows it then. */
function encoded(scope: Construct, userData: Content): string {
  if (Token.isUnresolved(userData)) return `\${base64encode(${quoted(userData)})}`;
  const bytes = Buffer.from(userData);
  const mend = "bake it into the image, or fetch it from a bucket";
  const fits = bytes.length <= MOST_USER_DATA;
  requireThat(scope, fits, { prop: "userData", must: `be at most ${MOST_USER_DATA} bytes`, got: bytes.length, mend });
  return bytes.toString("base64");
}
