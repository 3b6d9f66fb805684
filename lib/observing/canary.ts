import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { SyntheticsCanary } from "@cdktf/provider-aws/lib/synthetics-canary";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { Measurable, Watchable } from "../core/declarations";
import { register } from "../core/hook";
import { nameOf } from "../core/naming";
import { Placement } from "../core/network";
import { placeOf } from "../core/place";
import { Firewall } from "../parts/firewall";
import { functionCode } from "../parts/function-code";
import { NETWORKED } from "../parts/function-parts";
import { Key } from "../parts/key";
import { requireKeyArn } from "../parts/key-arn";
import { logGroup } from "../parts/log-group";
import { requireStatements } from "../parts/policy";
import { privateBucket } from "../parts/private-bucket";
import { serviceRole } from "../parts/service-role";
import { zonesByName } from "../parts/zones";
import { requireCanary, requireTimes } from "./canary-checks";
import { canaryFiles } from "./canary-code";
import { CanaryProps } from "./canary-props";
import { canaryMay } from "./canary-role";
import { RUNTIMES, requireRuntime } from "./canary-runtimes";
import { WatchedCanary, canaryIndicators, canarySignals } from "./canary-signals";

/**
 * Does by the clock what users do, and pages where that fails twice in a row or is not done: it asks paths, or goes
 * through a journey in a browser, from outside or from within a network.
 *
 * Its code has the same bytes each time, its role may do no more than it needs, its runs are traced. Pictures of failures
 * and results are encrypted, private and gone after `keepDays`. `indicators.availability` is the best measure of a service
 * with little traffic: an `Slo` takes it as any other.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries.html
 * @see https://aws.amazon.com/cloudwatch/pricing/
 */
export class Canary extends Construct implements Watchable, Measurable {
  readonly canary: SyntheticsCanary;
  readonly role: IamRole;
  readonly artifacts: S3Bucket;
  readonly logs: CloudwatchLogGroup;
  /** What lets it out of its network; `connectTo` lets it reach what answers at another port. */
  readonly firewall?: Firewall;
  /** The name of the canary, known at synthesis. */
  readonly name: string;
  private readonly watched: WatchedCanary;

  constructor(scope: Construct, id: string, props: CanaryProps) {
    super(scope, id);
    register(this, props, "CanaryProps");
    const { account, region } = placeOf(this);
    const {
      every = "5 minutes",
      timeout = "1 minute",
      network,
      runtime = RUNTIMES[0],
      keepDays = 31,
      may = [],
    } = props;
    const { bucket = nameOf(this, "bucket", `${account}-${region}`), key } = props;
    requireCanary(this, props);
    requireRuntime(this, runtime);
    requireStatements(this, "may", may);
    if (key !== undefined) requireKeyArn(this, "key", key);
    const { limit, rate } = requireTimes(this, { every, timeout });

    this.name = nameOf(this, "canary");
    this.watched = { name: this.name, every, limit, bucket };
    const keyArn = key ?? new Key(this, "key", { usedBy: ["logs"] }).arn;
    // What is expired is gone: a version of it would outlive `keepDays`.
    const kept = privateBucket(this, "artifacts", { name: bucket, key: keyArn, expireDays: keepDays, versionDays: 1 });
    this.artifacts = kept.bucket;
    this.role = serviceRole(this, "role", {
      service: "lambda.amazonaws.com",
      // Lambda does not say for which account it takes a role.
      namesAccount: false,
      managed: network ? [NETWORKED] : [],
      may: [...canaryMay(this, { name: this.name, bucketArn: kept.bucket.arn, keyArn }), ...may],
    });
    if (network) this.firewall = this.wayOut(network, props.address);
    this.canary = new SyntheticsCanary(this, "Resource", {
      name: this.name,
      runtimeVersion: runtime,
      handler: "canary.handler",
      zipFile: functionCode(this, this.name, canaryFiles(this.does(props))).filename,
      executionRoleArn: this.role.arn,
      artifactS3Location: `s3://${kept.bucket.bucket}/canary`,
      artifactConfig: { s3Encryption: { encryptionMode: "SSE_KMS", kmsKeyArn: keyArn } },
      schedule: { expression: rate, durationInSeconds: 0 },
      runConfig: {
        timeoutInSeconds: limit,
        memoryInMb: 1024,
        activeTracing: true,
        ...("script" in this.does(props) && { environmentVariables: { ADDRESS: props.address } }),
      },
      ...(network && this.firewall && { vpcConfig: within(network, this.firewall) }),
      successRetentionPeriod: keepDays,
      failureRetentionPeriod: keepDays,
      startCanary: true,
      // Else its function outlives it, with all versions and layers.
      deleteLambda: true,
      dependsOn: [kept.policy, ...this.rights(network)],
    });
    // AWS assigns the name of the function, and so that of its log.
    const called = Fn.element(Fn.split(":", this.canary.engineArn), 6);
    this.logs = logGroup(this, "logs", { name: Fn.join("", ["/aws/lambda/", called]), keyArn });
  }

  get signals() {
    return canarySignals(this.watched);
  }

  get indicators() {
    return canaryIndicators(this.watched);
  }

  /** Synthetics asks at once whether the role may stand in a network. */
  private rights(network: Placement | undefined) {
    const parts = ["role-policy", ...(network ? [`role-${NETWORKED.split("/")[1]}`] : [])];
    return parts.map((part) => this.node.findChild(part) as IamRolePolicy | IamRolePolicyAttachment);
  }

  private does({ address, paths, journey }: CanaryProps) {
    return journey && "script" in journey ? journey : { address, paths, journey };
  }

  private wayOut({ vpcId }: Placement, address: string): Firewall {
    const firewall = new Firewall(this, "firewall", { vpcId, description: `canary ${this.node.path}` });
    firewall.allowTo({ cidr: "0.0.0.0/0" }, 443, "asks the service and AWS");
    const { protocol, port } = new URL(address);
    const asked = Number(port) || (protocol === "http:" ? 80 : 443);
    if (asked !== 443) firewall.allowTo({ cidr: "0.0.0.0/0" }, asked, "asks the service");
    return firewall;
  }
}

/** One subnet a zone: it runs on where one is lost. */
function within(network: Placement, { securityGroupId }: Firewall) {
  const subnetIds = zonesByName(network).map(([, zone]) => zone.private);
  return { subnetIds, securityGroupIds: [securityGroupId] };
}
