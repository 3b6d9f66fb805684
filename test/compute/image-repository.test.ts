import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { EcrRepositoryPolicy } from "@cdktf/provider-aws/lib/ecr-repository-policy";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { App, TerraformStack } from "cdktf";
import { Alarms } from "../../lib/alerting";
import { ImageReplication, ImageRepository, ImageRepositoryProps } from "../../lib/compute";
import { DEVELOPMENT, Posture, Signal, setPlace } from "../../lib/core";
import { Config, inFolder, synth } from "../synth";

const THERE = "eu-central-1";
const LAMBDA = "arn:aws:lambda:eu-west-1:222222222222:function:orders";
const FAR_LAMBDA = LAMBDA.replace("eu-west-1", THERE);

function repository(props: ImageRepositoryProps = {}, posture: Partial<Posture> = {}) {
  let made!: ImageRepository;
  const stack = synth((scope) => (made = new ImageRepository(scope, "images", props)), { posture });
  return { stack, made };
}

const images = (props: ImageRepositoryProps = {}, posture: Partial<Posture> = {}) =>
  repository(props, posture).stack.at(EcrRepository, "images/Resource");

/** What a lifecycle policy does, rule by rule in its order. */
function rules(props: ImageRepositoryProps, at = "images/lifecycle") {
  const { rules: all } = JSON.parse(repository(props).stack.at(EcrLifecyclePolicy, at).policy) as Config;
  return (all as Config[]).map(({ rulePriority, selection, action }) => {
    expect(action).toEqual({ type: "expire" });
    return [rulePriority, selection.tagPatternList ?? selection.tagStatus, selection.countNumber];
  });
}

/** What a repository policy says, by the name of the statement. */
function statements(props: ImageRepositoryProps, posture: Partial<Posture> = {}, at = "images/policy") {
  const { policy } = repository(props, posture).stack.at(EcrRepositoryPolicy, at);
  return Object.fromEntries((JSON.parse(policy).Statement as Config[]).map(({ Sid, ...rest }) => [Sid, rest]));
}

test("a tag names one image for good, which is scanned when it is pushed, under a key of its own", () => {
  expect(images()).toMatchObject({
    name: "test-images",
    image_tag_mutability: "IMMUTABLE",
    image_scanning_configuration: { scan_on_push: true },
    encryption_configuration: [
      { encryption_type: "KMS", kms_key: expect.stringMatching(/^\$\{aws_kms_key\.images_key_\w+\.arn\}$/) },
    ],
  });
  expect(images()).not.toHaveProperty("image_tag_mutability_exclusion_filter");
});

test("production deletes neither the repository nor an image, and nobody takes that away first", () => {
  expect(images()).toMatchObject({ force_delete: false, lifecycle: { prevent_destroy: true } });
  expect(statements({})).toEqual({
    NothingIsDeleted: {
      Effect: "Deny",
      Principal: "*",
      Action: ["ecr:DeleteRepository", "ecr:DeleteRepositoryPolicy", "ecr:BatchDeleteImage"],
    },
  });
});

test("a named role may delete images, and nothing else", () => {
  const role = "arn:aws:iam::111122223333:role/cleaner";
  expect(statements({ mayErase: [role] })).toMatchObject({
    NothingIsDeleted: { Action: ["ecr:DeleteRepository", "ecr:DeleteRepositoryPolicy"] },
    ImagesStay: { Action: "ecr:BatchDeleteImage", Condition: { ArnNotLike: { "aws:PrincipalArn": [role] } } },
  });
});

test("development can be thrown away with its images, and where nobody else is named there is no policy", () => {
  const { stack } = repository({}, DEVELOPMENT);
  expect(stack.at(EcrRepository, "images/Resource")).toMatchObject({
    force_delete: true,
    lifecycle: { prevent_destroy: false },
  });
  expect(stack.all(EcrRepositoryPolicy)).toEqual({});
});

test("some tags may move, and only those", () => {
  expect(images({ mutableTags: ["latest", "dev-*"] })).toMatchObject({
    image_tag_mutability: "IMMUTABLE_WITH_EXCLUSION",
    image_tag_mutability_exclusion_filter: [
      { filter: "latest", filter_type: "WILDCARD" },
      { filter: "dev-*", filter_type: "WILDCARD" },
    ],
  });
});

test("what has a tag stays by default; what has none goes after a month", () => {
  expect(rules({})).toEqual([[1, "untagged", 30]]);
  expect(rules({ untaggedDays: 7 })).toEqual([[1, "untagged", 7]]);
});

