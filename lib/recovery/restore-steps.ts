import { MOMENT, RestoreTo } from "../core/moment";
import { RESTORED } from "./restore-types";

/** Where recovery points lie, as commands find it. */
export interface VaultPlace {
  readonly name: string;
  readonly region: string;
  /** Another account, from which they are restored. @default - that of the stack */
  readonly account?: string;
  /** The account of the vault, where that is shared with the one that restores. @default - they are the same */
  readonly owner?: string;
  /** Whether it stands where nothing else of the stack does. @default false */
  readonly away?: boolean;
  /** The ARN of the role that AWS Backup restores by. @default - the one that it makes in each account */
  readonly role?: string;
}

/** What is restored, of one type. */
export interface RestoredType {
  /** In AWS Backup's word. */
  readonly type: string;
  /** How the one resource is found among all of the vault. */
  readonly found: Found;
}

/** By its ARN, by the name that ends it, or as the one of its type; else the reader says which. */
export type Found = { readonly arn: string } | { readonly name: string } | "alone" | "among others";

/** What AWS Backup makes where its console is used for the first time. */
const DEFAULT_ROLE = "ROLE=$(aws iam get-role --role-name AWSBackupDefaultServiceRole --query Role.Arn --output text)";

/**
 * What a restore is told otherwise, or it meets what is there, as a query; an instance is told another name than a cluster.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing-inferred-metadata.html
 */
const NAMED: Readonly<Record<string, string>> = {
  Aurora: "{DBClusterIdentifier: '$NAME'}",
  DynamoDB: "{targetTableName: '$NAME'}",
  EFS: "{newFileSystem: 'true', CreationToken: '$NAME'}",
  RDS: "contains('$RESOURCE', ':cluster:') && {DBClusterIdentifier: '$NAME'} || {DBInstanceIdentifier: '$NAME'}",
  S3: "{DestinationBucketName: '$NAME', NewBucket: 'true', CreationToken: '$NAME'}",
};

/** What it is told besides where it stands elsewhere: what it was told names the region that is lost. */
const THERE = String.raw`{DBSubnetGroupName: '$SUBNETS', VpcSecurityGroupIds: '[\"$GROUP\"]'}`;

/** What a restore leaves out, before anybody can look into what it made. */
const AFTER: Readonly<Record<string, readonly string[]>> = {
  EFS: [
    "A file system is restored without mount targets: make one in a subnet of each zone, behind the security group of those that it had.",
  ],
};

/**
 * How something is restored from a vault, by commands that follow each other in one shell: of bad data to a moment, of a
 * loss to the newest that there is.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-a-backup.html
 */
export function restoreSteps(vault: VaultPlace, types: readonly RestoredType[], to: RestoreTo): string[] {
  const { account, role } = vault;
  return [
    ...(to === "moment" ? [MOMENT] : []),
    ...(vault.name.includes("$")
      ? ["Say where the copies lie, which is known after apply, the region and the name: `read -r REGION VAULT`."]
      : []),
    ...(account === undefined
      ? []
      : [
          `Sign in to the account ${account}: the copies can be restored from there. Are you? \`aws sts get-caller-identity --query Account --output text\`.`,
          "Nothing else may stand there yet: apply the stack of the network there first. Databases and file systems are restored into its subnets, behind its security groups.",
        ]),
    `The role that AWS Backup restores by: \`${role === undefined ? DEFAULT_ROLE : `ROLE=${role}`}\`.`,
    ...types.flatMap((of) => restoreOf(vault, of, to)),
    "Look at what is in it. Copy back what is missing, or lead the service there; then write its name into the code before `terraform import`, so that a plan replaces nothing.",
  ];
}

