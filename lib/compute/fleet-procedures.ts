import { Procedures } from "../core/procedure";

/** What a rollout of a fleet is found by. */
export interface RolledOut {
  /** The name of the group. */
  readonly group: string;
  /** The name of the launch template. */
  readonly template: string;
  /** Whether instances are of several kinds, on demand and spot: then a version alone says too little. */
  readonly isMixed: boolean;
}

/**
 * What people do with a fleet now and then. A rollout goes back by itself where instances do not become healthy or an
 * alarm rings; this is for what neither notices.
 */
export function fleetProcedures({ group, template, isMixed }: RolledOut) {
  const of = `--auto-scaling-group-name ${group}`;
  const shown = "InstanceRefreshes[].[InstanceRefreshId,Status,PercentageComplete,StartTime,StatusReason]";
  return {
    rollback: {
      title: "Take the last rollout back",
      why: "The new image or setting is bad, and no alarm has said so. Old instances come back one after the other, as new ones came.",
      steps: [
        {
          do: "Is a rollout on, or when was the last one?",
          sh: `aws autoscaling describe-instance-refreshes ${of} --max-records 3 --query '${shown}' --output text`,
        },
        {
          do: "It is on, or waits at a checkpoint: turn it round. It replaces what is new by what was before.",
          sh: `aws autoscaling rollback-instance-refresh ${of}`,
        },
        isMixed
          ? { do: "It is over: revert the change in the code now and apply it; that is a rollout of what was before." }
          : { do: "It is over: start one to the version before the newest.", sh: toVersionBefore(of, template) },
        {
          do: "Watch it, until it is `Successful` or `RollbackSuccessful`.",
          sh: `aws autoscaling describe-instance-refreshes ${of} --max-records 1 --query '${shown}' --output text`,
        },
        {
          do: "Revert the change in the code before anybody applies again: the next apply starts the same rollout anew.",
        },
      ],
      source: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-rollback.html",
    },
  } satisfies Procedures;
}

/** A rollout of the launch template's version before the newest. */
function toVersionBefore(of: string, template: string): string {
  const before = "'reverse(sort_by(LaunchTemplateVersions,&VersionNumber))[1].VersionNumber'";
  const wanted = `'{"LaunchTemplate":{"LaunchTemplateName":"${template}","Version":"'"$version"'"}}'`;
  return [
    `version=$(aws ec2 describe-launch-template-versions --launch-template-name ${template} --query ${before} --output text)`,
    `aws autoscaling start-instance-refresh ${of} --preferences '{"SkipMatching":true}' --desired-configuration ${wanted}`,
  ].join("\n");
}
