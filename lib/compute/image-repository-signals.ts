import { EventMeasure, Signals } from "../core/signal";
import { backfill, newest, newestDigest } from "./image-commands";

const EVENTS = "https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html";
const TRAIL = "https://docs.aws.amazon.com/AmazonECR/latest/userguide/logging-using-cloudtrail.html";
const TOLD = "EventBridge hears it from CloudTrail: the account needs a trail of management events.";
const MISSED = "ECR sends its events on a best-effort basis: one may never come.";

/** What the signals of a repository are found by. */
export interface WatchedRepository {
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  /** @default - its images stay in their region */
  readonly replica?: { readonly region: string; readonly uri: string };
}

type Replica = NonNullable<WatchedRepository["replica"]>;

function called(eventName: string, name: string): EventMeasure {
  const by = {
    eventSource: ["ecr.amazonaws.com"],
    eventName: [eventName],
    requestParameters: { repositoryName: [name] },
  };
  return { event: { source: ["aws.ecr"], detailType: ["AWS API Call via CloudTrail"], detail: by } };
}

function whoCalled(region: string, eventName: string): string {
  return `Who was it? aws cloudtrail lookup-events --region ${region} --lookup-attributes AttributeKey=EventName,AttributeValue=${eventName} --max-results 5 --query 'Events[].[EventTime,Username,Resources[0].ResourceName]' --output text.`;
}

const STRANGER = "Nobody you know: somebody may have got in; say so at once, before anything else is changed.";

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
      measure: called("DeleteRepository", name),
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
      measure: called("BatchDeleteImage", name),
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
    ...(replica && { replicationFailed: replicationFailed(watched, replica) }),
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
