import { TerraformStack } from "cdktf";
import { Alarms } from "sre-constructs/alerting";
import { Fleet } from "sre-constructs/compute";
import { QuotaUsage } from "sre-constructs/observing";
import { LoadBalancer } from "sre-constructs/traffic";

/** A ticket while there is time to ask for more: processors, groups and load balancers that the account may have. */
export function quotas(stack: TerraformStack, entrance: LoadBalancer, fleet: Fleet, alarms: Alarms): QuotaUsage {
  const usage = new QuotaUsage(stack, "quotas", { of: [entrance, fleet] });
  alarms.watch(usage);
  return usage;
}
