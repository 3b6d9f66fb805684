import { ResiliencehubResiliencyPolicy } from "@cdktf/provider-aws/lib/resiliencehub-resiliency-policy";
import { Construct } from "constructs";
import { Duration, seconds } from "../core/duration";
import { nameOf } from "../core/naming";
import { Posture, postureOf } from "../core/posture";
import { DeclaredRecovery } from "../review/recovery/declared";

/** @see https://docs.aws.amazon.com/resilience-hub/latest/APIReference/API_CreateResiliencyPolicy.html */
const TIERS: Readonly<Record<Posture["backupTier"], string>> = {
  critical: "Critical",
  standard: "Important",
  development: "NonCritical",
};

/**
 * The same objectives for AWS Resilience Hub, which knows losses by other names: instance is hardware, corruption is
 * software. It takes no policy without those two and the zone.
 */
export function resiliencyPolicy(
  scope: Construct,
  { instance, zone, corruption, region }: DeclaredRecovery["goals"],
): ResiliencehubResiliencyPolicy | undefined {
  if (!instance || !zone || !corruption) return undefined;
  const block = ({ rto, rpo }: { rto: Duration; rpo: Duration }) => ({ rto: goDuration(rto), rpo: goDuration(rpo) });
  return new ResiliencehubResiliencyPolicy(scope, "policy", {
    name: nameOf(scope, "resiliency-policy"),
    description: `objectives of ${scope.node.path}`,
    tier: TIERS[postureOf(scope).backupTier],
    policy: [
      {
        az: [block(zone)],
        hardware: [block(instance)],
        softwareAttribute: [block(corruption)],
        ...(region && { region: [block(region)] }),
      },
    ],
  });
}

/** As the provider reads it back, or each plan would show a change: `1h30m0s`. */
function goDuration(duration: Duration): string {
  const length = seconds(duration);
  const [hours, minutes, rest] = [Math.floor(length / 3600), Math.floor((length % 3600) / 60), length % 60];
  if (hours > 0) return `${hours}h${minutes}m${rest}s`;
  return minutes > 0 ? `${minutes}m${rest}s` : `${rest}s`;
}
