import { Signals } from "../core/signal";
import { backfill, newest, newestDigest } from "./image-commands";
import { EVENTS, MISSED, STRANGER, TOLD, TRAIL, called, whoCalled } from "./image-events";
import type { WatchedRepository } from "./image-repository-signals";

type Replica = NonNullable<WatchedRepository["replica"]>;

/** What is worth knowing about the replica of a repository. All of it is told in its own region. */
export function replicaSignals(watched: WatchedRepository, replica: Replica) {
  return {
    replicationFailed: replicationFailed(watched, replica),
    replicaDeleted: replicaDeleted(watched, replica),
  } satisfies Signals;
}

/** It is told of in the region that lacks the image. */
function replicationFailed({ name, account, region }: WatchedRepository, there: Replica) {
  return {
    kind: "errors",
    means: "an image did not reach the other region: it cannot start there when this one is lost",
    measure: {
      event: {
        source: ["aws.ecr"],
        detailType: ["ECR Replication Action"],
        detail: { result: ["FAILED"], "repository-name": [name], "source-region": [region] },
      },
    },
    region: there.region,
    bad: "above",
    urgency: "ticket",
    firstSteps: [
      `What is here? ${newest(name, region, "imagePushedAt,imageTags[0],imageDigest", 10)}.`,
      `What is there? ${newest(name, there.region, "imagePushedAt,imageTags[0],imageDigest", 10)}.`,
      `Why did the newest fail? aws ecr describe-image-replication-status --region ${region} --repository-name ${name} --image-id imageDigest=${newestDigest(name, region)} --query 'replicationStatuses[].[region,status,failureCode]' --output text.`,
      `Can the key there be used? aws kms describe-key --region ${there.region} --key-id "$(aws ecr describe-repositories --region ${there.region} --repository-names ${name} --query 'repositories[0].encryptionConfiguration.kmsKey' --output text)" --query KeyMetadata.KeyState --output text.`,
      "Enabled: yes. Anything else: no image can be written there, nor pulled.",
    ],
    mitigate: [
      `Mend the cause, then replicate again what is not there: ${backfill(account, region, there.region)}.`,
      `Until then deploy nothing to ${there.region} that it does not have.`,
    ],
    rationale: `${MISSED} A pipeline asks before it deploys there: the procedure \`confirmReplica\`.`,
    source: EVENTS,
  } as const;
}

/** What is deleted there is missed by nobody until this region is lost. */
function replicaDeleted({ name, account, region }: WatchedRepository, there: Replica) {
  return {
    kind: "errors",
    means:
      "somebody deleted the replica or images in it, or tried to: they cannot start there when this region is lost",
    measure: called(name, "DeleteRepository", "BatchDeleteImage"),
    region: there.region,
    bad: "above",
    urgency: "ticket",
    firstSteps: [
      `What is there still? ${newest(name, there.region, "imagePushedAt,imageTags[0],imageDigest")}.`,
      "What you have deployed is in the list: nothing is missing. Not found: the repository is gone.",
      whoCalled(there.region, "DeleteRepository"),
      whoCalled(there.region, "BatchDeleteImage"),
      STRANGER,
    ],
    mitigate: [
      `It is gone: apply the stack again. Then replicate again what is not there: ${backfill(account, region, there.region)}.`,
    ],
    rationale: TOLD,
    source: TRAIL,
  } as const;
}
