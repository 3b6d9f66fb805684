import { Token } from "cdktf";
import { IConstruct } from "constructs";
import { isStateful } from "../core/declarations";
import { Duration, inWords } from "../core/duration";
import { Figure } from "../core/figure";
import { Recovery, Scenario } from "../core/recovery";
import { GIB_PER_HOUR, restoreTime } from "../core/restore";
import { giveWayBack, recoveriesOf } from "../core/ways-back";
import { Held } from "./restorable";
import { Found, RestoredType, VaultPlace, restoreSteps } from "./restore-steps";

/** What a recovery from a plan is computed from. */
export interface BackupReach {
  /** Where the backups lie. */
  readonly vault: VaultPlace;
  /** The longest time between two snapshots, in hours. */
  readonly gapHours: number;
  /** Where copies in another region lie. @default - there are none */
  readonly copyTo?: VaultPlace;
  /** What other copies are good for. */
  readonly copies: readonly CopyReach[];
  /** All that is backed up. */
  readonly held: readonly Held[];
}

/** What a copy is a way back from. */
export interface CopyReach {
  readonly scenario: Scenario;
  readonly mechanism: string;
  readonly vault: VaultPlace;
}

/** The way back that a plan gives, by its name: tests and records of it say the same. */
export const RESTORE_OF_A_BACKUP = "restore of a backup";

/** How long a restore takes of what declares no restore of its own. */
const RESTORE: Figure<Duration> = {
  value: "4 hours",
  basis: "assumed",
  source: "default of sre-constructs; a restore test measures it",
};

/** How long a copy to another region lags behind its snapshot. */
const COPY_HOURS = 1;

/**
 * Gives what is backed up its way back from bad data, and from the loss of the region or the account where copies go
 * elsewhere: to the last snapshot, as fast as its own restore.
 *
 * @see https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_disaster_recovery.html
 */
export function giveBackups(target: IConstruct, { vault, gapHours, copyTo, copies, held }: BackupReach): void {
  const restore = { ...restoreOf(target), selfHealing: false };
  const types = typesOf(target, held);
  const snapshot: Recovery = {
    ...restore,
    steps: restoreSteps(vault, types, "moment"),
    mechanism: RESTORE_OF_A_BACKUP,
    rpo: {
      value: inWords(gapHours * 3600),
      basis: "configured",
      source: "the longest time between two snapshots of the plan",
    },
  };
  giveWayBack(target, "corruption", snapshot);
  const elsewhere: CopyReach[] =
    copyTo === undefined
      ? []
      : [{ scenario: "region", mechanism: `restore of a copy in ${copyTo.region}`, vault: copyTo }];
  for (const { scenario, mechanism, vault } of [...elsewhere, ...copies]) {
    giveWayBack(target, scenario, {
      ...snapshot,
      mechanism,
      steps: restoreSteps(vault, shared(scenario, types), "newest"),
      rpo: {
        value: inWords((gapHours + COPY_HOURS) * 3600),
        basis: "assumed",
        source: "the longest time between two snapshots of the plan, and an hour for the copy",
      },
    });
  }
}

/** As long as its own restore; else as its size says, where it says one. */
function restoreOf(target: IConstruct): Pick<Recovery, "rto" | "gibPerHour"> {
  const own = recoveriesOf(target)?.corruption?.find(({ gibPerHour }) => gibPerHour !== undefined);
  if (own) return { rto: own.rto, gibPerHour: own.gibPerHour };
  const held = isStateful(target) ? target.protects.filter(({ backUp }) => backUp === true) : [];
  const sizeGib = held.reduce((sum, { sizeGib = 0 }) => sum + sizeGib, 0);
  return sizeGib > 0 ? { rto: restoreTime(sizeGib), gibPerHour: GIB_PER_HOUR } : { rto: RESTORE };
}

function typesOf(target: IConstruct, held: readonly Held[]): readonly RestoredType[] {
  return held
    .filter(({ construct }) => construct === target)
    .map((one) => ({ type: one.type, found: foundBy(one, held) }));
}

function foundBy({ type, arn, name }: Held, held: readonly Held[]): Found {
  if (!Token.isUnresolved(arn)) return { arn };
  if (name !== undefined && !Token.isUnresolved(name)) return { name };
  return held.filter((each) => each.type === type).length === 1 ? "alone" : "among others";
}

/** A vault of another account may hold what others have copied there. */
function shared(scenario: Scenario, types: readonly RestoredType[]): readonly RestoredType[] {
  if (scenario !== "account") return types;
  return types.map(({ type, found }) => ({ type, found: found === "alone" ? "among others" : found }));
}
