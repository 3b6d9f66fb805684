import { Duration } from "../core/duration";
import { Figure } from "../core/figure";
import { requireProps } from "../core/props";

/** What a strategy says of what holds no data. */
interface Terms {
  /** The way back as the field names it. */
  readonly mechanism: string;
  /** How long until it is there, before it grows to the load. */
  readonly rto: Figure<Duration>;
  /** Whether it serves without anybody's doing. */
  readonly selfHealing: boolean;
}

/**
 * What each strategy takes until something without data is there, and whether somebody has to act.
 *
 * @see https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_disaster_recovery.html
 */
const TERMS: Readonly<Record<"backup and restore" | "pilot light" | "warm standby" | "active-active", Terms>> = {
  "backup and restore": {
    mechanism: "rebuild from the plans",
    rto: { value: "1 hour", basis: "assumed", source: "an apply of the whole stack; a game day measures it" },
    selfHealing: false,
  },
  "pilot light": {
    mechanism: "pilot light",
    rto: { value: "10 minutes", basis: "assumed", source: "an apply that switches it on; a game day measures it" },
    selfHealing: false,
  },
  "warm standby": {
    mechanism: "warm standby",
    rto: { value: "0 seconds", basis: "configured", source: "it serves already, a share of the load" },
    selfHealing: true,
  },
  "active-active": {
    mechanism: "active in both regions",
    rto: { value: "0 seconds", basis: "configured", source: "it serves already, and can serve all of the load" },
    selfHealing: true,
  },
};

/** How much of a service stands ready in another region. */
export class Strategy {
  private constructor(
    readonly name: keyof typeof TERMS,
    /** The share of the load that the standby is made for: 0 is switched off, 1 is all of it. */
    readonly share: number,
  ) {}

  /** Nothing stands there; backups do. The service is rebuilt from its plans: hours. */
  static backupAndRestore(): Strategy {
    return new Strategy("backup and restore", 0);
  }

  /** Network and data stand there, what serves is switched off until somebody applies it: tens of minutes. */
  static pilotLight(): Strategy {
    return new Strategy("pilot light", 0);
  }

  /** All stands there, for a share of the load above 0 and below 1, and grows when it must: minutes. */
  static warmStandby(terms: { readonly share: number }): Strategy {
    requireProps("Strategy.warmStandby", terms, ["share"], "terms");
    return new Strategy("warm standby", terms.share);
  }

  /** Both regions serve, and each can serve all. */
  static activeActive(): Strategy {
    return new Strategy("active-active", 1);
  }

  /** Whether there is a stack in the other region at all. */
  get standsReady(): boolean {
    return this.name !== "backup and restore";
  }

  get terms(): Terms {
    return TERMS[this.name];
  }
}
