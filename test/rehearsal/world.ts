import { CreateHostedZoneCommand } from "@aws-sdk/client-route-53";
import { BucketLocationConstraint, CreateBucketCommand } from "@aws-sdk/client-s3";
import { Place } from "../../lib/core";
import { Aws } from "./aws";

/** An environment, by what it expects to be there before its first plan. */
export interface Surroundings extends Place {
  readonly name: string;
  /** A hosted zone. */
  readonly domain?: { readonly name: string; readonly zoneId: string };
  readonly buckets?: readonly string[];
}

/**
 * Makes what an environment expects to be there before its first plan, and says what the emulator calls it: a hosted
 * zone has the number that Route 53 gives it, here as there.
 */
export async function world(
  aws: Aws,
  { domain, name, region, buckets = [] }: Surroundings,
): Promise<Record<string, string>> {
  for (const Bucket of buckets) {
    const LocationConstraint = region as BucketLocationConstraint;
    await aws.s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint } }));
  }
  if (!domain) return {};
  const { HostedZone } = await aws.route53.send(
    new CreateHostedZoneCommand({ Name: domain.name, CallerReference: `rehearsal-${name}` }),
  );
  return { [domain.zoneId]: String(HostedZone?.Id).replace("/hostedzone/", "") };
}
