import { IConstruct } from "constructs";
import { inShort } from "../core/duration";
import { advise } from "../core/verdict";
import { Burn, enoughPerHour, isTrippedByOne } from "./burn-windows";
import { LOWEST_OBJECTIVE } from "./checks";
import { Fraction, decimal, dividedBy, floor, fraction, hundredths, minus, times } from "./fraction";
import { SLO_DEFAULTS, SloProps } from "./slo-props";

/** Says which windows a single failure would burn at the traffic that is expected, and what to do. */
export function adviseOnTraffic(scope: IConstruct, burns: readonly Burn[], props: SloProps): void {
  const { expectedRequestsPerHour: expected, minimumFailures = SLO_DEFAULTS.minimumFailures, indicator } = props;
  if (expected === undefined || indicator.kind === "freshness") return;
  const tripped = burns.filter((burn) => isTrippedByOne(burn, expected));
  const least = Math.max(...burns.map(enoughPerHour));
  const windows = tripped.map(({ long }) => inShort(long)).join(", ");
  const must =
    tripped.length > 0
      ? `be at least ${least}, or a single failure burns the windows of ${windows}`
      : "be enough for each window to mean more than a single failure";
  const guard =
    minimumFailures > 1
      ? `minimumFailures holds back what is fewer than ${minimumFailures}`
      : "minimumFailures: 2 holds a single failure back";
  const less = decimal(hundredths(sufficient(tripped, expected), floor));
  const lower = Number(less) >= LOWEST_OBJECTIVE ? `, or promise ${less}` : "";
  const mend = `${guard}; send synthetic traffic, measure several services as one, let clients try again${lower}`;
  const kept = tripped.length === 0;
  advise(scope, "enough-traffic", kept, { prop: "expectedRequestsPerHour", must, got: expected, mend });
}

/** The objective, in per cent, at which a single failure burns none of the windows. */
function sufficient(burns: readonly Burn[], perHour: number): Fraction {
  const shares = burns.map(({ factor, long }) => {
    const events = times(fraction(perHour), dividedBy(fraction(long), fraction(3600)));
    return times(fraction(100), minus(fraction(1), dividedBy(fraction(1), times(events, factor))));
  });
  return shares.reduce((least, each) => (each.over * least.under < least.over * each.under ? each : least), {
    over: 100n,
    under: 1n,
  });
}
