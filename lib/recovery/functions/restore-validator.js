"use strict";
// Runs in AWS Lambda: looks at what a restore test has restored, and reports to AWS Backup what it found.

/* eslint-disable @typescript-eslint/no-require-imports -- the runtime loads it as it is */

/** How each type is looked at: the call, its input, the state in its answer, and the state in which it can be used. */
const LOOKS = {
  Aurora: cluster(),
  DocumentDB: cluster(),
  Neptune: cluster(),
  /** AWS Backup calls an instance and a Multi-AZ cluster the same. */
  RDS: look("rds", "DescribeDBInstances", (id) => ({ DBInstanceIdentifier: id }), {
    state: ({ DBInstances: [one] }) => one?.DBInstanceStatus,
    // A new instance is backed up and set up at once, and answers meanwhile.
    good: ["available", "backing-up", "modifying", "storage-optimization", "configuring-enhanced-monitoring"],
  }),
  DynamoDB: look("dynamodb", "DescribeTable", (id) => ({ TableName: id }), {
    state: ({ Table }) => Table?.TableStatus,
    good: ["ACTIVE"],
  }),
  EBS: look("ec2", "DescribeVolumes", (id) => ({ VolumeIds: [id] }), {
    state: ({ Volumes: [one] }) => one?.State,
    good: ["available", "in-use"],
  }),
  EC2: look("ec2", "DescribeInstances", (id) => ({ InstanceIds: [id] }), {
    state: ({ Reservations: [one] }) => one?.Instances[0]?.State?.Name,
    good: ["running"],
  }),
  EFS: look("efs", "DescribeFileSystems", (id) => ({ FileSystemId: id }), {
    state: ({ FileSystems: [one] }) => one?.LifeCycleState,
    good: ["available"],
  }),
  FSx: look("fsx", "DescribeFileSystems", (id) => ({ FileSystemIds: [id] }), {
    state: ({ FileSystems: [one] }) => one?.Lifecycle,
    good: ["AVAILABLE"],
  }),
  S3: look("s3", "HeadBucket", (id) => ({ Bucket: id }), { state: () => "there", good: ["there"] }),
};

/** States that do not get better. */
const BAD = /fail|error|incompatible|inaccessible|misconfigured|delet|terminat|archiv|stopp/i;

/** Below this size the time that every restore takes hides how fast it moves data. */
const TELLING_GIB = 10;

exports.handler = (event) => exports.run(event, callAws);

/**
 * A verdict cannot be taken back: where it could not look, it gives none, and fails, so that it is called again. What was
 * never looked at is never proven, and the count of days tells.
 */
exports.run = async ({ detail, data }, aws) => {
  const job = await aws("backup", "DescribeRestoreJob", { RestoreJobId: detail.restoreJobId });
  const found = await verdictOn(job, data, aws);
  // eslint-disable-next-line no-console -- its log keeps what was measured
  console.log({ job: job.RestoreJobId, type: job.ResourceType, ...found, measured: measuredOf(job, detail, data) });
  await aws("cloudwatch", "PutMetricData", {
    Namespace: data.namespace,
    MetricData: [
      {
        MetricName: data.metric,
        Dimensions: [
          { Name: "Proof", Value: data.proof },
          { Name: "Type", Value: job.ResourceType },
        ],
        Value: found.proven ? 1 : 0,
        Timestamp: job.CompletionDate,
      },
    ],
  });
  await aws("backup", "PutRestoreValidationResult", {
    RestoreJobId: job.RestoreJobId,
    ValidationStatus: found.proven ? "SUCCESSFUL" : "FAILED",
    ValidationStatusMessage: found.why.slice(0, 1000),
  });
};

async function verdictOn(job, { query }, aws) {
  const there = await exists(job, aws);
  if (!there.proven || !query || job.ResourceType !== "RDS") return there;
  if (isCluster(job.CreatedResourceArn)) return { ...there, why: `${there.why}; a cluster is not asked` };
  return require("./restore-query.js").ask(idOf(job.CreatedResourceArn), query, aws);
}

/** Whether what was restored is there, and can be used. */
async function exists({ ResourceType, CreatedResourceArn }, aws) {
  const { service, operation, input, state, good } = isCluster(CreatedResourceArn) ? cluster() : LOOKS[ResourceType];
  const id = idOf(CreatedResourceArn);
  let is;
  try {
    is = state(await aws(service, operation, input(id)));
  } catch (error) {
    if (!/NotFound|NoSuch/.test(error.name)) throw error;
  }
  if (is === undefined) return { proven: false, why: `${id} is not there` };
  if (good.includes(is)) return { proven: true, why: `${id} is ${is}` };
  if (BAD.test(is)) return { proven: false, why: `${id} is ${is}` };
  throw new Error(`${id} is ${is}: it is too early to look`);
}

/** A record of how long the restore took, as `measured` of Objectives takes it; nothing where nobody knows of what. */
function measuredOf(job, { sourceResourceArn }, { constructs = [], mechanism }) {
  const { RestoreJobId, SourceResourceArn = sourceResourceArn, CreationDate, CompletionDate, BackupSizeInBytes } = job;
  const construct = constructs.find(({ arn }) => arn === SourceResourceArn)?.path;
  const hours = (CompletionDate - CreationDate) / 3_600_000;
  if (construct === undefined || !(hours > 0)) return undefined;
  const gib = (BackupSizeInBytes ?? 0) / 2 ** 30;
  return {
    construct,
    mechanism,
    on: CompletionDate.toISOString().slice(0, 10),
    evidence: `restore job ${RestoreJobId}`,
    rto: `${Math.ceil(hours * 60)} minutes`,
    ...(gib >= TELLING_GIB && { gibPerHour: Math.floor((gib / hours) * 10) / 10 }),
  };
}

function cluster() {
  return look("rds", "DescribeDBClusters", (id) => ({ DBClusterIdentifier: id }), {
    state: ({ DBClusters: [one] }) => one?.Status,
    good: ["available"],
  });
}

function look(service, operation, input, { state, good }) {
  return { service, operation, input, state, good };
}

/** Of a database, by its ARN: `arn:aws:rds:eu-west-1:111122223333:cluster:orders`. */
function isCluster(arn) {
  return arn.split(":")[5] === "cluster";
}

/** The last part of an ARN: `db:orders`, `table/orders`, `:::orders`. */
function idOf(arn) {
  return arn.split(/[:/]/).pop();
}

const NAMES = {
  backup: "Backup",
  cloudwatch: "CloudWatch",
  dynamodb: "DynamoDB",
  ec2: "EC2",
  efs: "EFS",
  fsx: "FSx",
  rds: "RDS",
  s3: "S3",
};
const clients = {};

/** Calls AWS by the name of an operation; only the clients that are needed are loaded. */
async function callAws(service, operation, input) {
  const sdk = require(`@aws-sdk/client-${service}`);
  clients[service] ??= new sdk[`${NAMES[service]}Client`]({});
  return clients[service].send(new sdk[`${operation}Command`](input));
}
