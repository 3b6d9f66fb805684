import { Sla } from "../core/declarations";
import { Procedures } from "../core/procedure";
import { Recoveries, Recovery } from "../core/recovery";
import { ASYNCHRONOUS, storedAcrossZones } from "../core/stored";
import { newest } from "./image-commands";
import { WatchedRepository } from "./image-repository-signals";

const REPLICATION = "https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html";
const TAGS = "https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html";
/** ECR keeps images in S3. */
const STORED = storedAcrossZones("https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html");

/** How images come back: a lost zone heals, a lost region needs the replica, a bad image the one before it. */
export function repositoryRecovers(of: WatchedRepository): Recoveries {
  return {
    instance: [STORED],
    zone: [STORED],
    ...(of.replica && { region: [replica(of.name, of.replica)] }),
    corruption: [imageBefore(of)],
  };
}

/** It is pulled from all the time: what it takes is to start tasks there, which is counted once a service. */
function replica(name: string, { region, uri }: NonNullable<WatchedRepository["replica"]>): Recovery {
  return {
    mechanism: "replicated images",
    rpo: {
      value: "30 minutes",
      basis: "vendor-typical",
      source: `${REPLICATION} (the majority of images, in rare cases longer; from when the registry replicates)`,
      asOf: "2026-11-01",
    },
    rto: { value: "0 seconds", basis: "configured", source: `${region} pulls its own images all the time` },
    selfHealing: false,
    floor: { rpo: ASYNCHRONOUS },
    steps: [
      `Let what starts in ${region} pull from ${uri}: its tags are the same. The newest images there: \`${newest(name, region, "imagePushedAt,imageTags[0],imageDigest")}\`.`,
      "The release that ran last is not among them: start the one before it, or let the pipeline push it there.",
      "Before the way back: what was pushed there is not replicated to the first region; push it there as well.",
    ],
  };
}

function imageBefore({ name, region }: WatchedRepository): Recovery {
  return {
    mechanism: "the image before",
    rpo: { value: "0 seconds", basis: "configured", source: `${TAGS} (a tag names one image for good)` },
    rto: { value: "10 minutes", basis: "assumed", source: "one deployment of what was there; a game day measures it" },
    selfHealing: false,
    steps: [
      `Which image came before the bad one? \`${newest(name, region, "imagePushedAt,imageTags[0],imageDigest")}\`.`,
      "Deploy it by its tag. The bad one keeps its own tag: push what mends it by another.",
    ],
  };
}

/** What people do with images now and then. */
export function repositoryProcedures({ name, region, replica: there }: WatchedRepository) {
  return {
    ...(there && {
      confirmReplica: {
        title: "See that the other region has an image",
        why: "Before it is deployed there: it is replicated after it is pushed, and nobody promises how soon. A pipeline does the same.",
        steps: [
          { do: "Paste the tag of the image after this:", sh: "until read -r TAG; do :; done" },
          {
            do: "COMPLETE: deploy it. IN_PROGRESS: ask again. FAILED: the code says why; the signal `replicationFailed` says what to do. Nothing at all: it was pushed before the registry was replicated.",
            sh: `aws ecr describe-image-replication-status --region ${region} --repository-name ${name} --image-id imageTag="$TAG" --query "replicationStatuses[?region=='${there.region}'].[status,failureCode]" --output text`,
          },
        ],
        source: REPLICATION,
      },
    }),
    previewLifecycle: {
      title: "See what the lifecycle policy would clear up",
      why: "Before `keep` is lowered, or its tags are changed: what is cleared up is gone, and ECR does not know what runs.",
      steps: [
        {
          do: "Start the preview of the policy that is there. To try another one, add it by `--lifecycle-policy-text`.",
          sh: `aws ecr start-lifecycle-policy-preview --region ${region} --repository-name ${name}`,
        },
        {
          do: "What would go? What you have deployed must not be among it.",
          sh: `aws ecr get-lifecycle-policy-preview --region ${region} --repository-name ${name} --query 'previewResults[].[imagePushedAt,imageTags[0],appliedRulePriority]' --output text`,
        },
      ],
      source: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/lpp_creation.html",
    },
  } satisfies Procedures;
}

/** What AWS promises of the service. */
export const REPOSITORY_SLA: Sla = {
  value: 99.9,
  basis: "sla",
  condition: "one region",
  source: "https://aws.amazon.com/ecr/sla/",
  asOf: "2026-11-01",
};
