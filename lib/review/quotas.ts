import { DeclaredQuota } from "./manifest";

/** The per cent of a quota from which it is worth asking for more: it takes days to be granted. */
export const NEARLY_USED = 80;

/** How much of a quota is used, in per cent. CloudWatch knows the quota as it is now, also after it was raised. */
export function shareUsed({ usage: { service, resource, class: kind = "None" } }: DeclaredQuota) {
  const dimensions = { Service: service, Type: "Resource", Resource: resource, Class: kind };
  const used = { namespace: "AWS/Usage", name: "ResourceCount", statistic: "Maximum", dimensions };
  return { expression: "100 * used / SERVICE_QUOTA(used)", metrics: { used } };
}

/** What tells one quota from another, whoever declares it. */
export function quotaKey({ usage: { service, resource, class: kind = "None" } }: DeclaredQuota): string {
  return [service, resource, kind].join("/");
}
