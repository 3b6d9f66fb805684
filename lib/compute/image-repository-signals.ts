import { Signals } from "../core/signal";
import { newest, newestDigest } from "./image-commands";
import { EVENTS, MISSED, STRANGER, TOLD, TRAIL, called, whoCalled } from "./image-events";
import { replicaSignals } from "./image-replica-signals";

/** What the signals of a repository are found by. */
export interface WatchedRepository {
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  /** @default - its images stay in their region */
  readonly replica?: { readonly region: string; readonly uri: string };
}

/** What keeps a service going whose images are gone. */
function withoutImages({ name, replica }: WatchedRepository): string[] {
  return [
    "What runs goes on: do not restart it, scale it in or deploy until the images are there again.",
    ...(replica
      ? [
          `It must start now: let it pull from ${replica.uri}; what was replicated is there. Only its newest images: ${newest(name, replica.region, "imagePushedAt,imageTags[0],imageDigest")}.`,
        ]
      : []),
  ];
}

/** What is worth knowing about a repository of images. That it is deleted is a page: nothing that starts finds its image. */
export function repositorySignals(watched: WatchedRepository) {
  const { name, arn, region, replica } = watched;
  const at = `--region ${region} --repository-name ${name}`;
  return {
    deleted: {
      kind: "errors",
      means: "somebody deleted the repository, or tried to: what starts from now on finds no image",
      measure: called(name, "DeleteRepository"),
      bad: "above",
      urgency: "page",
      firstSteps: [
        `Is it there? aws ecr describe-repositories --region ${region} --repository-names ${name} --query 'repositories[].[createdAt,repositoryUri]' --output text.`,
        "It is, and made long ago: it was refused. Made just now: its images are gone. Not found: it is gone with them.",
        whoCalled(region, "DeleteRepository"),
        STRANGER,
      ],
      mitigate: [
        ...withoutImages(watched),
        "Apply the stack again; then let the pipeline push the release that runs, and the one before it.",
      ],
      rationale: TOLD,
      source: TRAIL,
    },
    imagesDeleted: {
      kind: "errors",
      means: "somebody deleted images or took tags off, or tried to: what runs may not start again",
      measure: called(name, "BatchDeleteImage"),
      bad: "above",
      urgency: "ticket",
      firstSteps: [
        `What is there still? ${newest(name, region, "imagePushedAt,imageTags[0],imageDigest")}.`,
        "What you have deployed is in the list: nobody is hurt. It is not: it cannot start again.",
        whoCalled(region, "BatchDeleteImage"),
        STRANGER,
      ],
      mitigate: [...withoutImages(watched), "Let the pipeline push the release that runs once more, by the same tag."],
      rationale: `${TOLD} What the lifecycle policy clears up is none of these.`,
      source: TRAIL,
    },
    findings: {
      kind: "errors",
      means: "an image was scanned, and holds a critical or high vulnerability",
      // Basic scanning names the repository, enhanced scanning its ARN.
      measure: {
        event: {
          source: ["aws.ecr", "aws.inspector2"],
          detailType: ["ECR Image Scan", "Inspector2 Scan"],
          detail: {
            "repository-name": [name, arn],
            "finding-severity-counts": {
              $or: [{ CRITICAL: [{ numeric: [">", 0] }] }, { HIGH: [{ numeric: [">", 0] }] }],
            },
          },
        },
      },
      bad: "above",
      urgency: "ticket",
      firstSteps: [
        `Which of the newest images has how many? ${newest(name, region, "imagePushedAt,imageTags[0],imageScanFindingsSummary.findingSeverityCounts.CRITICAL,imageScanFindingsSummary.findingSeverityCounts.HIGH", 5)}.`,
        `What are they, in the newest? aws ecr describe-image-scan-findings ${at} --image-id imageDigest=${newestDigest(name, region)} --query "imageScanFindings.[findings,enhancedFindings][] | [?severity=='CRITICAL' || severity=='HIGH'].[severity,name || title]" --output text.`,
        "It is not deployed: it must not be. It is: can it be reached from outside by what is named there?",
      ],
      mitigate: [
        "Do not deploy it: what runs is the image before.",
        "It is deployed, and a newer base image is out: build it again on that, and deploy it.",
      ],
      rationale: `${MISSED} A pipeline asks for the findings of what it deploys.`,
      source: EVENTS,
    },
    ...(replica && replicaSignals(watched, replica)),
  } satisfies Signals;
}
