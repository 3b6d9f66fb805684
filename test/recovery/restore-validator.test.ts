import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import measuredSchema from "../../lib/review/measured.schema.json";
import { RESTORED } from "../../lib/recovery/restore-types";
import { Config } from "../synth";
import { ROOT, load } from "../tools";

type Call = readonly [service: string, operation: string, input: Config];

const FILE = "lib/recovery/functions/restore-validator.js";
const { run } = load<{ run(event: unknown, aws: unknown): Promise<void> }>(join("..", FILE));

const GIB = 2 ** 30;
const SOURCE = "arn:aws:rds:eu-west-1:111122223333:db:orders";
const DATA = {
  namespace: "Restores",
  metric: "RestoreProven",
  proof: "shop-proof",
  mechanism: "restore of a backup",
  constructs: [{ arn: SOURCE, path: "shop/orders" }],
};
const JOB = {
  RestoreJobId: "job-1",
  ResourceType: "RDS",
  CreatedResourceArn: "arn:aws:rds:eu-west-1:111122223333:db:awsbackup-restore-test-1",
  SourceResourceArn: SOURCE,
  CreationDate: new Date("2026-11-23T08:10:00Z"),
  CompletionDate: new Date("2026-11-23T08:40:00Z"),
  BackupSizeInBytes: 100 * GIB,
};

/** What AWS answers when a restored resource of each type is looked at, in a state. */
const ANSWERS: Readonly<
  Record<string, { arn: string; input: Config; answer: (state: string) => Config; good: string }>
> = {
  RDS: {
    arn: JOB.CreatedResourceArn,
    input: { DBInstanceIdentifier: "awsbackup-restore-test-1" },
    answer: (state) => ({ DBInstances: [{ DBInstanceStatus: state }] }),
    good: "available",
  },
  ...Object.fromEntries(
    ["Aurora", "DocumentDB", "Neptune"].map((type) => [
      type,
      {
        arn: "arn:aws:rds:eu-west-1:111122223333:cluster:awsbackup-restore-test-2",
        input: { DBClusterIdentifier: "awsbackup-restore-test-2" },
        answer: (state: string) => ({ DBClusters: [{ Status: state }] }),
        good: "available",
      },
    ]),
  ),
  DynamoDB: {
    arn: "arn:aws:dynamodb:eu-west-1:111122223333:table/awsbackup-restore-test-3",
    input: { TableName: "awsbackup-restore-test-3" },
    answer: (state) => ({ Table: { TableStatus: state } }),
    good: "ACTIVE",
  },
  EBS: {
    arn: "arn:aws:ec2:eu-west-1:111122223333:volume/vol-1",
    input: { VolumeIds: ["vol-1"] },
    answer: (state) => ({ Volumes: [{ State: state }] }),
    good: "available",
  },
  EC2: {
    arn: "arn:aws:ec2:eu-west-1:111122223333:instance/i-1",
    input: { InstanceIds: ["i-1"] },
    answer: (state) => ({ Reservations: [{ Instances: [{ State: { Name: state } }] }] }),
    good: "running",
  },
  EFS: {
    arn: "arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-1",
    input: { FileSystemId: "fs-1" },
    answer: (state) => ({ FileSystems: [{ LifeCycleState: state }] }),
    good: "available",
  },
  FSx: {
    arn: "arn:aws:fsx:eu-west-1:111122223333:file-system/fs-2",
    input: { FileSystemIds: ["fs-2"] },
    answer: (state) => ({ FileSystems: [{ Lifecycle: state }] }),
    good: "AVAILABLE",
  },
  S3: {
    arn: "arn:aws:s3:::awsbackup-restore-test-4",
    input: { Bucket: "awsbackup-restore-test-4" },
    answer: () => ({}),
    good: "there",
  },
};

/** An AWS that has restored something, and says of it what it is told to say. */
class FakeAws {
  readonly calls: Call[] = [];

  constructor(
    private readonly job: Config,
    private readonly look: () => Config,
    private readonly broken?: string,
  ) {}

