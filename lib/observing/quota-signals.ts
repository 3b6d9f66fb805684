import { Quota } from "../core/quota";
import { Signal } from "../core/signal";
import { NEARLY_USED, shareUsed } from "../review/quotas";

/** A quota that is nearly used up: nothing fails yet, and nothing new can be made soon. */
export function quotaSignal(quota: Quota): Signal {
  const { of, asked, source } = quota;
  const which = `--service-code ${asked.service} --quota-code ${asked.code}`;
  return {
    kind: "saturation",
    means: `the account uses nearly all ${of} that it may have in the region: soon no more can be made`,
    measure: { math: shareUsed(quota) },
    bad: "above",
    unit: "per cent of the quota",
    ticket: NEARLY_USED,
    period: "5 minutes",
    breaches: "1 of 1",
    missing: "notBreaching",
    firstSteps: [
      `How many may there be? aws service-quotas get-service-quota ${which} --query Quota.Value`,
      `Is more asked for already? aws service-quotas list-requested-service-quota-change-history-by-quota ${which}`,
      "Delete what nobody uses any more, or ask for more in the console of Service Quotas: it may take days.",
    ],
    rationale: "AWS counts over the whole account: what is missing here may be used by another service.",
    source,
  };
}
