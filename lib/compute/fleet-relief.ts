import { Capacity } from "./fleet-capacity";

/** What relieves a service while the cause is sought, by what is wrong with its fleet. */
export function fleetRelief(name: string, { min, max }: Pick<Capacity, "min" | "max">) {
  const of = `--auto-scaling-group-name ${name}`;
  const size = (which: string) =>
    `$(aws autoscaling describe-auto-scaling-groups --auto-scaling-group-names ${name} --query 'AutoScalingGroups[0].${which}' --output text)`;
  const more = Math.ceil(max * 1.5);
  const processes = (verb: string) =>
    `\`aws autoscaling ${verb}-processes ${of} --scaling-processes ReplaceUnhealthy\``;
  return {
    /** Ends a rollout, and replaces nothing more. */
    stopRollout: `A rollout is on: stop it where it is, so that it takes no more instances out: aws autoscaling cancel-instance-refresh ${of}.`,
    /** Leaves instances in that fail only since they carry too much. */
    keepUnhealthy: `Instances that answer are replaced again and again, since they are overloaded: leave them in: ${processes("suspend")}. It is over: ${processes("resume")}. The next apply does that, too.`,
    /** Launches again what AWS no longer does: after a day in which none succeeded. */
    launchAgain: `The cause is gone, and Launch is still suspended: aws autoscaling resume-processes ${of} --scaling-processes Launch.`,
    /** More instances than scaling wants. */
    grow:
      max > min
        ? `hold half as many more, up to what it may: \`NOW=${size("DesiredCapacity")}\`, \`MAX=${size("MaxSize")}\`, \`aws autoscaling update-auto-scaling-group ${of} --min-size $(((NOW * 3 + 1) / 2 < MAX ? (NOW * 3 + 1) / 2 : MAX))\`. The next apply takes them back: to keep them, set \`min\`.`
        : `add half as many more: \`aws autoscaling update-auto-scaling-group ${of} --min-size ${more} --max-size ${more}\`. The next apply takes them back: to keep them, set \`min\` and \`max\`.`,
    /** Room above what it may have. */
    raiseMaximum: `Let it grow further: \`aws autoscaling update-auto-scaling-group ${of} --max-size ${more}\`. The next apply takes that back: set \`max\` to ${more}, and \`load\` to what came.`,
  };
}

/** Puts another instance in the place of one, found by a command, or chosen by who reads. */
export function replaced(found: string): string {
  return `\`INSTANCE=${found}\`, \`aws autoscaling terminate-instance-in-auto-scaling-group --no-should-decrement-desired-capacity --instance-id "$INSTANCE"\``;
}
