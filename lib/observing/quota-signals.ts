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
      `How many may there be, and can more be asked for? aws service-quotas get-service-quota ${which} --query 'Quota.[Value,Adjustable]' --output text.`,
      `Is more asked for already? aws service-quotas list-requested-service-quota-change-history-by-quota ${which} --query 'RequestedQuotas[].[Created,Status,DesiredValue]' --output text.`,
      "PENDING or CASE_OPENED: wait for it; a second request is refused. None: delete what nobody uses any more, then ask, as below.",
    ],
    mitigate: [
      "Delete what nobody uses any more: that works at once. AWS counts over the whole account.",
      `Ask for half as many more (True); it may take days: aws service-quotas request-service-quota-increase ${which} --desired-value $(aws service-quotas get-service-quota ${which} --query Quota.Value --output text | awk '{ print int($1 * 1.5) }').`,
      "What must not fail meanwhile: hold deployments and other things that make more of it.",
    ],
    rationale: "AWS counts over the whole account: what is missing here may be used by another service.",
    source,
  };
}
