import { Signal } from "../core/signal";
import { DeadLetters } from "../parts/dead-letters";

/** What is worth watching about experiments: nothing, where people start them and look on. */
export type ExperimentsSignals = { readonly [name in "refuted" | "undelivered"]?: Signal };

/** Nobody looks on where an experiment starts by itself: how it ended has to be told. */
export function experimentsSignals(
  scheduled: readonly string[],
  logGroup: string,
  letters?: DeadLetters,
): ExperimentsSignals {
  if (scheduled.length === 0) return {};
  return {
    refuted: {
      kind: "errors",
      means: "an experiment that began by itself was stopped or failed: what is claimed does not hold",
      measure: {
        event: {
          source: ["aws.fis"],
          detailType: ["FIS Experiment State Change"],
          detail: { "experiment-template-id": scheduled, "new-state": { status: ["stopped", "failed"] } },
        },
      },
      bad: "above",
      urgency: "ticket",
      firstSteps: [
        'Which one, and why? aws fis list-experiments --query "sort_by(experiments,&creationTime)[-5:].[id,state.status,state.reason]" --output text.',
        `What was done, step by step? aws logs tail ${logGroup} --since 1d.`,
        "An alarm that was on before, or a target that was not there, says nothing of the claim: mend it, and start again.",
        "Else the service does not come back as it claims: game-days.md has the hypothesis. Until it does, take the objective back.",
      ],
      mitigate: [
        "An experiment that ended has given back what it took, but for what it stopped or terminated: go by the pages of what is on.",
        "Another one runs: end it: aws fis stop-experiment --id $(aws fis list-experiments --query \"experiments[?state.status=='running'].id | [0]\" --output text).",
        "It must not begin again by itself: take its row out of `schedules`, and apply.",
      ],
      source: "https://docs.aws.amazon.com/fis/latest/userguide/monitoring-eventbridge.html",
    },
    ...letters?.health("an experiment did not begin when it was due"),
  };
}
