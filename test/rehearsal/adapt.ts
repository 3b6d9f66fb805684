import { Config } from "../synth";
import { NEWER, Newer } from "./newer";

/** What a plan is adapted to. */
export interface Stage {
  /** Where the emulator answers. */
  readonly endpoint: string;
  /** The provider's version found. */
  readonly version: string;
  /** The account that the environment's stacks stand in. */
  readonly account: string;
  /** The state file of a stack. */
  readonly stateOf: (stack: string) => string;
  /** What the plan names and the emulator calls otherwise. */
  readonly renamed: Readonly<Record<string, string>>;
}

/**
 * Services of the plans, and those the emulator lacks: without an endpoint, a service would be called where it really is.
 */
const SERVICES = (
  "accessanalyzer acm amp appautoscaling appconfig autoscaling backup budgets ce chatbot cloudcontrolapi cloudformation " +
  "cloudfront cloudtrail cloudwatch codebuild codepipeline cognitoidentity cognitoidp computeoptimizer configservice " +
  "deploy dms dynamodb ec2 ecr ecs efs eks elasticache elbv2 elb events firehose fis globalaccelerator grafana guardduty " +
  "iam inspector2 internetmonitor kinesis kms lambda logs oam organizations pipes rds resiliencehub resourcegroups " +
  "resourcegroupstaggingapi route53 route53recoverycontrolconfig route53recoveryreadiness rum s3 s3control scheduler " +
  "secretsmanager securityhub servicediscovery servicequotas sfn sns sqs ssm ssmincidents sts synthetics wafv2 xray"
).split(" ");

/** A plan that runs on an emulator and a provider at hand; what it says about resources stays as it is. */
export function adapt(
  stack: string,
  plan: Config,
  stage: Stage,
  newer: readonly Newer[] = NEWER,
): { plan: Config; takenOff: Newer[] } {
  const copy = renamed(plan, stage.renamed);
  const old = Number(stage.version.split(".")[0]) < 6;
  const { required_providers: required, ...settings } = copy.terraform;
  const provider = copy.provider.aws as Config[];
  copy.terraform = {
    ...settings,
    required_providers: { ...required, aws: { ...required.aws, version: stage.version } },
    backend: { local: { path: stage.stateOf(stack) } },
  };
  for (const state of Object.values((copy.data?.terraform_remote_state ?? {}) as Record<string, Config>)) {
    const key = String(state.config.key ?? state.config.path);
    state.config = { path: stage.stateOf(key.replace(/^.*\//, "").replace(/\.tfstate$/, "")) };
    state.backend = "local";
    delete state.workspace;
  }
  copy.provider.aws = provider.map((each) => ({ ...each, ...emulated(stage) }));
  if (old) copy.provider.aws.push(...aliases(copy, copy.provider.aws[0]));
  return { plan: copy, takenOff: old ? newer.filter((row) => takenOff(copy, row)) : [] };
}

function renamed(plan: Config, names: Readonly<Record<string, string>>): Config {
  const text = JSON.stringify(plan);
  return JSON.parse(Object.entries(names).reduce((now, [from, to]) => now.replaceAll(from, to), text)) as Config;
}

function emulated({ endpoint, account }: Stage): Config {
  return {
    endpoints: [Object.fromEntries(SERVICES.map((service) => [service, endpoint]))],
    // Twelve digits are taken as the account's number.
    access_key: account,
    secret_key: "rehearsal",
    s3_use_path_style: true,
    skip_credentials_validation: true,
    skip_metadata_api_check: "true",
    max_retries: 2,
  };
}

/** A provider before 6.0 knows no `region` of a resource: each other region becomes an alias. */
function aliases(plan: Config, provider: Config): Config[] {
  const regions = new Set<string>();
  for (const { config } of resourcesOf(plan)) {
    const { region } = config;
    delete config.region;
    if (region === undefined || region === provider.region) continue;
    regions.add(region);
    config.provider = `aws.${region}`;
  }
  return [...regions].sort().map((region) => ({ ...provider, alias: region, region }));
}

function takenOff(plan: Config, { type, argument }: Newer): boolean {
  const found = resourcesOf(plan).filter((resource) => resource.type === type);
  return found.map(({ config }) => takeOff(config, argument)).includes(true);
}

/** Takes an argument off, by its path through blocks; says whether it was there. */
export function takeOff(config: Config, argument: string): boolean {
  const [name, ...rest] = argument.split(".");
  if (!(name in config)) return false;
  if (rest.length > 0) {
    const blocks = [config[name]].flat() as Config[];
    return blocks.map((block) => takeOff(block, rest.join("."))).includes(true);
  }
  return Reflect.deleteProperty(config, name);
}

/** Every resource of a plan, with its address. */
export function resourcesOf(plan: Config): { type: string; address: string; config: Config }[] {
  return Object.entries((plan.resource ?? {}) as Record<string, Record<string, Config>>).flatMap(([type, named]) =>
    Object.entries(named).map(([name, config]) => ({ type, address: `${type}.${name}`, config })),
  );
}
