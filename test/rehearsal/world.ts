import { CreateHostedZoneCommand } from "@aws-sdk/client-route-53";
import { Environment } from "../../stacks/environments";
import { Aws } from "./aws";

/**
 * Makes what an environment expects to be there before its first plan, and says what the emulator calls it: a hosted
 * zone has the number that Route 53 gives it, here as there.
 */
export async function world(aws: Aws, { domain, name }: Environment): Promise<Record<string, string>> {
  const { HostedZone } = await aws.route53.send(
    new CreateHostedZoneCommand({ Name: domain.name, CallerReference: `rehearsal-${name}` }),
  );
  return { [domain.zoneId]: String(HostedZone?.Id).replace("/hostedzone/", "") };
}
