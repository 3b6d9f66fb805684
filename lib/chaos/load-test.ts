import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { SfnStateMachine } from "@cdktf/provider-aws/lib/sfn-state-machine";
import { Construct } from "constructs";
import { Procedural } from "../core/declarations";
import { requireForm, requireThat, requireWhole } from "../core/guard";
import { register } from "../core/hook";
import { nameOf } from "../core/naming";
import { arnOf, placeOf } from "../core/place";
import { Metric } from "../core/signal";
import { Firewall } from "../parts/firewall";
import { Key } from "../parts/key";
import { logGroup } from "../parts/log-group";
import { requireKeyArn } from "../parts/key-arn";
import { LONGEST_DAYS, privateBucket } from "../parts/private-bucket";
import { Runnable, loadTestProcedures } from "./load-test-procedures";
import { LoadTestProps } from "./load-test-props";
import { rampOf } from "./load-test-ramp";
import { stepsRole, taskRoles } from "./load-test-roles";
import { steps } from "./load-test-steps";
import { containers, requireScript, sizeFor } from "./load-test-task";
import { requireStops } from "./stop-alarms";

/** What a run measures, by the names that k6 has for it. */
const MEASURED = {
  requestsPerSecond: "$.metrics.http_reqs.rate",
  failedShare: "$.metrics.http_req_failed.value",
  p95Milliseconds: "$.metrics.http_req_duration.p95",
} as const;

/**
 * The stated peak, put to the test: k6 in a container on Fargate sends requests at a rate that grows to it, stays and
 * goes, and its alarms end it as they end an experiment. Where an experiment runs meanwhile, recovery is tested under
 * load.
 *
 * Nothing starts it but people, by the procedure `testThePeak` that it declares. It does not begin while one of the
 * alarms is on, or is not there. It fails where a threshold of the script is missed, and where the rate was not
 * reached: more than one run in a thousand was left out, since all users waited for answers. Results go to a private
 * bucket, and as metrics to where a dashboard finds them, the rate as the mean of the whole run; those of a test that
 * was stopped stay in its log.
 *
 * @see https://grafana.com/docs/k6/latest/
 */
export class LoadTest extends Construct implements Procedural {
  readonly stateMachine: SfnStateMachine;
  readonly taskDefinition: EcsTaskDefinition;
  readonly cluster: EcsCluster;
  readonly results: S3Bucket;
  readonly firewall: Firewall;
  private readonly minutes: number;
  private readonly names: Pick<Runnable, "cluster" | "bucket" | "logGroup"> & { readonly stateMachine: string };
  private readonly namespace = `LoadTest/${nameOf(this, "metric-namespace")}`;

  constructor(scope: Construct, id: string, props: LoadTestProps) {
    super(scope, id);
    register(this, props, "LoadTestProps");
    const { network, target, script, stopOn, image = "grafana/k6:0.57.0", keepDays = 400 } = props;
    requireForm(this, "target", target, /^https:\/\/[^\s/]+/, "an https address");
    requireForm(
      this,
      "image",
      image,
      /^[\w./-]+(:(?!latest$)[\w.-]+|@sha256:[0-9a-f]{64})$/,
      "an image with a tag that does not move",
    );
    requireWhole(this, "keepDays", keepDays, 1, LONGEST_DAYS);
    const zones = Object.values(network.zones);
    requireThat(this, zones.length > 0, { prop: "network.zones", must: "be at least 1", got: zones.length });
    requireScript(this, script);
    const ramp = rampOf(this, props);
    this.minutes = Math.ceil(ramp.seconds / 60);
    const size = sizeFor(this, ramp);
    requireStops(this, stopOn);
    const { account, region } = placeOf(this);

    if (props.key !== undefined) requireKeyArn(this, "key", props.key);
    const keyArn = props.key ?? new Key(this, "key", { usedBy: ["logs"] }).arn;
    const name = nameOf(this, "state-machine");
    this.names = {
      stateMachine: name,
      cluster: nameOf(this, "ecs-cluster"),
      // Bucket names are taken once in all the world.
      bucket: nameOf(this, "bucket", `results-${account}-${region}`),
      logGroup: `/load-tests/${name}`,
    };
    const log = logGroup(this, "log", { name: this.names.logGroup, keyArn });
    const stepsLog = logGroup(this, "steps-log", { name: `/aws/vendedlogs/states/${name}`, keyArn });
    this.results = privateBucket(this, "results", { name: this.names.bucket, expireDays: keepDays }).bucket;
    this.firewall = new Firewall(this, "firewall", {
      vpcId: network.vpcId,
      description: `load test ${this.node.path}`,
    });
    this.firewall.allowTo({ cidr: "0.0.0.0/0" }, 443, "the target, images and AWS APIs have no fixed addresses");
    this.cluster = new EcsCluster(this, "cluster", {
      name: this.names.cluster,
      setting: [{ name: "containerInsights", value: "enhanced" }],
    });
    const { execution, task } = taskRoles(this, this.results.arn);
    this.taskDefinition = new EcsTaskDefinition(this, "task", {
      family: this.names.cluster,
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      cpu: String(size.cpu),
      memory: String(size.memoryMib),
      executionRoleArn: execution.arn,
      taskRoleArn: task.arn,
      runtimePlatform: { cpuArchitecture: "X86_64", operatingSystemFamily: "LINUX" },
      volume: [{ name: "results" }],
      containerDefinitions: containers({
        ...{ image, script, target, ramp, region, memoryMib: size.memoryMib },
        logGroup: log.name,
        bucket: this.results.bucket,
      }),
    });
    this.stateMachine = new SfnStateMachine(this, "Resource", {
      name,
      type: "STANDARD",
      roleArn: stepsRole(this, { name, cluster: this.cluster, task: this.taskDefinition, roles: [execution, task] })
        .arn,
      definition: steps({
        alarms: stopOn,
        cluster: this.cluster.arn,
        taskDefinition: this.taskDefinition.arn,
        subnets: zones.map((zone) => zone.private),
        securityGroup: this.firewall.securityGroupId,
        seconds: ramp.seconds,
      }),
      loggingConfiguration: { level: "ALL", includeExecutionData: true, logDestination: `${stepsLog.arn}:*` },
      tracingConfiguration: { enabled: true },
    });
    for (const [metric, value] of Object.entries(MEASURED)) {
      new CloudwatchLogMetricFilter(this, `metric-${metric}`, {
        name: metric,
        logGroupName: log.name,
        pattern: `{ ${value} >= 0 }`,
        metricTransformation: { namespace: this.namespace, name: metric, value },
      });
    }
  }

  get procedures() {
    const { stateMachine, ...names } = this.names;
    const stateMachineArn = arnOf(this, "states", `stateMachine:${stateMachine}`);
    return loadTestProcedures({ ...names, stateMachineArn, region: placeOf(this).region, minutes: this.minutes });
  }

  /** What each run measured, for a dashboard. */
  get metrics(): Readonly<Record<keyof typeof MEASURED, Metric>> {
    const of = (name: keyof typeof MEASURED) => ({ namespace: this.namespace, name, statistic: "Maximum" });
    return {
      requestsPerSecond: of("requestsPerSecond"),
      failedShare: of("failedShare"),
      p95Milliseconds: of("p95Milliseconds"),
    };
  }
}
