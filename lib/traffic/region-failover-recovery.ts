import { Sla } from "../core/declarations";
import { Duration, inWords } from "../core/duration";
import { Figure } from "../core/figure";
import { Recoveries, Recovery } from "../core/recovery";
import { CheckedHealth } from "./region-health";

/** No instance and no zone holds DNS: other locations answer meanwhile, and clients ask the next name server by themselves. */
const ELSEWHERE: Recovery = {
  mechanism: "answers from other locations",
  rpo: { value: "0 seconds", basis: "configured", source: "DNS keeps no data" },
  rto: { value: "0 seconds", basis: "sla", source: "https://aws.amazon.com/route53/sla/ (100 %)", asOf: "2026-11-01" },
  selfHealing: true,
};

/**
 * How requests get to another region: what the checks take, and how long answers are kept that name the lost one.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html
 */
export function regionFailoverRecovers(
  { interval, failures, detectionSeconds, paths }: CheckedHealth,
  ttl: number,
  name: string,
): Recoveries {
  const kept: Figure<Duration> = { value: inWords(ttl), basis: "configured", source: "how long answers are kept" };
  return {
    instance: [ELSEWHERE],
    zone: [ELSEWHERE],
    region: [
      {
        mechanism: "DNS failover between regions",
        rpo: { value: "0 seconds", basis: "configured", source: "DNS keeps no data" },
        rto: {
          value: inWords(detectionSeconds + ttl),
          basis: "configured",
          source: `${failures} failed checks, ${interval} apart, and answers that are kept for ${inWords(ttl)}`,
        },
        floor: { rto: kept },
        selfHealing: true,
        leadsRequests: true,
        steps: [
          `Nothing has to be done: DNS follows the health checks. Where does the name lead? \`dig +short ${name}\`.`,
          `Does what it leads to answer? \`curl -sS -o /dev/null -w '%{http_code}\\n' https://${name}${paths[0]}\` says 200.`,
          `It leads back by itself as soon as the lost region answers ${paths.join(", ")} again. Must the data there follow first? Then keep it out, as the plan says.`,
        ],
      },
    ],
  };
}

/** What AWS promises of answers to queries; not of edits of records. */
export const ROUTE_53_SLA: Sla = {
  value: 100,
  basis: "sla",
  condition: "hosted zones with the four name servers of Route 53",
  source: "https://aws.amazon.com/route53/sla/",
  asOf: "2026-11-01",
};
