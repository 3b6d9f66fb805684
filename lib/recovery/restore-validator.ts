import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Construct } from "constructs";
import { arnOf, placeOf } from "../core/place";
import { EventFunction } from "../parts/event-function";
import { Statement, mayPublish } from "../parts/policy";
import { RESTORE_OF_A_BACKUP } from "./backups-recovery";
import { postgresClient } from "./postgres-client";
import { Landing, beside } from "./restore-landing";
import { RestoreProofProps } from "./restore-proof-props";
import { PROOFS } from "./restore-proof-signals";
import { mayLook } from "./restore-types";

/** RDS takes minutes until it takes a new password, and until that holds; more than this Lambda does not give. */
const PATIENCE_SECONDS = 900;

/** Where the servers of RDS have their certificates from; the runtime does not load these by itself. */
const AWS_CERTIFICATES = { NODE_EXTRA_CA_CERTS: "/var/runtime/ca-cert.pem" };

/** The code of a function that stands in `functions`. */
export function code(name: string): string {
  return readFileSync(join(__dirname, "../recovery/functions", `${name}.js`), "utf8");
}

/** What a validator is told. */
export interface ValidatorProps {
  readonly props: RestoreProofProps;
  /** The name that its metrics go by. */
  readonly proof: string;
  readonly planArns: readonly string[];
  /** Where restored databases stand. @default - none is restored */
  readonly landing?: Landing;
  readonly key: string;
}

/** The function that looks at what was restored, as soon as it is there. */
export function restoreValidator(scope: Construct, { props, proof, planArns, landing, key }: ValidatorProps) {
  const { of, query, network } = props;
  const asks = query && network && landing ? { query, network, landing } : undefined;
  return new EventFunction(scope, "validator", {
    does: "Looks at what a restore test has restored",
    on: {
      source: ["aws.backup"],
      detailType: ["Restore Job State Change"],
      detail: { status: ["COMPLETED"], resourceType: of.types, restoreTestingPlanArn: planArns },
    },
    files: {
      "index.js": code("restore-validator"),
      ...(asks && { "restore-query.js": code("restore-query"), ...postgresClient(scope) }),
    },
    data: {
      namespace: PROOFS.namespace,
      metric: PROOFS.proven,
      proof,
      mechanism: RESTORE_OF_A_BACKUP,
      constructs: (of.held ?? []).map(({ arn, construct }) => ({ arn, path: construct.node.path })),
      ...(asks && {
        query: { rows: asks.query.rows, atLeast: asks.query.atLeast ?? 1, database: asks.query.database },
      }),
    },
    may: [...MAY, ...mayLook(of.types, placeOf(scope)), ...(asks ? [mayReset(scope)] : [])],
    key,
    ...(asks && {
      within: beside(scope, asks.network, asks.landing.firewall, asks.query.port ?? 5432),
      environment: AWS_CERTIFICATES,
      timeoutSeconds: PATIENCE_SECONDS,
    }),
  });
}

/** Metrics are no resources, and of restore jobs AWS knows no names. */
const MAY: readonly Statement[] = [
  {
    Sid: "ReportsOnRestores",
    Effect: "Allow",
    Action: ["backup:DescribeRestoreJob", "backup:PutRestoreValidationResult"],
    Resource: "*",
  },
  publishesProofs(),
];

/** Lets a function publish what proofs are counted by, and no other metric. */
export function publishesProofs(): Statement {
  return mayPublish("PublishesProofs", PROOFS.namespace);
}

/** The password of what a test has restored, and of no other database: only that carries the tag. */
function mayReset(scope: Construct): Statement {
  return {
    Sid: "ResetsPasswordsOfRestoreTests",
    Effect: "Allow",
    Action: "rds:ModifyDBInstance",
    Resource: arnOf(scope, "rds", "db:*"),
    Condition: { Null: { "aws:ResourceTag/awsbackup-restore-test": "false" } },
  };
}
