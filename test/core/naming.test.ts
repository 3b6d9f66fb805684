import { TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import fc from "../property";
import { Named, nameOf } from "../../lib/core";

/** What each service documents, and the provider checks, of a name of each kind. */
const RULES: Record<Named, RegExp> = {
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
  alarm: /^[\x20-\x7e]{1,255}$/,
  // https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html: no colon
  "auto-scaling-group": /^[^:\x00-\x1f]{1,255}$/,
  // https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateBackupVault.html
  "backup-vault": /^[\w-]{2,50}$/,
  // https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupPlanInput.html
  "backup-plan": /^[\w.-]{1,50}$/,
  // https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateFramework.html: with _ for each hyphen
  "backup-audit": /^[a-zA-Z][a-zA-Z0-9-]{0,255}$/,
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
  bucket: /^(?!xn--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
  // https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
  cache: /^(?=.{1,40}$)[a-z](-?[a-z0-9])*$/,
  // https://docs.aws.amazon.com/AmazonSynthetics/latest/APIReference/API_CreateCanary.html: in the name of a function
  canary: /^[0-9a-z_-]{1,21}$/,
  // https://docs.aws.amazon.com/chatbot/latest/APIReference/API_CreateSlackChannelConfiguration.html
  chat: /^[A-Za-z0-9_-]{1,128}$/,
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html
  dashboard: /^[A-Za-z0-9_-]{1,255}$/,
  // https://docs.aws.amazon.com/firehose/latest/APIReference/API_CreateDeliveryStream.html
  "delivery-stream": /^[a-zA-Z0-9_.-]{1,64}$/,
  // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
  "event-rule": /^[\w.-]{1,64}$/,
  // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html, and of a task's family
  "ecs-cluster": /^[A-Za-z0-9_-]{1,255}$/,
  // https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html: the value of a tag
  experiment: /^[\w .:/=+@-]{1,256}$/,
  // https://docs.aws.amazon.com/fis/latest/APIReference/API_CreateExperimentTemplate.html
  "experiment-action": /^\S{1,64}$/,
  // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
  // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html: 52 for a Multi-AZ DB cluster
  "db-cluster": /^(?=.{1,52}$)[a-z](-?[a-z0-9])*$/,
  "db-instance": /^(?=.{1,63}$)[a-z](-?[a-z0-9])*$/,
  // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBParameterGroup.html
  "db-group": /^(?=.{1,255}$)[a-z](-?[a-z0-9])*$/,
  // https://docs.aws.amazon.com/efs/latest/ug/API_CreateFileSystem.html
  "file-system": /^.{1,64}$/,
  // https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
  function: /^[\w-]{1,64}$/,
  // https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html, without `alias/`
  "kms-alias": /^(?!aws\/)[a-zA-Z0-9/_-]{1,250}$/,
  // https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_CreateIdentityPool.html
  "identity-pool": /^[\w\s+=,.@-]{1,128}$/,
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CopyImage.html, as API_CreateImage.html says it
  image: /^[\w ()[\].\/'@-]{3,128}$/,
  // https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
  "image-repository": /^(?=.{2,256}$)[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*$/,
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html
  "launch-template": /^[a-zA-Z0-9().\-/_]{3,125}$/,
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
  "load-balancer": /^(?=.{1,32}$)[a-zA-Z0-9](-?[a-zA-Z0-9])*$/,
  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
  "log-group": /^[.\-_/#A-Za-z0-9]{1,512}$/,
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html, with a prefix of ours
  "metric-namespace": /^[A-Za-z0-9._\-/#:]{1,240}$/,
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html, with `.fifo`
  queue: /^[\w-]{1,75}$/,
  // https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html, below a path of ours
  parameter: /^[a-zA-Z0-9_.-]{1,900}$/,
  // https://docs.aws.amazon.com/cloudwatchrum/latest/APIReference/API_CreateAppMonitor.html
  "real-users": /^(?!\.)[.\-_#A-Za-z0-9]{1,255}$/,
  // https://docs.aws.amazon.com/xray/latest/api/API_CreateGroup.html and API_SamplingRule.html
  trace: /^[\w-]{1,32}$/,
  // https://developer.pagerduty.com/api-reference: names of services have 1 to 100 characters, no / & < >
  pager: /^[^/&<>\\\x00-\x1f]{1,100}$/,
  // https://docs.aws.amazon.com/resilience-hub/latest/APIReference/API_CreateResiliencyPolicy.html
  // https://docs.aws.amazon.com/recovery-cluster/latest/api/routingcontrol.html
  "routing-control": /^[\w-]{1,64}$/,
  "resiliency-policy": /^[A-Za-z0-9][\w-]{1,59}$/,
  // https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html
  "state-machine": /^[A-Za-z0-9_-]{1,80}$/,
  // https://docs.aws.amazon.com/aws-backup/latest/devguide/API_RestoreTestingPlanForCreate.html: with _ for each hyphen
  "restore-test": /^[a-zA-Z0-9-]{1,50}$/,
  // https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html
  schedule: /^[\w.-]{1,64}$/,
  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
  role: /^[\w+=,.@-]{1,64}$/,
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
  "security-group": /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{1,255}$/,
  // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
  secret: /^[\w/+=.@-]{1,512}$/,
  // https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html
  table: /^[\w.-]{3,255}$/,
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
  "target-group": /^(?=.{1,32}$)[a-zA-Z0-9](-?[a-zA-Z0-9])*$/,
  // https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html, with `.fifo`
  topic: /^[\w-]{1,251}$/,
};
const KINDS = Object.keys(RULES) as Named[];

const at = (...ids: string[]) =>
  ids.reduce<Construct>((scope, id) => new Construct(scope, id), new TerraformStack(Testing.app(), "orders-prod"));

const scopes = fc
  .array(
    fc
      .string({ minLength: 1, maxLength: 120, unit: fc.constantFrom(..."abzAZ09-_. é%&:+数") })
      .filter((id) => id.trim() !== ""),
    { minLength: 1, maxLength: 4 },
  )
  .map((ids) => at(...ids));

test.each(KINDS)("whatever the path, %s accepts the name", (kind) => {
  const accepted = (scope: Construct, suffix: string) => RULES[kind].test(nameOf(scope, kind, suffix));
  fc.assert(fc.property(scopes, fc.constantFrom("", "page", "Access_Logs.v2"), accepted), { numRuns: 60 });
});

test.each(KINDS)("two neighbours with long names stay apart as %s", (kind) => {
  const path = ["an-entrance-to-the-whole-of-the-shop-".repeat(20)];
  const names = ["a", "b"].map((last) => nameOf(at(...path, last), kind));
  expect(new Set(names).size).toBe(2);
});

test.each(KINDS)("two paths that differ only in what %s does not accept stay apart", (kind) => {
  const names = ["x y", "x%y", "X y"].map((id) => nameOf(at(id), kind));
  expect(new Set(names).size).toBe(3);
});

test.each(KINDS)("a path without a letter still makes a name of %s", (kind) => {
  const stack = new TerraformStack(Testing.app(), "4711");
  expect(nameOf(new Construct(stack, "数"), kind)).toMatch(new RegExp(`^${kind}-[0-9a-f]{8}$`));
});

test("a name that is accepted as it stands is the path, readable and without a hash", () => {
  const names = KINDS.map((kind) => nameOf(at("api", "Resource"), kind));
  expect(new Set(names)).toEqual(new Set(["orders-prod-api"]));
});

test("the suffix stands at the end of the path", () => {
  expect(nameOf(at("escalation"), "topic", "page")).toBe("orders-prod-escalation-page");
});

test("a name is cut at the limit and keeps its beginning", () => {
  const name = nameOf(at("entrance-to-the-shop-and-its-stores"), "load-balancer");
  expect(name).toHaveLength(32);
  expect(name).toMatch(/^orders-prod-entrance-to/);
});

test("a hash is the same on every machine and in every release: a name that moves replaces what bears it", () => {
  expect(nameOf(at("Entrance to the shop"), "db-instance")).toBe("orders-prod-entrance-to-the-shop-ef8a96dd");
});

test("capitals go where the service knows none, and two names that differ by them stay apart", () => {
  const names = ["Orders", "orders"].map((id) => nameOf(at(id), "bucket"));
  expect(names[0]).toMatch(/^orders-prod-orders-[0-9a-f]{8}$/);
  expect(names[1]).toBe("orders-prod-orders");
});

test("a log group's name leaves room for what a service puts in front, and is short enough for a tag", () => {
  expect(nameOf(at("x".repeat(600)), "log-group").length).toBeLessThanOrEqual(256);
});

test("what forces a replacement gives the successor a name of its own, and the same input the same one", () => {
  const name = (distinct: string) => nameOf(at("entrance"), "target-group", "", distinct);
  expect(name("8080 HTTP")).not.toBe(name("8443 HTTPS"));
  expect(name("8080 HTTP")).toBe(name("8080 HTTP"));
});
