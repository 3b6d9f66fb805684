import { BackupFramework } from "@cdktf/provider-aws/lib/backup-framework";
import { BackupReportPlan } from "@cdktf/provider-aws/lib/backup-report-plan";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { Construct } from "constructs";
import { requireThat } from "../core/guard";
import { register } from "../core/hook";
import { nameOf } from "../core/naming";
import { placeOf } from "../core/place";
import { postureOf } from "../core/posture";
import { addressOf } from "../core/resolve";
import { PrivateBucket, privateBucket } from "../parts/private-bucket";
import { auditControls } from "./audit-controls";
import { BackupAuditProps } from "./backup-audit-props";

/** What is reported each day: what is out of line, and every job. */
const REPORTS = {
  compliance: "RESOURCE_COMPLIANCE_REPORT",
  backups: "BACKUP_JOB_REPORT",
  copies: "COPY_JOB_REPORT",
  restores: "RESTORE_JOB_REPORT",
} as const;

/** The role by which AWS Backup writes reports. It makes it itself, with the first framework. */
const WRITER = "aws-service-role/reports.backup.amazonaws.com/AWSServiceRoleForBackupReports";

/**
 * Audits backups every day: a framework of AWS Backup Audit Manager with the declared objectives in its controls, and its
 * reports in a private bucket.
 *
 * It needs AWS Config, which records the audited types in this region, and costs for each evaluation: nothing else makes
 * it. An RPO in minutes cannot be audited: AWS counts the age of a backup in hours or days, so synthesis warns, and leaves
 * that control out.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/aws-backup-audit-manager.html
 */
export class BackupAudit extends Construct {
  readonly framework: BackupFramework;
  readonly reports: readonly BackupReportPlan[];
  readonly bucket: S3Bucket;

  constructor(scope: Construct, id: string, props: BackupAuditProps) {
    super(scope, id);
    register(this, props, "BackupAuditProps");
    const { of, objectives } = props;
    requireThat(this, of.types.length > 0, { prop: "of.types", must: "name at least one type", got: of.types });
    const mend = 'corruption: { detection: "1 hour", rto: "4 hours", rpo: "1 day" }';
    const isAimed = objectives === undefined || objectives.goals.corruption !== undefined;
    requireThat(this, isAimed, { prop: "objectives", must: "have one for corruption", got: undefined, mend });
    this.framework = new BackupFramework(this, "Resource", {
      name: auditName(this, ""),
      description: `audit of ${this.node.path}`,
      control: auditControls(this, props),
    });
    const written = this.writable(props);
    this.bucket = written.bucket;
    this.reports = Object.entries(REPORTS).map(
      ([name, reportTemplate]) =>
        new BackupReportPlan(this, `report-${name}`, {
          name: auditName(this, name),
          reportDeliveryChannel: { s3BucketName: this.bucket.bucket, s3KeyPrefix: name, formats: ["CSV", "JSON"] },
          reportSetting: {
            reportTemplate,
            ...(name === "compliance" && { frameworkArns: [this.framework.arn], numberOfFrameworks: 1 }),
          },
          dependsOn: [written.policy],
        }),
    );
  }

  private writable({ bucketName, reportDays }: BackupAuditProps): PrivateBucket {
    const { account, region, partition } = placeOf(this);
    const made = privateBucket(this, "reports", {
      name: bucketName ?? nameOf(this, "bucket", `reports-${account}-${region}`),
      expireDays: reportDays ?? postureOf(this).logDays,
      statements: (arn) => [
        {
          Sid: "WrittenByReports",
          Effect: "Allow",
          Principal: { AWS: `arn:${partition}:iam::${account}:role/${WRITER}` },
          Action: "s3:PutObject",
          Resource: `${arn}/*`,
          Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control" } },
        },
      ],
    });
    // S3 refuses a policy that names a role which is not there yet.
    made.policy.dependsOn = [...(made.policy.dependsOn ?? []), addressOf(this.framework)];
    return made;
  }
}

/** AWS Backup knows no hyphens in these names. */
function auditName(scope: Construct, id: string): string {
  return nameOf(scope, "backup-audit", id).replaceAll("-", "_");
}