test("an image with two tags stays for the more generous rule, however they are written", () => {
  const expected = [
    [1, "untagged", 30],
    [2, ["v*"], 100],
    [3, ["main-*"], 20],
    [4, ["pr-*"], 20],
    [5, ["*"], 10],
  ];
  expect(rules({ keep: { "*": 10, "pr-*": 20, "v*": 100, "main-*": 20 } })).toEqual(expected);
  expect(rules({ keep: { "main-*": 20, "v*": 100, "pr-*": 20, "*": 10 } })).toEqual(expected);
});

test("each rule selects by one tag: of several ECR would ask for all at once", () => {
  const all = rules({ keep: { "v*": 100, "pr-*": 10 } }).slice(1);
  expect(all.map(([, patterns]) => patterns)).toEqual([["v*"], ["pr-*"]]);
});

test("others pull and push by their account or their role, and may do no more", () => {
  const said = statements({
    pulledBy: ["222222222222", "arn:aws:iam::333333333333:role/standby"],
    pushedBy: ["arn:aws:iam::444444444444:role/pipeline"],
  });
  expect(said.Pull).toEqual({
    Effect: "Allow",
    Principal: { AWS: ["arn:aws:iam::222222222222:root", "arn:aws:iam::333333333333:role/standby"] },
    Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
  });
  expect(said.Push.Principal).toEqual({ AWS: ["arn:aws:iam::444444444444:role/pipeline"] });
  expect(said.Push.Action).toContain("ecr:PutImage");
  expect(JSON.stringify([said.Pull, said.Push])).not.toMatch(/Delete|\*/);
});

test("a function pulls where it stands, and only that function", () => {
  const props = { pulledByFunctions: [LAMBDA, FAR_LAMBDA], replicateTo: THERE };
  const of = (at: string) => statements(props, {}, at).PullByFunctions;
  expect(of("images/policy")).toMatchObject({
    Principal: { Service: ["lambda.amazonaws.com"] },
    Condition: { StringLike: { "aws:SourceArn": [LAMBDA] } },
  });
  expect(of("images/replica-policy").Condition).toEqual({ StringLike: { "aws:SourceArn": [FAR_LAMBDA] } });
  expect(
    statements({ replicateTo: THERE, pulledByFunctions: [LAMBDA] }, {}, "images/replica-policy"),
  ).not.toHaveProperty("PullByFunctions");
});

test("the replica has the name of the original, a key of its region, and its own policy and rules", () => {
  const props = { replicateTo: THERE, pulledBy: ["222222222222"], keep: { "v*": 100 }, mutableTags: ["latest"] };
  const { stack } = repository(props);
  const [own, replica] = ["images/Resource", "images/replica"].map((at) => stack.at(EcrRepository, at));
  expect(replica).toMatchObject({
    name: own.name,
    region: THERE,
    image_tag_mutability: own.image_tag_mutability,
    image_scanning_configuration: own.image_scanning_configuration,
    force_delete: false,
    lifecycle: { prevent_destroy: true },
  });
  expect(replica.encryption_configuration[0].kms_key).toMatch(/^\$\{aws_kms_key\.images_replica-key_\w+\.arn\}$/);
  expect(stack.at(KmsKey, "images/replica-key/Resource").region).toBe(THERE);
  expect(rules(props, "images/replica-lifecycle")).toEqual(rules(props));
  expect(statements(props, {}, "images/replica-policy")).toEqual(statements(props));
  for (const [type, at] of [
    [EcrLifecyclePolicy, "images/replica-lifecycle"],
    [EcrRepositoryPolicy, "images/replica-policy"],
  ] as const) {
    expect(stack.at(type, at).region).toBe(THERE);
  }
});

test("a key of somebody else is taken; keys of S3 take a sentence, which the manifest lists", () => {
  const key = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
  expect(images({ key }).encryption_configuration).toEqual([{ encryption_type: "KMS", kms_key: key }]);
  const { stack } = repository({ key: { waived: "the images are public" }, replicateTo: THERE });
  expect(Object.values(stack.all(EcrRepository)).map((each: Config) => each.encryption_configuration)).toEqual([
    [{ encryption_type: "AES256" }],
    [{ encryption_type: "AES256" }],
  ]);
  expect(stack.all(KmsKey)).toEqual({});
  expect(stack.manifest.waivers).toContainEqual({
    path: "test/images",
    safeguard: "key of its own",
    waived: "the images are public",
  });
});

