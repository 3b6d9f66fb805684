import { BackupRestoreTestingPlan } from "@cdktf/provider-aws/lib/backup-restore-testing-plan";
import { BackupRestoreTestingSelection } from "@cdktf/provider-aws/lib/backup-restore-testing-selection";
import { Construct } from "constructs";
import { Watchable } from "../core/declarations";
import { inWords } from "../core/duration";
import { requireWhole } from "../core/guard";
import { register } from "../core/hook";
import { nameOf } from "../core/naming";
import { postureOf } from "../core/posture";
import { Signals } from "../core/signal";
import { sayTested } from "../core/ways-back";
import { EventFunction } from "../parts/event-function";
import { Key } from "../parts/key";
import { ScheduledFunction } from "../parts/scheduled-function";
import { serviceRole } from "../parts/service-role";
import { RESTORE_OF_A_BACKUP } from "./backups-recovery";
import { requireQuery, requireRestorable } from "./restore-checks";
import { landing } from "./restore-landing";
import { RestoreProofProps } from "./restore-proof-props";
import { PROOFS, ProofSize, restoreProofSignals } from "./restore-proof-signals";
import { testingPlan, testsOf } from "./restore-tests";
import { RESTORED } from "./restore-types";
import { code, publishesProofs, restoreValidator } from "./restore-validator";

/**
 * Proves that backups can be restored: every week or month, by the tier of the posture, AWS Backup restores something of
 * each type, a function looks at it and reports what it found, and AWS Backup throws it away again.
 *
 * It looks whether what was restored is there; a PostgreSQL database it can ask how many rows it has. Restored databases
 * stand in data subnets behind a firewall that lets nobody in. How many days ago the last restore was proven is a metric of
 * each type with its alarm; how long each took stands in the log of the validator, as a record for `Objectives`. In the
 * tier `development` nothing is tested.
 *
 * AWS Backup restores an Aurora cluster without an instance: that proves that the data are there, not that they can be
 * read.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html
 */
export class RestoreProof extends Construct implements Watchable {
  /** One plan a test. */
  readonly plans: readonly BackupRestoreTestingPlan[];
  /** The function that looks at what was restored, where anything is tested. */
  readonly validator?: EventFunction;
  /** The function that counts the days, where anything is tested. */
  readonly age?: ScheduledFunction;
  private readonly size?: ProofSize;

  constructor(scope: Construct, id: string, props: RestoreProofProps) {
    super(scope, id);
    register(this, props, "RestoreProofProps");
    const { of, tier = postureOf(this).backupTier, tests = {}, network, query, unprovenDays } = props;
    requireRestorable(this, props);
    if (query !== undefined) requireQuery(this, query, of.types);
    const planned = testsOf(this, tier, tests);
    this.plans = planned.map((test) => testingPlan(this, test, of.vaultArn));
    if (planned.length === 0) return;

    const every = Math.min(...planned.map(({ days }) => days));
    const silence = unprovenDays ?? every + 2;
    requireWhole(this, "unprovenDays", silence, every, 400, "a test has to come in between");
    const closed = network && of.types.some(inSubnets) ? landing(this, network) : undefined;
    this.select(props, closed?.overrides ?? {});
    const proof = nameOf(this, "restore-test");
    const planArns = this.plans.map(({ arn }) => arn);
    const key = props.key ?? new Key(this, "key", { usedBy: ["logs"] }).arn;
    const validator = restoreValidator(this, { props, proof, planArns, landing: closed, key });
    const age = this.counter(of.types, proof, key);
    this.size = { proof, types: of.types, planArns, unprovenDays: silence, validator, age };
    this.validator = validator;
    this.age = age;
    const tested = { mechanism: RESTORE_OF_A_BACKUP, every: inWords(every * 86_400), by: this.node.path };
    for (const construct of new Set(of.held?.map((held) => held.construct))) sayTested(construct, tested);
  }

  get signals(): Signals {
    return this.size ? restoreProofSignals(this.size) : {};
  }

  private select({ of, overrides = {}, validationHours = 4 }: RestoreProofProps, landed: Record<string, string>): void {
    requireWhole(this, "validationHours", validationHours, 1, 168);
    const policies = of.types.flatMap((type) => RESTORED[type].policy ?? []);
    const role = serviceRole(this, "role", {
      service: "backup.amazonaws.com",
      managed: ["service-role/AWSBackupServiceRolePolicyForRestores", ...policies],
      namesAccount: false,
    });
    for (const type of of.types) {
      const arns = of.held?.filter((held) => held.type === type).map(({ arn }) => arn) ?? [];
      const told = { ...(inSubnets(type) && landed), ...overrides[type] };
      this.plans.forEach((plan) => {
        new BackupRestoreTestingSelection(this, `${plan.node.id.replace("plan-", "")}-${type.toLowerCase()}`, {
          name: type,
          restoreTestingPlanName: plan.name,
          protectedResourceType: type,
          protectedResourceArns: arns.length > 0 ? arns : ["*"],
          iamRoleArn: role.arn,
          validationWindowHours: validationHours,
          ...(Object.keys(told).length > 0 && { restoreMetadataOverrides: told }),
        });
      });
    }
  }

  private counter(types: readonly string[], proof: string, key: string): ScheduledFunction {
    const [{ name, arn }] = this.plans;
    return new ScheduledFunction(this, "age", {
      does: "Counts the days since restores were proven",
      files: { "index.js": code("restore-age") },
      every: "6 hours",
      data: { ...PROOFS, proof, plan: name, types },
      may: [
        { Sid: "ReadsProofs", Effect: "Allow", Action: "cloudwatch:GetMetricData", Resource: "*" },
        { Sid: "ReadsTests", Effect: "Allow", Action: "backup:GetRestoreTestingSelection", Resource: arn },
        publishesProofs(),
      ],
      key,
    });
  }
}

function inSubnets(type: string): boolean {
  return RESTORED[type].lands === "in-subnets";
}
