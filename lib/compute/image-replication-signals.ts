import { Procedures } from "../core/procedure";
import { Signals } from "../core/signal";
import { backfill } from "./image-commands";
import { TOLD, TRAIL } from "./image-events";

/** Where a registry stands, and where it replicates to. */
interface ReplicatedRegistry {
  readonly account: string;
  readonly region: string;
  readonly to: readonly string[];
}

/** What is worth knowing about the replication of a registry: that somebody has overwritten it. */
export function replicationSignals({ region }: ReplicatedRegistry) {
  return {
    rewritten: {
      kind: "errors",
      means: "the list of what the registry replicates was written anew: what it names no longer stays in its region",
      measure: {
        event: {
          source: ["aws.ecr"],
          detailType: ["AWS API Call via CloudTrail"],
          detail: { eventSource: ["ecr.amazonaws.com"], eventName: ["PutReplicationConfiguration"] },
        },
      },
      bad: "above",
      urgency: "ticket",
      firstSteps: [
        `Who was it? aws cloudtrail lookup-events --region ${region} --lookup-attributes AttributeKey=EventName,AttributeValue=PutReplicationConfiguration --max-results 5 --query 'Events[].[EventTime,Username]' --output text.`,
        "The role that applies this stack: it was a deployment of yours, and all is well.",
        `Somebody else: what is replicated now? aws ecr describe-registry --region ${region} --query 'replicationConfiguration.rules[].[destinations[].region,repositoryFilters[].filter]' --output json.`,
        "Repositories of yours are not in it: their new images do not reach the other region.",
      ],
      mitigate: [
        "Apply the stack again: it writes its own list over the other one. What the other one asked for is put in `also`.",
        "Then send what was pushed meanwhile, by the procedure `backfill`.",
      ],
      rationale: TOLD,
      source: TRAIL,
    },
  } satisfies Signals;
}

/** What people do with the replication of a registry now and then. */
export function replicationProcedures({ account, region, to }: ReplicatedRegistry) {
  return {
    backfill: {
      title: "Send what was pushed before",
      why: "After the first apply, and after a time in which nothing was replicated: a rule is for what is pushed from then on. It takes a recent AWS CLI.",
      steps: [
        ...to.flatMap((other) => [
          {
            do: `Start it for ${other}; it takes all that the rules select. Its id is kept for the next command.`,
            sh: `BACKFILL=$(${backfill(account, region, other)} --query replicationBackfillId --output text)`,
          },
          {
            do: `COMPLETE: ${other} has all of it. IN_PROGRESS: ask again. FAILED: each result tells its code.`,
            sh: `aws ecr describe-replication-backfill-results --region ${region} --replication-backfill-id "$BACKFILL" --output json`,
          },
        ]),
      ],
      source: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication-backfill.html",
    },
  } satisfies Procedures;
}