test("what an image is called is known at synthesis, in both regions and in no other", () => {
  const { made } = repository({ name: "shop/orders", replicateTo: THERE });
  expect(made.uri).toBe("111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/orders");
  expect(made.uriIn(THERE)).toBe("111122223333.dkr.ecr.eu-central-1.amazonaws.com/shop/orders");
  expect(() => made.uriIn("us-east-1")).toThrow(
    `test/images: 'region' must be one of eu-west-1, eu-central-1, got "us-east-1"; make the repository with replicateTo: "us-east-1"`,
  );
});

test("in China the registry has another domain", () => {
  let uri = "";
  synth((scope) => (uri = new ImageRepository(scope, "images").uri), { region: "cn-north-1" });
  expect(uri).toBe("111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/test-images");
});

test("a deleted repository is a page, the rest are tickets; a failed replication is told of where it is missed", () => {
  const told = ({ made }: ReturnType<typeof repository>) =>
    Object.entries(made.signals as Record<string, Signal>).map(([name, { urgency, region }]) => [
      name,
      urgency,
      region,
    ]);
  const own = [
    ["deleted", "page", undefined],
    ["imagesDeleted", "ticket", undefined],
    ["findings", "ticket", undefined],
  ];
  expect(told(repository())).toEqual(own);
  expect(told(repository({ replicateTo: THERE }))).toEqual([
    ...own,
    ["replicationFailed", "ticket", THERE],
    ["replicaDeleted", "ticket", THERE],
  ]);
});

/** Samples of what ECR and Inspector send, as they are documented, with the names of this repository. */
const ARN = "arn:aws:ecr:eu-west-1:111122223333:repository/test-images";
const EVENTS = {
  basicScan: {
    "detail-type": "ECR Image Scan",
    source: "aws.ecr",
    detail: {
      "scan-status": "COMPLETE",
      "repository-name": "test-images",
      "finding-severity-counts": { CRITICAL: 10, MEDIUM: 9 },
    },
  },
  enhancedScan: {
    "detail-type": "Inspector2 Scan",
    source: "aws.inspector2",
    detail: {
      "scan-status": "INITIAL_SCAN_COMPLETE",
      "repository-name": ARN,
      "finding-severity-counts": { CRITICAL: 0, HIGH: 1, MEDIUM: 6, TOTAL: 10 },
    },
  },
  harmlessScan: {
    "detail-type": "ECR Image Scan",
    source: "aws.ecr",
    detail: { "repository-name": "test-images", "finding-severity-counts": { MEDIUM: 9 } },
  },
  foreignScan: {
    "detail-type": "ECR Image Scan",
    source: "aws.ecr",
    detail: { "repository-name": "test-images-2", "finding-severity-counts": { CRITICAL: 1 } },
  },
  failedReplication: {
    "detail-type": "ECR Replication Action",
    source: "aws.ecr",
    detail: {
      result: "FAILED",
      "repository-name": "test-images",
      "source-account": "111122223333",
      "action-type": "REPLICATE",
      "source-region": "eu-west-1",
      "image-tag": "v1",
    },
  },
  replication: {
    "detail-type": "ECR Replication Action",
    source: "aws.ecr",
    detail: { result: "SUCCESS", "repository-name": "test-images", "source-region": "eu-west-1" },
  },
  deletion: {
    "detail-type": "AWS API Call via CloudTrail",
    source: "aws.ecr",
    detail: {
      eventSource: "ecr.amazonaws.com",
      eventName: "BatchDeleteImage",
      requestParameters: { registryId: "111122223333", repositoryName: "test-images" },
    },
  },
};

/** Whether EventBridge would match, by what of its patterns is used here. */
function matches(pattern: unknown, event: unknown): boolean {
  if (Array.isArray(pattern)) {
    return pattern.some((each) => {
      const numeric = (each as Config).numeric as [string, number] | undefined;
      return numeric ? typeof event === "number" && numeric[0] === ">" && event > numeric[1] : each === event;
    });
  }
  return Object.entries(pattern as Config).every(([name, value]) =>
    name === "$or"
      ? (value as unknown[]).some((each) => matches(each, event))
      : matches(value, (event as Config | undefined)?.[name]),
  );
}

