import { Lb } from "@cdktf/provider-aws/lib/lb";
import { Construct } from "constructs";
import { Sla } from "../core/declarations";
import { Duration, inWords, seconds } from "../core/duration";
import { Fence } from "../core/fence";
import { Figure } from "../core/figure";
import { placeOf } from "../core/place";
import { Recoveries } from "../core/recovery";
import { Firewall } from "../parts/firewall";
import { lockedOut } from "../parts/locked-out";
import { AVOIDED_SECONDS, HEALTH_CHECK } from "../parts/target-health";

const KEEPS_NOTHING: Figure<"0 seconds"> = {
  value: "0 seconds",
  basis: "configured",
  source: "a load balancer keeps no data",
};

/** How long answers of DNS are kept. */
const TTL: Figure<Duration> = {
  value: "60 seconds",
  basis: "vendor-typical",
  source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html",
};

/**
 * How a load balancer comes back: it stops sending to what does not answer, wherever it stands, and DNS leaves out the
 * node of a zone that is gone.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html
 */
export function loadBalancerRecovers(): Recoveries {
  const { interval, timeout, unhealthyThreshold } = HEALTH_CHECK;
  return {
    instance: [
      {
        mechanism: "health checks",
        rpo: KEEPS_NOTHING,
        rto: {
          value: inWords(AVOIDED_SECONDS),
          basis: "configured",
          source: `${unhealthyThreshold} failed health checks, ${interval} seconds apart, the last after ${timeout}`,
        },
        selfHealing: true,
      },
    ],
    zone: [
      {
        mechanism: "DNS failover between zones",
        rpo: KEEPS_NOTHING,
        rto: {
          value: inWords(AVOIDED_SECONDS + seconds(TTL.value)),
          basis: TTL.basis,
          source: `${TTL.source} (records live ${TTL.value}), after the health checks`,
        },
        floor: { rto: TTL },
        selfHealing: true,
      },
    ],
  };
}

/** Lets nobody in who still has its address: neither clients, nor the health checks that would lead others here again. */
export function loadBalancerFence(scope: Construct, { group }: Firewall, { clientKeepAliveInput }: Lb): Fence {
  const door = { region: placeOf(scope).region, securityGroup: String(group.nameInput) };
  const open = `A connection that is open may last for ${inWords(Number(clientKeepAliveInput))} more: it reaches what runs behind, unless that is kept out, too.`;
  return lockedOut(door, [open]);
}

/** What AWS promises of a load balancer in two zones or more. */
export const LOAD_BALANCER_SLA: Sla = {
  value: 99.99,
  basis: "sla",
  condition: "two zones or more",
  source: "https://aws.amazon.com/elasticloadbalancing/sla/",
  asOf: "2026-11-01",
};
