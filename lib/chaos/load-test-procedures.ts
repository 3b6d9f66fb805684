import { Procedures } from "../core/procedure";

/** What people type to run a load test. */
export interface Runnable {
  readonly region: string;
  readonly stateMachineArn: string;
  readonly cluster: string;
  readonly bucket: string;
  readonly logGroup: string;
  readonly minutes: number;
}

/** What people do with a load test: start it, look on, end it, and read what came of it. */
export function loadTestProcedures(of: Runnable) {
  const { region, stateMachineArn, cluster, bucket, logGroup, minutes } = of;
  const tasks = `aws ecs list-tasks --region ${region} --cluster ${cluster} --query "taskArns[]" --output text`;
  return {
    testThePeak: {
      title: "Test the stated peak",
      why: "What is said of a peak is an opinion until it was there. Do it before what is expected to be one, and after what changes how much an instance carries; and let an experiment run meanwhile, since a recovery that holds without load is not the one that is claimed.",
      steps: [
        {
          do: `Say in the channel of the service when it begins, and that it takes about ${minutes} minutes. Tell whoever is on call: pages are real. One person only watches users, and may say stop.`,
        },
        {
          do: "Start it. It fails at once where one of its alarms is on, or is not there.",
          sh: `test=$(aws stepfunctions start-execution --region ${region} --state-machine-arn ${stateMachineArn} --query executionArn --output text)`,
        },
        {
          do: "Look on. `RUNNING` until it has ended; then `SUCCEEDED`, or what was missed.",
          sh: `aws stepfunctions describe-execution --region ${region} --execution-arn "$test" --query "[status,error,cause]" --output text`,
        },
        {
          do: "When the rate is at its peak, start an experiment by its script in game-days.md, where there is one. Without one, the test says how much is carried, and not what is survived.",
        },
        {
          do: "Stop it, when whoever watches users says so: end the task. To stop the execution alone leaves the load running, and nobody who looks at the alarms.",
          sh: `${tasks} | xargs -n 1 aws ecs stop-task --region ${region} --cluster ${cluster} --reason "stopped by hand" --query task.desiredStatus --task`,
        },
        {
          do: "Read what was measured. Results of a test that was stopped are in the log alone.",
          sh: [
            `aws s3 cp --region ${region} "s3://${bucket}/$(aws s3 ls --region ${region} s3://${bucket}/ | tail -n 1 | awk '{ print $4 }')" -`,
            `aws logs tail ${logGroup} --region ${region} --since 1h`,
          ].join("\n"),
        },
        {
          do: "Where it held, write the rate, the day and the execution beside the stated peak. Where it did not, what filled up first decides: more instances, a larger database, or a lower peak that is said aloud.",
        },
      ],
      source: "https://grafana.com/docs/k6/latest/testing-guides/",
    },
  } satisfies Procedures;
}