test("each signal hears what is documented of this repository, and nothing else", () => {
  const stack = synth((scope) => {
    const topics = (region: string) => {
      const topic = `arn:aws:sns:${region}:111122223333`;
      return { page: `${topic}:page`, ticket: `${topic}:ticket` };
    };
    const alarms = new Alarms(scope, "alarms", { notify: topics("eu-west-1"), elsewhere: { [THERE]: topics(THERE) } });
    alarms.watch(new ImageRepository(scope, "images", { replicateTo: THERE }));
  });
  const patterns = Object.entries(stack.json.resource.aws_cloudwatch_event_rule as Record<string, Config>).map(
    ([name, { event_pattern, region }]) => {
      const told = (event_pattern as string).replace(/\$\{aws_ecr_repository\.[\w-]+\.arn\}/, ARN);
      return { name: name.replace(/^images_alarms_(.*)_\w+$/, "$1"), region, pattern: JSON.parse(told) as Config };
    },
  );
  const heard = Object.fromEntries(
    Object.entries(EVENTS).map(([event, sent]) => [
      event,
      patterns.filter(({ pattern }) => matches(pattern, sent)).map(({ name, region }) => [name, region]),
    ]),
  );
  expect(heard).toEqual({
    basicScan: [["findings", undefined]],
    enhancedScan: [["findings", undefined]],
    harmlessScan: [],
    foreignScan: [],
    failedReplication: [["replication-failed", THERE]],
    replication: [],
    // A rule hears its own region alone.
    deletion: [
      ["images-deleted", undefined],
      ["replica-deleted", THERE],
    ],
  });
});

test("a lost zone heals by itself, a bad image gives way to the one before, a lost region needs a replica", () => {
  const { recovers } = repository().made;
  expect(recovers.zone).toMatchObject([{ selfHealing: true, rpo: { value: "0 seconds" } }]);
  expect(recovers.corruption).toMatchObject([{ mechanism: "the image before" }]);
  expect(recovers.region).toBeUndefined();
  expect(repository({ replicateTo: THERE }).made.recovers.region).toMatchObject([
    { mechanism: "replicated images", rpo: { value: "30 minutes", basis: "vendor-typical" }, selfHealing: false },
  ]);
});

test("what people do is commands with the name of this repository, and no expression of Terraform", () => {
  const { stack } = repository({ replicateTo: THERE });
  const [{ recovers, procedures }] = stack.manifest.constructs.filter(({ path }) => path === "test/images");
  const told = JSON.stringify([recovers, procedures]);
  expect(told).toContain("describe-image-replication-status --region eu-west-1 --repository-name test-images");
  expect(told).toContain("start-lifecycle-policy-preview --region eu-west-1 --repository-name test-images");
  expect(told).not.toContain("${");
});

test.each<[string, ImageRepositoryProps, string]>([
  ["a name in capitals", { name: "Orders" }, "'name' must be lower case letters and digits"],
  ["a name of one letter", { name: "o" }, "'name' must be lower case"],
  ["two separators in a row", { name: "orders..web" }, "'name' must be lower case"],
  ["a replica beside it", { replicateTo: "eu-west-1" }, "'replicateTo' must be another region than eu-west-1"],
  ["a region that is none", { replicateTo: "Frankfurt" }, "'replicateTo' must be a region such as eu-central-1"],
  ["an alias for a key", { key: "alias/orders" }, "'key' must be the ARN of a KMS key"],
  [
    "a key of another region",
    { key: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab" },
    "'key' must be a key of eu-west-1",
  ],
  ["no key and no reason", { key: { waived: " " } }, "'waived' must say why"],
  ["a sixth tag that moves", { mutableTags: ["a", "b", "c", "d", "e", "f"] }, "'mutableTags' must be at most 5, got 6"],
  ["three wildcards", { mutableTags: ["a*b*c*"] }, "'mutableTags' must be a tag with at most two *"],
  ["a tag with a space", { mutableTags: ["dev 1"] }, "'mutableTags' must be a tag"],
  ["a tag that is named twice", { mutableTags: ["dev", "dev"] }, "'mutableTags' must name each once"],
  ["tags that all move", { mutableTags: ["*"] }, "'mutableTags' must leave some tags that do not move"],
  [
    "images that go while they may run",
    { mutableTags: ["latest"], untaggedDays: 7 },
    "'untaggedDays' must be between 30 and 3650, got 7; what a moved tag leaves may still run",
  ],
  ["no day", { untaggedDays: 0 }, "'untaggedDays' must be between 1 and 3650, got 0"],
  [
    "too few to go back",
    { keep: { "v*": 2 } },
    "'keep.v*' must be between 3 and 100000, got 2; what is rolled out, what runs and what a rollback starts",
  ],
  ["half an image", { keep: { "v*": 3.5 } }, "'keep.v*' must be a whole number"],
  ["a tag that is none", { keep: { "v 1": 10 } }, "'keep' must be a tag with at most four *"],
  ["five wildcards", { keep: { "a*b*c*d*e*": 10 } }, "'keep' must be a tag with at most four *"],
  [
    "a rule that never selects anything",
    { keep: { "v*": 100, "v1.*": 10 } },
    "'keep.v1.*' must be more than the 100 of v*, which takes the same images first, got 10",
  ],
  ["two rules alike", { keep: { "v*": 10, "v1*": 10 } }, "'keep.v1*' must be more than the 10 of v*"],
  [
    "more rules than a policy has",
    { keep: Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`a${index}-*`, 10])) },
    "'keep' must be at most 49 tags: a policy has 50 rules, got 50",
  ],
  ["everybody", { pulledBy: ["*"] }, "'pulledBy' must be an account by its 12 digits, a role or a user"],
  ["half an account", { pushedBy: ["1234"] }, "'pushedBy' must be an account by its 12 digits"],
  ["an account that is named twice", { pulledBy: ["222222222222", "222222222222"] }, "'pulledBy' must name each once"],
  ["a function by its name", { pulledByFunctions: ["orders"] }, "'pulledByFunctions' must be the ARN of a function"],
  [
    "a function of another region",
    { pulledByFunctions: [FAR_LAMBDA] },
    "'pulledByFunctions' must stand in eu-west-1, got",
  ],
  ["who is no role", { mayErase: ["222222222222"] }, "'mayErase' must be the ARN of a role"],
])("fails on %s, naming path, prop and value", (_, props, message) => {
  expect(() => repository(props)).toThrow(message);
  expect(() => repository(props)).toThrow(/^test\/images: /);
});

