import { Construct } from "constructs";
import { Limited, Watchable, isLimited } from "../core/declarations";
import { requireSound } from "../core/declared";
import { refuse, requireThat } from "../core/guard";
import { register } from "../core/hook";
import { Quota } from "../core/quota";
import { Signals } from "../core/signal";
import { quotaKey } from "../review/quotas";
import { quotaSignal } from "./quota-signals";

/** What a {@link QuotaUsage} can be told. */
export interface QuotaUsageProps {
  /** What takes a part of quotas. */
  readonly of: readonly Limited[];
}

/**
 * How much of the quotas of account and region is used, of which some constructs take a part: a ticket at four fifths, while
 * there is time to ask for more.
 *
 * A quota is counted over the whole account, so that another stack may use it up, and stands here once, however many
 * constructs take a part of it. CloudWatch knows each quota as it is: a raised one needs no change here. It makes no
 * resource.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Quotas-Visualize-Alarms.html
 */
export class QuotaUsage extends Construct implements Watchable {
  private readonly quotas: ReadonlyMap<string, Quota>;

  constructor(scope: Construct, id: string, props: QuotaUsageProps) {
    super(scope, id);
    register(this, props, "QuotaUsageProps");
    const { of } = props;
    for (const each of of) requireSound(each, "quotas");
    const declared = of.filter(isLimited).flatMap(({ quotas }) => Object.entries(quotas));
    requireThat(this, declared.length > 0, { prop: "of", must: "name what takes a part of a quota", got: of.length });
    for (const [name, quota] of declared) {
      const other = declared.find(([of, each]) => of === name && quotaKey(each) !== quotaKey(quota));
      if (!other) continue;
      const mend = "name one of them otherwise where it is declared";
      refuse(this, { prop: `of.${name}`, must: "be one quota", got: [quotaKey(quota), quotaKey(other[1])], mend });
    }
    const once = new Map(declared.map(([name, quota]) => [quotaKey(quota), [name, quota] as const]));
    this.quotas = new Map(once.values());
  }

  get signals(): Signals {
    return Object.fromEntries([...this.quotas].map(([name, quota]) => [name, quotaSignal(quota)]));
  }
}