  readonly call = async (...call: Call): Promise<unknown> => {
    this.calls.push(call);
    const [, operation] = call;
    if (operation === this.broken) throw new Error(`${operation} is throttled`);
    if (operation === "DescribeRestoreJob") return this.job;
    return ["PutMetricData", "PutRestoreValidationResult"].includes(operation) ? {} : this.look();
  };

  input(operation: string): Config | undefined {
    return this.calls.find(([, name]) => name === operation)?.[2];
  }
}

async function validated(aws: FakeAws, data: Config = DATA): Promise<Config[]> {
  const log = jest.spyOn(console, "log").mockImplementation(() => undefined);
  try {
    await run({ detail: { restoreJobId: "job-1", sourceResourceArn: SOURCE }, data }, aws.call);
    return log.mock.calls.map(([line]) => line as Config);
  } finally {
    log.mockRestore();
  }
}

const inState = (state: string, type = "RDS") =>
  new FakeAws({ ...JOB, ResourceType: type, CreatedResourceArn: ANSWERS[type].arn }, () => ANSWERS[type].answer(state));
const missing = (name: string) =>
  new FakeAws(JOB, () => {
    throw Object.assign(new Error("no such thing"), { name });
  });

test("it knows how to look at every type that a proof takes", () => {
  expect(Object.keys(ANSWERS).sort()).toEqual(Object.keys(RESTORED).sort());
});

test.each(Object.keys(ANSWERS))("%s that is restored and can be used is a proof", async (type) => {
  const aws = inState(ANSWERS[type].good, type);
  await validated(aws);
  expect(aws.calls[1][2]).toEqual(ANSWERS[type].input);
  expect(aws.input("PutRestoreValidationResult")).toMatchObject({
    RestoreJobId: "job-1",
    ValidationStatus: "SUCCESSFUL",
  });
  expect(aws.input("PutMetricData")).toMatchObject({
    Namespace: "Restores",
    MetricData: [
      {
        MetricName: "RestoreProven",
        Dimensions: [
          { Name: "Proof", Value: "shop-proof" },
          { Name: "Type", Value: type },
        ],
        Value: 1,
        Timestamp: JOB.CompletionDate,
      },
    ],
  });
});

test.each(Object.keys(ANSWERS))("the role may make the call by which %s is looked at", async (type) => {
  const aws = inState(ANSWERS[type].good, type);
  await validated(aws);
  const [service, operation] = aws.calls[1];
  const prefix: Record<string, string> = { efs: "elasticfilesystem" };
  // A bucket that may be listed may be asked for its head.
  const action = operation === "HeadBucket" ? "ListBucket" : operation;
  const mays = RESTORED[type].looks.map(({ may }) => may);
  expect(mays).toContain(`${prefix[service] ?? service}:${action}`);
});

const CLUSTER = { ...JOB, CreatedResourceArn: "arn:aws:rds:eu-west-1:111122223333:cluster:awsbackup-restore-test-5" };

test("what AWS Backup calls RDS is looked at as a cluster where it is one, and the role may", async () => {
  const aws = new FakeAws(CLUSTER, () => ({ DBClusters: [{ Status: "available" }] }));
  await validated(aws);
  expect(aws.calls[1]).toEqual(["rds", "DescribeDBClusters", { DBClusterIdentifier: "awsbackup-restore-test-5" }]);
  expect(aws.input("PutRestoreValidationResult")!.ValidationStatus).toBe("SUCCESSFUL");
  expect(RESTORED.RDS.looks.map(({ may }) => may)).toContain("rds:DescribeDBClusters");
});

test("a cluster that is there is not asked for rows: AWS Backup may restore it without an instance", async () => {
  const aws = new FakeAws(CLUSTER, () => ({ DBClusters: [{ Status: "available" }] }));
  await validated(aws, { ...DATA, query: { rows: "select 1 from orders", atLeast: 1 } });
  expect(aws.input("PutRestoreValidationResult")!.ValidationStatusMessage).toBe(
    "awsbackup-restore-test-5 is available; a cluster is not asked",
  );
});

