import { Construct } from "constructs";
import { Protected, Stateful } from "../../lib/core";
import { Backups, BackupsProps, VaultLock } from "../../lib/recovery";
import { synth, synthAll } from "../synth";
import { Ledger } from "./ledger";

type Rules = NonNullable<BackupsProps["rules"]>;

const make = (props: Partial<BackupsProps>, type = "EFS") =>
  synth((stack) => new Backups(stack, "backups", { of: [new Ledger(stack, "ledger", type)], ...props }));

/** Something whose backups stay where they are. */
class Fixed extends Construct implements Stateful {
  get protects(): readonly Protected[] {
    const arn = `arn:aws:own:eu-west-1:111122223333:${this.node.id}`;
    return [{ type: "RDS", arn, backUp: true, notCopied: "no snapshot of it leaves the region", by: [] }];
  }
}

/** What a construct of somebody who writes JavaScript may say. */
const untyped = (value: unknown) => value as never;

test.each<[string, Rules, string]>([
  ["no hour", { daily: { hours: [] } }, "'rules.daily.hours' must name at least one hour, got []"],
  ["an hour that is none", { daily: { hours: [1, 24] } }, "'rules.daily.hours' must be between 0 and 23, got 24"],
  ["a day that February lacks", { monthly: { dayOfMonth: 30 } }, "'rules.monthly.dayOfMonth' must be between 1 and 28"],
  ["no retention", { daily: { keepDays: 0 } }, "'rules.daily.keepDays' must be between 1 and 36500, got 0"],
  [
    "less than 90 days in cold storage",
    { monthly: { coldAfterDays: 30, keepDays: 119 } },
    "'rules.monthly.keepDays' must be at least 120, 90 days in cold storage after 30 before it, got 119; keep it longer",
  ],
  [
    "a copy with less than 90 days in cold storage",
    { monthly: { copyKeepDays: 100 } },
    "'rules.monthly.copyKeepDays' must be at least 120",
  ],
  [
    "a start window under an hour",
    { daily: { startWindow: "59 minutes" } },
    "'rules.daily.startWindow' must be between 1 hour and 1 day, got",
  ],
  [
    "an end less than an hour after the start window",
    { daily: { startWindow: "2 hours", completionWindow: "179 minutes" } },
    "'rules.daily.completionWindow' must be between 3 hours and 5 days",
  ],
  [
    "a window in seconds",
    { daily: { startWindow: "3601 seconds" } },
    "'rules.daily.startWindow' must be whole minutes",
  ],
  [
    "a job that is heard of too late for an alarm",
    { daily: { completionWindow: "6 days" } },
    "'rules.daily.completionWindow' must be between 2 hours and 5 days",
  ],
  ["a rule that nobody knows", untyped({ weekly: {} }), "'rules' must be one of continuous, hourly, daily, monthly"],
  [
    "a retention above the vault lock",
    { monthly: { keepDays: 401 } },
    "'rules.monthly.keepDays' must be between the 7 and 400 days of the vault lock, got 401; lock: VaultLock.governance",
  ],
  [
    "a retention below the vault lock",
    { hourly: { keepDays: 6 } },
    "'rules.hourly.keepDays' must be between the 7 and",
  ],
  [
    "a copy's retention outside the lock of its vault",
    { daily: { copyKeepDays: 3 } },
    "'rules.daily.copyKeepDays' must be between the 7 and 400 days of the vault lock, got 3",
  ],
])("fails on %s, naming path, prop, value and mend", (_, rules, message) => {
  expect(() => make({ rules, copyTo: "eu-central-1" })).toThrow(message);
  expect(() => make({ rules, copyTo: "eu-central-1" })).toThrow(/^test\/backups: /);
});

test("just inside these bounds all is well", () => {
  const rules: Rules = {
    hourly: { keepDays: 7, startWindow: "60 minutes", completionWindow: "120 minutes" },
    daily: { completionWindow: "5 days", startWindow: "1 day" },
    monthly: { coldAfterDays: 30, keepDays: 120, dayOfMonth: 28 },
  };
  expect(() => make({ rules, copyTo: "eu-central-1" })).not.toThrow();
});

test.each<[string, string, Rules, string]>([
  [
    "RDS in cold storage",
    "RDS",
    { monthly: { coldAfterDays: 30 } },
    `must be "never" for what cannot go to cold storage`,
  ],
  ["an unheard-of type in cold storage", "Own", { daily: { coldAfterDays: 1 } }, `got ["Own"]; give these a Backups`],
  ["volumes archived every day", "EBS", { daily: { coldAfterDays: 1, keepDays: 91 } }, "more often than once a month"],
  ["a history of more than 35 days", "S3", { continuous: { keepDays: 36 } }, "must be between 1 and 35, got 36"],
  ["a history in cold storage", "S3", { continuous: { coldAfterDays: 1 } }, "'rules.continuous.coldAfterDays' must"],
  ["a history that RDS keeps itself", "RDS", { continuous: {} }, "'rules.continuous' must be left out for a type that"],
  ["a history of what can have none", "EFS", { continuous: {} }, `got ["EFS"]; turn on point-in-time recovery`],
])("fails on %s", (_, type, rules, message) => {
  expect(() => make({ rules }, type)).toThrow(message);
});

