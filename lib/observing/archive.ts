import { CloudwatchLogSubscriptionFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-subscription-filter";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { refuse, requireForm } from "../core/guard";
import { placeOf } from "../core/place";
import { serviceRole } from "../parts/service-role";

const STREAM = /^arn:[\w-]+:(?:firehose:[\w-]+:\d{12}:deliverystream|kinesis:[\w-]+:\d{12}:stream)\/.+$/;
const DESTINATION = /^arn:[\w-]+:logs:[\w-]+:\d{12}:destination:.+$/;
const FORM = new RegExp(`${STREAM.source}|${DESTINATION.source}`);

/** A stream of the account that takes lines: our `LogArchive`, or a literal. */
export interface ArchiveStream {
  readonly arn: string;
  readonly service: "firehose" | "kinesis";
}

/** What CloudWatch Logs does with a stream; a destination has a role of its own on its side. */
const ACTIONS = {
  firehose: ["firehose:PutRecord", "firehose:PutRecordBatch"],
  kinesis: ["kinesis:PutRecord", "kinesis:PutRecords"],
} as const satisfies Record<ArchiveStream["service"], readonly string[]>;

/**
 * Sends every line of a log group to an archive.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
 */
export function archiveTo(
  scope: Construct,
  logGroupName: string,
  archive: string | ArchiveStream,
): CloudwatchLogSubscriptionFilter {
  const { arn, service } = typeof archive === "string" ? named(scope, archive) : archive;
  const may = service && [
    { Sid: "SendToTheArchive", Effect: "Allow", Action: ACTIONS[service], Resource: arn } as const,
  ];
  const role = may && serviceRole(scope, "archive-role", { service: "logs.amazonaws.com", may });
  return new CloudwatchLogSubscriptionFilter(scope, "archive", {
    name: "archive",
    logGroupName,
    // Everything: what is not archived cannot be asked for later.
    filterPattern: "",
    destinationArn: arn,
    roleArn: role?.arn,
    distribution: "ByLogStream",
  });
}

/** What an ARN names, by its service; a destination is of none. */
function named(scope: Construct, arn: string): Pick<ArchiveStream, "arn"> & Partial<ArchiveStream> {
  const mend = "a Lambda function is no archive; name a destination, a Firehose or a Kinesis stream";
  // Which service it is decides whether a role is needed.
  if (Token.isUnresolved(arn)) {
    const whole = "write { arn, service }, or give the LogArchive";
    refuse(scope, { prop: "archive", must: "be known at synthesis", got: "what is known after apply", mend: whole });
  }
  requireForm(scope, "archive", arn, FORM, "the ARN of a destination or a stream", mend);
  const [, , service, region, account] = arn.split(":");
  const here = placeOf(scope);
  if (region !== here.region) {
    const elsewhere = "a destination in this region may lead to a stream in another one";
    refuse(scope, { prop: "archive", must: `stand in ${here.region}`, got: arn, mend: elsewhere });
  }
  if (DESTINATION.test(arn)) return { arn };
  if (account !== here.account) {
    const other = "put a destination of CloudWatch Logs before a stream of another account";
    refuse(scope, { prop: "archive", must: `stand in account ${here.account}`, got: arn, mend: other });
  }
  return { arn, service: service as ArchiveStream["service"] };
}