test("a rule for tags that others do not have is no less for having fewer", () => {
  expect(() => repository({ keep: { "v*": 100, "*-rc": 10, "v.": 200 } })).not.toThrow();
});

test("fails where two make the same repository in a region: a replica has the name of its original", () => {
  const both = (...of: [region: string, props: ImageRepositoryProps][]) =>
    inFolder((outdir) => {
      const app = new App({ outdir });
      for (const [index, [region, props]] of of.entries()) {
        const stack = new TerraformStack(app, `orders-${index}`);
        setPlace(stack, { account: "111122223333", region });
        new ImageRepository(stack, "images", { name: "orders", ...props });
      }
    });
  expect(() => both(["eu-west-1", { replicateTo: THERE }], [THERE, {}])).toThrow(
    `orders-1/images: 'name' must be made once in 111122223333/eu-central-1, as orders-0/images does, got "orders"; one with replicateTo serves both regions: name its images by uriIn(region)`,
  );
  expect(() => both(["eu-west-1", {}], ["eu-west-1", {}])).toThrow("must be made once in 111122223333/eu-west-1");
  expect(() => both(["eu-west-1", {}], [THERE, {}])).not.toThrow();
  expect(() => both(["eu-west-1", {}], ["eu-west-1", { name: "bills" }])).not.toThrow();
});

/** The verdict on whether anything fills the replica. */
const filled = (by: (images: ImageRepository) => void) => {
  const stack = synth(
    (scope) => {
      const made = new ImageRepository(scope, "images", { replicateTo: THERE });
      by(made);
    },
    { posture: { enforce: "warn" } },
  );
  const [verdict] = stack.manifest.verdicts.filter(({ safeguard }) => safeguard === "image-replication");
  return verdict;
};

test("a replica that nothing fills is a broken promise, unless the registry replicates it or somebody says why", () => {
  const alone = filled(() => undefined);
  expect(alone.outcome).toBe("warned");
  expect(alone.message).toContain(
    "test/images: 'replicateTo' must be replicated by the registry 111122223333/eu-west-1: nothing else sends images there, got \"no replication\"; add it to new ImageReplication(…, { of: [it] })",
  );
  const replicated = filled((images) => {
    new ImageReplication(images.node.scope!, "replication", { of: [images] });
  });
  expect(replicated).toMatchObject({
    outcome: "kept",
    message: "the registry replicates test-images to eu-central-1",
  });
  const others = filled((images) => {
    const scope = images.node.scope!;
    new ImageReplication(scope, "replication", { of: [], also: { [THERE]: ["legacy/"] } });
  });
  expect(others.outcome).toBe("warned");
  expect(others.message).toContain('got "test/replication"');
});
