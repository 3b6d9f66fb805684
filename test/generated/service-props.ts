import { Objective, VaultLock } from "../../lib/recovery";
import fc from "../property";
import { BESIDE, STORE_NAMES } from "./service-parts";
import { mostly, props, text, time } from "./values";

type Made<A> = A extends fc.Arbitrary<infer T> ? T : never;

const changed = props(
  {},
  {
    /** Its thresholds, as a multiple of what they are. */
    factor: mostly(fc.constantFrom(0.5, 1, 1.001, 2), [0, -1, NaN, Infinity, 1e300]),
    breaches: mostly(fc.constantFrom("1 of 1" as const, "3 of 5" as const, "15 of 15" as const), [
      "5 of 3",
      "0 of 1",
      "1 of 2000",
    ]),
    period: time("1 minute", "5 minutes"),
    missing: mostly(fc.constantFrom("breaching" as const, "notBreaching" as const, "ignore" as const), ["none"]),
  },
);

/** A signal of a part, each by its place among the others, with other numbers or with none. */
const tuning = fc.record({
  part: fc.nat(9),
  signal: fc.nat(20),
  by: fc.oneof(
    { weight: 3, arbitrary: changed },
    { weight: 1, arbitrary: fc.record({ waived: text("somebody else looks at it") }) },
  ),
});

const promise = fc.record({
  indicator: fc.nat(20),
  objective: mostly(fc.constantFrom(95, 99, 99.5, 99.9), [100, 0.99]),
  within: fc.constantFrom("300 milliseconds" as const, "2 seconds" as const),
});

const posture = fc.record({
  zones: fc.constantFrom(2, 3),
  natGateways: fc.constantFrom("one" as const, "per-zone" as const),
  standby: fc.boolean(),
  backupDays: fc.constantFrom(1, 7, 35),
  backupTier: fc.constantFrom("critical" as const, "standard" as const, "development" as const),
  deletionProtection: fc.boolean(),
  logDays: fc.constantFrom(30, 365),
  enforce: fc.constantFrom("fail" as const, "warn" as const, "warn" as const),
});

const backups = props(
  { proof: fc.boolean(), audit: fc.boolean() },
  {
    copyTo: fc.constantFrom("eu-central-1", "us-east-1"),
    copyToVault: text("arn:aws:backup:eu-west-1:444455556666:backup-vault:kept"),
    airGapped: fc.constant({ minDays: 7, maxDays: 400 }),
    lock: mostly(
      fc.constantFrom(
        VaultLock.governance(),
        VaultLock.compliance({ coolOffDays: 7, iUnderstandThisIsIrreversible: true }),
      ),
      [VaultLock.governance({ minDays: 30, maxDays: 60 })],
    ),
    optIn: fc.boolean(),
    tier: fc.constantFrom("critical" as const, "standard" as const, "development" as const),
  },
);

const experiments = props(
  {
    include: mostly(fc.constantFrom<"all" | readonly string[]>("all", []), [["nothing"]]),
    /** Whether the region in which stores follow is cut off. */
    isolates: fc.boolean(),
  },
  { reports: fc.constant({ keepDays: 400 }) },
);

const objective = fc.record<Objective>({
  rto: fc.constantFrom("30 minutes", "4 hours", "2 days"),
  rpo: fc.constantFrom("1 hour", "1 day"),
});

const objectives = props(
  { zone: objective },
  {
    instance: objective,
    corruption: objective.map((each) => ({ ...each, detection: "1 hour" as const })),
  },
);

const often = <T>(each: fc.Arbitrary<T>) => fc.option(each, { nil: undefined, freq: 4 });

/** What looks after a service, beside its alarms and backups. */
export const CONCERNS = [
  "budget",
  "loadTest",
  "dashboard",
  "services",
  "incidents",
  "silent",
  "quotas",
  "chat",
] as const;

/** A whole service, and all that looks after it. */
export const service = props(
  {
    /** Whether its stack is provided. */
    provided: fc.boolean(),
    posture,
    /** Whether it stands in a network of its own. */
    network: fc.boolean(),
    entrance: fc.boolean(),
    peak: mostly(fc.constantFrom(10, 900), [0, NaN]),
    stores: fc.shuffledSubarray(STORE_NAMES, { maxLength: 4 }),
    /** Whether they follow in another region, where they can. */
    far: fc.boolean(),
    /** Whether it works without the last of its stores, if worse. */
    soft: fc.boolean(),
    /** Whether people are told by topics of its own. */
    escalated: fc.boolean(),
    tunings: fc.array(tuning, { maxLength: 4 }),
    promises: fc.array(promise, { maxLength: 2 }),
    beside: fc.subarray(Object.keys(BESIDE) as (keyof typeof BESIDE)[]),
    concerns: fc.subarray([...CONCERNS]),
    backups: often(backups),
    experiments: often(experiments),
    objectives: often(objectives),
  },
  { neighbour: fc.constantFrom("beside" as const, "apart" as const) },
);

export type Service = Made<typeof service>;
