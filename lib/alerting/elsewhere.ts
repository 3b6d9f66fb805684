import { Token } from "cdktf";
import { IConstruct } from "constructs";
import { requireForm, requireThat } from "../core/guard";
import { knownPlace, requireOtherRegion, REGION } from "../core/place";
import { requireTopicArn } from "../parts/topic-arn";

type Topics = Readonly<Record<string, { readonly page: string; readonly ticket: string }>>;

/**
 * Refuses topics that an alarm could not tell: CloudWatch acts in its own region only.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
 */
export function elsewhereOf(scope: IConstruct, topics: Topics = {}): Topics {
  for (const [region, { page, ticket }] of Object.entries(topics)) {
    requireOtherRegion(scope, "elsewhere", region, "topics of the stack's own region are notify");
    for (const [urgency, arn] of Object.entries({ page, ticket })) {
      const prop = `elsewhere.${region}.${urgency}`;
      requireTopicArn(scope, prop, arn);
      const stands = Token.isUnresolved(arn) || arn.split(":")[3] === region;
      requireThat(scope, stands, { prop, must: `be a topic in ${region}`, got: arn });
    }
  }
  return topics;
}

/** The region of a signal, where it is another one than that of the stack. */
export function regionOf(scope: IConstruct, region: string | undefined): string | undefined {
  if (region === undefined) return undefined;
  requireForm(scope, "signal.region", region, REGION, "a region such as eu-central-1");
  return knownPlace(scope)?.region === region ? undefined : region;
}
