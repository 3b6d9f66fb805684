import { CloudcontrolapiResource } from "@cdktf/provider-aws/lib/cloudcontrolapi-resource";
import { FisExperimentTemplate } from "@cdktf/provider-aws/lib/fis-experiment-template";
import { Construct } from "constructs";
import { TARGET_KEYS } from "./target-keys";
import { Template } from "./template";

/** Where a report goes, and what it shows. */
export interface Report {
  readonly bucket: string;
  readonly prefix: string;
  /** The ARN of a dashboard. @default - no graphs */
  readonly dashboard?: string;
}

/** What a template says besides its steps. */
export interface TemplateSettings {
  readonly description: string;
  readonly roleArn: string;
  readonly tag: string;
  readonly logGroupArn: string;
  /** The ARNs of the alarms that end it. */
  readonly stops: readonly string[];
  /** What happens where a target is not there. */
  readonly onEmptyTarget: "fail" | "skip";
  /** @default - no report */
  readonly report?: Report;
}

/** How long graphs of a report go back before an experiment, and on after it. */
const AROUND = "PT20M";

/** A template as the provider's own resource; through Cloud Control, where the provider does not know a target's key. */
export function writeTemplate(scope: Construct, template: Template, settings: TemplateSettings) {
  const keys = Object.values(template.actions).flatMap(({ target }) => target?.key ?? []);
  return keys.every((key) => key in TARGET_KEYS)
    ? typed(scope, template, settings)
    : throughCloudControl(scope, template, settings);
}

function typed(scope: Construct, { actions, targets }: Template, settings: TemplateSettings): FisExperimentTemplate {
  const { description, roleArn, tag, logGroupArn, stops, onEmptyTarget, report } = settings;
  return new FisExperimentTemplate(scope, "Resource", {
    description,
    roleArn,
    action: Object.entries(actions).map(([name, { id, description, parameters, startAfter, target }]) => ({
      name,
      actionId: id,
      description,
      parameter: pairs(parameters),
      ...(startAfter.length > 0 && { startAfter: [...startAfter] }),
      ...(target && { target: { key: target.key, value: target.name } }),
    })),
    target: Object.entries(targets).map(([name, target]) => ({
      name,
      resourceType: target.resourceType,
      selectionMode: target.selection,
      ...(target.arns && { resourceArns: [...target.arns] }),
      resourceTag: pairs(target.tags),
      ...(isFull(target.filters) && {
        filter: Object.entries(target.filters ?? {}).map(([path, values]) => ({ path, values: [...values] })),
      }),
      ...(isFull(target.parameters) && { parameters: { ...target.parameters } }),
    })),
    stopCondition: stops.map((value) => ({ source: "aws:cloudwatch:alarm", value })),
    experimentOptions: { accountTargeting: "single-account", emptyTargetResolutionMode: onEmptyTarget },
    logConfiguration: { logSchemaVersion: 2, cloudwatchLogsConfiguration: { logGroupArn: `${logGroupArn}:*` } },
    ...(report && {
      experimentReportConfiguration: {
        preExperimentDuration: AROUND,
        postExperimentDuration: AROUND,
        outputs: { s3Configuration: { bucketName: report.bucket, prefix: report.prefix } },
        ...(report.dashboard !== undefined && {
          dataSources: { cloudwatchDashboard: [{ dashboardArn: report.dashboard }] },
        }),
      },
    }),
    tags: { Name: tag },
  });
}

/** The same in the words of CloudFormation, keys in a fixed order: another text would be another template. */
function throughCloudControl(
  scope: Construct,
  { actions, targets }: Template,
  settings: TemplateSettings,
): CloudcontrolapiResource {
  const { description, roleArn, tag, logGroupArn, stops, onEmptyTarget, report } = settings;
  const desired = {
    Description: description,
    RoleArn: roleArn,
    Actions: mapped(actions, ({ id, description, parameters, startAfter, target }) => ({
      ActionId: id,
      Description: description,
      ...(isFull(parameters) && { Parameters: parameters }),
      ...(startAfter.length > 0 && { StartAfter: startAfter }),
      ...(target && { Targets: { [target.key]: target.name } }),
    })),
    Targets: mapped(targets, ({ resourceType, selection, arns, tags, filters, parameters }) => ({
      ResourceType: resourceType,
      SelectionMode: selection,
      ...(arns && { ResourceArns: arns }),
      ...(tags && { ResourceTags: tags }),
      ...(isFull(filters) && {
        Filters: Object.entries(filters ?? {}).map(([Path, Values]) => ({ Path, Values })),
      }),
      ...(isFull(parameters) && { Parameters: parameters }),
    })),
    StopConditions: stops.map((Value) => ({ Source: "aws:cloudwatch:alarm", Value })),
    ExperimentOptions: { AccountTargeting: "single-account", EmptyTargetResolutionMode: onEmptyTarget },
    LogConfiguration: { LogSchemaVersion: 2, CloudWatchLogsConfiguration: { LogGroupArn: `${logGroupArn}:*` } },
    ...(report && {
      ExperimentReportConfiguration: {
        PreExperimentDuration: AROUND,
        PostExperimentDuration: AROUND,
        Outputs: { ExperimentReportS3Configuration: { BucketName: report.bucket, Prefix: report.prefix } },
        ...(report.dashboard !== undefined && {
          DataSources: { CloudWatchDashboards: [{ DashboardIdentifier: report.dashboard }] },
        }),
      },
    }),
    Tags: { Name: tag },
  };
  return new CloudcontrolapiResource(scope, "Resource", {
    typeName: "AWS::FIS::ExperimentTemplate",
    desiredState: JSON.stringify(desired),
  });
}

function pairs(record: Readonly<Record<string, string>> = {}): { key: string; value: string }[] | undefined {
  return isFull(record) ? Object.entries(record).map(([key, value]) => ({ key, value })) : undefined;
}

function mapped<A, B>(of: Readonly<Record<string, A>>, to: (each: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(of).map(([name, each]) => [name, to(each)]));
}

function isFull(record: object | undefined): boolean {
  return record !== undefined && Object.keys(record).length > 0;
}
