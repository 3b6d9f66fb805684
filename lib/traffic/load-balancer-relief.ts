import { endZonalShift, groupOf, zonalShift } from "./load-balancer-commands";
import { WatchedLoadBalancer } from "./load-balancer-metrics";

/** What relieves the users of an entrance while the cause is sought, by what is wrong. */
export function loadBalancerRelief(watched: Pick<WatchedLoadBalancer, "name" | "zones">) {
  const shifts = watched.zones.map((zone) => `In ${zone}: \`${zonalShift(watched, zone)}\`.`);
  const check = `aws elbv2 modify-target-group --target-group-arn ${groupOf(watched)} --matcher HttpCode=200-499`;
  return {
    /** Takes a bad zone out, and puts it back. */
    away: [
      `One zone alone is bad: take it out of DNS for two hours; the others carry its load, and nothing is deployed. ${shifts.join(" ")}`,
      `It is well before that: \`${endZonalShift(watched)}\`.`,
    ],
    /** Lets any answer count as healthy. */
    easierCheck: `Targets answer users, and fail their health check alone: let any answer count as healthy: \`${check}\`. The next apply takes that back: mend what they answer to the check, or set \`healthPath\`.`,
    /** More of what runs behind. */
    more: "Targets are overloaded or too few: what runs behind has pages of its own for that (cpu, inService), with more instances by a command.",
    /** Less of what is not real. */
    less: "The load is not real: let in only who must come (`from`), or put a firewall for web applications before it.",
  };
}