test("the calls exist in the SDK, as far as it is installed here", async () => {
  const text = readFileSync(join(ROOT, FILE), "utf8");
  const calls = [...text.matchAll(/(?:look|aws)\("(\w+)", "(\w+)"/g)].map(([, service, operation]) => ({
    service,
    operation,
  }));
  const installed = ["backup", "cloudwatch", "ec2", "rds", "s3"];
  const known = calls.filter(({ service }) => installed.includes(service));
  expect(known.length).toBeGreaterThanOrEqual(8);
  for (const { service, operation } of known) {
    const sdk = load<Record<string, unknown>>(`@aws-sdk/client-${service}`);
    expect([operation, typeof sdk[`${operation}Command`]]).toEqual([operation, "function"]);
  }
});

test.each(["backing-up", "modifying"])("a new database that is %s answers, and is a proof", async (state) => {
  const aws = inState(state);
  await validated(aws);
  expect(aws.input("PutRestoreValidationResult")!.ValidationStatus).toBe("SUCCESSFUL");
});

test.each(["failed", "incompatible-restore", "storage-full-error", "deleting"])(
  "a database that is %s is no proof",
  async (state) => {
    const aws = inState(state);
    await validated(aws);
    expect(aws.input("PutRestoreValidationResult")).toMatchObject({
      ValidationStatus: "FAILED",
      ValidationStatusMessage: `awsbackup-restore-test-1 is ${state}`,
    });
    expect(aws.input("PutMetricData")!.MetricData[0].Value).toBe(0);
  },
);

test.each(["DBInstanceNotFoundFault", "ResourceNotFoundException", "NoSuchBucket", "InvalidVolume.NotFound"])(
  "what is not there (%s) is no proof",
  async (name) => {
    const aws = missing(name);
    await validated(aws);
    expect(aws.input("PutRestoreValidationResult")).toMatchObject({
      ValidationStatus: "FAILED",
      ValidationStatusMessage: "awsbackup-restore-test-1 is not there",
    });
  },
);

test.each([
  ["is still being made", inState("creating"), "is creating: it is too early to look"],
  ["cannot be looked at", missing("ThrottlingException"), "no such thing"],
])("where it %s there is no verdict, which nobody could take back, and it is called again", async (_, aws, message) => {
  await expect(validated(aws)).rejects.toThrow(message);
  expect(aws.input("PutRestoreValidationResult")).toBeUndefined();
  expect(aws.input("PutMetricData")).toBeUndefined();
});

test("a proof that cannot be published is not reported either: the next call does both", async () => {
  const aws = new FakeAws(JOB, () => ANSWERS.RDS.answer("available"), "PutMetricData");
  await expect(validated(aws)).rejects.toThrow("PutMetricData is throttled");
  expect(aws.input("PutRestoreValidationResult")).toBeUndefined();
});

test("its log has how long the restore took, as a record that Objectives take", async () => {
  const [{ measured }] = await validated(inState("available"));
  expect(measured).toEqual({
    construct: "shop/orders",
    mechanism: "restore of a backup",
    on: "2026-11-23",
    evidence: "restore job job-1",
    rto: "30 minutes",
    gibPerHour: 200,
  });
  const validate = new Ajv().compile(measuredSchema);
  expect(validate([measured])).toBe(true);
});

test("a small restore tells no rate: what every restore takes would hide it", async () => {
  const small = { ...JOB, BackupSizeInBytes: 9 * GIB };
  const [{ measured }] = await validated(new FakeAws(small, () => ANSWERS.RDS.answer("available")));
  expect(measured.rto).toBe("30 minutes");
  expect(measured).not.toHaveProperty("gibPerHour");
});

test("of what no construct declares there is no record", async () => {
  const [{ measured, proven }] = await validated(inState("available"), { ...DATA, constructs: [] });
  expect(proven).toBe(true);
  expect(measured).toBeUndefined();
});