test.each<[string, Partial<BackupsProps>, string]>([
  ["nothing to back up", { of: [] }, "'of' must name at least one construct, got []"],
  ["an unknown tier", { tier: untyped("gold") }, "'tier' must be one of critical, standard, development"],
  ["a copy to its own region", { copyTo: "eu-west-1" }, "'copyTo' must be another region than eu-west-1"],
  ["a copy to no region", { copyTo: "frankfurt" }, "'copyTo' must be a region such as eu-central-1"],
  [
    "opting in a region that it does not touch",
    { copyTo: "eu-central-1", optIn: ["eu-north-1"] },
    "'optIn' must be one of eu-west-1, eu-central-1, got \"eu-north-1\"",
  ],
  [
    "a retention of no copy",
    { rules: { daily: { copyKeepDays: 9 } } },
    "'rules.daily.copyKeepDays' must come with a copy",
  ],
  ["a lock without days", { lock: VaultLock.governance({ minDays: 0 }) }, "'lock.minDays' must be between 1 and 36500"],
  [
    "a lock turned over",
    { lock: VaultLock.governance({ minDays: 30, maxDays: 29 }) },
    "'lock.maxDays' must be between 30 and 36500, got 29",
  ],
  [
    "an irreversible lock that nobody has said yes to",
    { lock: VaultLock.compliance({ coolOffDays: 3, iUnderstandThisIsIrreversible: untyped(false) }) },
    "'lock.iUnderstandThisIsIrreversible' must be true for a compliance lock, got false; or take VaultLock.governance()",
  ],
  [
    "a cool-off of two days",
    { lock: VaultLock.compliance({ coolOffDays: 2, iUnderstandThisIsIrreversible: true }) },
    "'lock.coolOffDays' must be between 3 and 365, got 2",
  ],
  [
    "a cool-off without end",
    { lock: VaultLock.compliance({ coolOffDays: 366, iUnderstandThisIsIrreversible: true }) },
    "'lock.coolOffDays' must be between 3 and 365, got 366",
  ],
])("fails on %s", (_, props, message) => {
  expect(() => make(props)).toThrow(message);
});

test.each<[string, Partial<BackupsProps>]>([
  ["copyTo", { copyTo: "eu-central-1" }],
  ["copyToVault", { copyToVault: "arn:aws:backup:eu-west-1:444455556666:backup-vault:bunker" }],
  ["airGapped", { airGapped: { minDays: 7, maxDays: 400 } }],
])("fails on %s of what AWS Backup copies nowhere, with its reason", (prop, copies) => {
  const fixed = (stack: Construct) => new Fixed(stack, "payments");
  expect(() => synth((stack) => new Backups(stack, "backups", { of: [fixed(stack)], ...copies }))).toThrow(
    `test/backups: '${prop}' must be left out for what cannot be copied, got "test/payments"; ` +
      "no snapshot of it leaves the region; give it a Backups of its own, without a copy",
  );
  expect(() => synth((stack) => new Backups(stack, "backups", { of: [fixed(stack)] }))).not.toThrow();
});

test("fails on a construct that is named twice, in one plan or in two", () => {
  const message = "'of' must name each construct once, in one Backups, got";
  expect(() =>
    synth((stack) => {
      const ledger = new Ledger(stack, "ledger");
      new Backups(stack, "backups", { of: [ledger, ledger] });
    }),
  ).toThrow(`test/backups: ${message} "test/ledger, as test/backups does"`);
  expect(() =>
    synth((stack) => {
      const of = [new Ledger(stack, "ledger")];
      new Backups(stack, "first", { of });
      new Backups(stack, "second", { of });
    }),
  ).toThrow(`test/second: ${message} "test/ledger, as test/first does"`);
});

test("fails on a construct of another stack", () => {
  let ledger!: Ledger;
  expect(() =>
    synthAll({
      data: (stack) => (ledger = new Ledger(stack, "ledger")),
      test: (stack) => new Backups(stack, "backups", { of: [ledger] }),
    }),
  ).toThrow(
    `test/backups: 'of' must stand in the same stack as what is backed up, got "data/ledger"; back it up by a Backups in data`,
  );
});

test("fails on a construct that has nothing to be backed up, such as another plan", () => {
  class Scratch extends Construct implements Stateful {
    readonly protects: readonly Protected[] = [
      { type: "S3", arn: "arn:scratch", backUp: { no: "made anew every day" }, by: [] },
    ];
  }
  const message = "must name what has to be backed up, got";
  expect(() => synth((stack) => new Backups(stack, "backups", { of: [new Scratch(stack, "scratch")] }))).toThrow(
    `${message} "test/scratch"; leave it out`,
  );
  expect(() =>
    synth((stack) => {
      const inner = new Backups(stack, "inner", { of: [new Ledger(stack, "ledger")] });
      new Backups(stack, "backups", { of: [inner] });
    }),
  ).toThrow(`${message} "test/inner"`);
});