function restoreOf(place: VaultPlace, { type, found }: RestoredType, to: RestoreTo): string[] {
  const { name, region, owner, away = false } = place;
  const there = `--region ${region}`;
  const shared = owner === undefined ? "" : ` --backup-vault-account-id ${owner}`;
  const vault = `${there} --backup-vault-name ${name}${shared}`;
  const points = `aws backup list-recovery-points-by-backup-vault ${vault}`;
  const before = to === "moment" ? ' --by-created-before "$MOMENT"' : "";
  // As text the CLI would ask each page for its newest.
  const newest = `"max_by(RecoveryPoints[?Status=='COMPLETED'], &CreationDate).RecoveryPointArn" --output json | tr -d '"'`;
  const job = `aws backup describe-restore-job ${there} --restore-job-id "$JOB"`;
  return [
    whichOf(type, found, `${points} --by-resource-type "${type}"`),
    `Find its newest backup${to === "moment" ? " from before that moment" : ""}: \`POINT=$(${points} --by-resource-arn "$RESOURCE"${before} --query ${newest})\`. Where \`echo "$POINT"\` shows no ARN there is none: take another moment, or another way back.`,
    ...metadata(vault, type, away ? region : undefined),
    `Restore it: \`JOB=$(aws backup start-restore-job ${there} --recovery-point-arn "$POINT" --resource-type "${type}" --iam-role-arn "$ROLE" --metadata file://restore.json --query RestoreJobId --output text)\`.`,
    `Wait for it: \`until ${job} --query Status --output text | grep -E 'COMPLETED|ABORTED|FAILED'; do sleep 60; done\`.`,
    `What has been made, or why not? \`${job} --query '[Status,StatusMessage,CreatedResourceArn]' --output text\`. What it finds wrong stands in restore.json: mend it there, and restore again.`,
    ...(AFTER[type] ?? []),
  ];
}

/** Which resource it is, by a command where anything is known of it. */
function whichOf(type: string, found: Found, points: string): string {
  const is = `Which ${type} is it?`;
  if (found === "alone") {
    return `${is} The only one of the vault: \`RESOURCE=$(${points} --query 'RecoveryPoints[0].ResourceArn' --output json | tr -d '"')\`.`;
  }
  if (found === "among others") {
    return `The vault may hold several of ${type}: \`${points} --query 'RecoveryPoints[].[ResourceArn]' --output text | sort -u\`. Paste the ARN of the one that is lost after: \`until read -r RESOURCE; do :; done\`.`;
  }
  if ("arn" in found) return `${is} This one: \`RESOURCE=${found.arn}\`.`;
  const { name } = found;
  // AWS assigns the end of some ARNs: those are found by the tag Name, which AWS Backup keeps.
  const ends = `ends_with(ResourceArn, ':${name}') || ends_with(ResourceArn, '/${name}') || ResourceName=='${name}'`;
  return `${is} ${name}: \`RESOURCE=$(${points} --query "RecoveryPoints[?${ends}].ResourceArn | [0]" --output json | tr -d '"')\`. It must be an ARN, says \`echo "$RESOURCE"\`.`;
}

/** What it was made with, with another name, and elsewhere with what stands there; of other types people say what differs. */
function metadata(vault: string, type: string, elsewhere: string | undefined): string[] {
  const get = `aws backup get-recovery-point-restore-metadata ${vault} --recovery-point-arn "$POINT"`;
  const named = NAMED[type];
  if (named === undefined) {
    return [
      `Write down what it was: \`${get} --query RestoreMetadata --output json > restore.json\`.`,
      `In restore.json set its name to one that is free.${elsewhere === undefined ? "" : " What it names of subnets, security groups and keys must be of there."}`,
    ];
  }
  const placed = elsewhere !== undefined && RESTORED[type]?.lands === "in-subnets";
  const told = [named, ...(placed ? [THERE] : [])].join(", ");
  return [
    `Give it a name that is free: \`NAME=$(echo "$RESOURCE" | sed 's|.*[:/]||')-restored\`.`,
    ...(placed ? landing(elsewhere) : []),
    `Write down what it was, under that name${placed ? " and with what stands there" : ""}: \`${get} --query "merge(RestoreMetadata, ${told})" --output json > restore.json\`.`,
  ];
}

/** Where it will stand in another region, as people choose among what is there. */
function landing(region: string): string[] {
  const rules = "SecurityGroups[].[GroupId,GroupName,VpcId]";
  return [
    `Which subnets will it stand in? \`aws rds describe-db-subnet-groups --region ${region} --query 'DBSubnetGroups[].[DBSubnetGroupName,VpcId]' --output text\`. Paste one name after: \`until read -r SUBNETS; do :; done\`.`,
    `Who lets the service in, in the same VPC? \`aws ec2 describe-security-groups --region ${region} --query '${rules}' --output text\`. Paste one id after: \`until read -r GROUP; do :; done\`.`,
  ];
}
