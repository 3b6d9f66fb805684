import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ResiliencehubResiliencyPolicy } from "@cdktf/provider-aws/lib/resiliencehub-resiliency-policy";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import Ajv from "ajv";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Alarms } from "../../lib/alerting";
import { Measurement, Recoverable, Recoveries, ServiceGraph, Signals, Watchable, waive } from "../../lib/core";
import { Objectives, ObjectivesProps } from "../../lib/recovery";
import { Setting, synth, synthAll } from "../synth";

/** A pattern that the concern has never heard of. */
class Ledger extends Construct implements Recoverable, Watchable {
  readonly protects = [{ type: "Ledger", arn: "arn:aws:ledger:1", backUp: true as const, by: [] }];

  get recovers(): Recoveries {
    const source = "the ledger's handbook";
    const copy = {
      mechanism: "copy in another zone",
      rto: { value: "2 minutes", basis: "vendor-typical", source },
      rpo: { value: "0 seconds", basis: "vendor-typical", source },
      selfHealing: true,
    } as const;
    const restore = {
      mechanism: "restore",
      rto: { value: "1 hour", basis: "assumed", source },
      rpo: { value: "5 minutes", basis: "configured", source },
      selfHealing: false,
      gibPerHour: { value: 100, basis: "assumed", source },
    } as const;
    return { instance: [copy], zone: [copy], corruption: [restore] };
  }

  get signals() {
    const metric = { namespace: "Ledger", name: "Errors", statistic: "Sum" };
    return {
      errors: {
        kind: "errors",
        means: "the ledger fails",
        measure: { metric },
        bad: "above",
        page: 0,
        breaches: "2 of 3",
      },
    } satisfies Signals;
  }
}

type Goals = Omit<ObjectivesProps, "of">;

function ledger(goals: Goals, setting: Setting = { checks: true }, more?: (made: Objectives) => void) {
  return synth((stack) => more?.(filled(stack, goals)), setting);
}

function filled(stack: TerraformStack, goals: Goals): Objectives {
  const book = new Ledger(stack, "ledger");
  waive(book, "backed-up", { waived: "not the subject" });
  const notify = {
    page: "arn:aws:sns:eu-west-1:111122223333:page",
    ticket: "arn:aws:sns:eu-west-1:111122223333:ticket",
  };
  new Alarms(stack, "alarms", { notify }).watch(book);
  const books = new ServiceGraph(stack, "books", { runs: book });
  return new Objectives(stack, "objectives", { of: books, ...goals });
}

const verdicts = (goals: Goals, setting?: Setting) =>
  ledger(goals, setting, () => undefined).manifest.verdicts.filter(
    ({ safeguard }) => safeguard === "recovery-objective",
  );

test("an objective that the mechanisms keep is a promise kept, with its sum", () => {
  expect(verdicts({ zone: { rto: "2 minutes", rpo: "0 seconds" } })).toEqual([
    {
      safeguard: "recovery-objective",
      path: "test/objectives",
      outcome: "kept",
      message:
        "zone: back after 2 minutes, losing 0 seconds: test/ledger, copy in another zone: 2 minutes (vendor-typical)",
    },
  ]);
});

test("fails where an objective is out of reach, and names what takes longest", () => {
  expect(() => verdicts({ zone: { rto: "119 seconds", rpo: "0 seconds" } })).toThrow(
    "test/objectives: 'zone.rto' must be at least 2 minutes, which is test/ledger, copy in another zone: 2 minutes (vendor-typical), got \"119 seconds\"; test/ledger takes longest",
  );
});

test("warns where the posture lets promises be broken, and a waiver excuses them", () => {
  const goals: Goals = { zone: { rto: "1 minute", rpo: "0 seconds" } };
  expect(verdicts(goals, {})[0].outcome).toBe("warned");
  const excused = ledger(goals, { checks: true }, (made) =>
    waive(made, "recovery-objective", { waived: "the copy moves in March", until: "2027-03-31" }),
  );
  expect(excused.manifest.verdicts.find(({ path }) => path === "test/objectives")?.outcome).toBe("waived");
});

test("bad data is noticed as stated, decided on, and restored; the page of an outage does not count", () => {
  const [{ message }] = verdicts({ corruption: { detection: "30 minutes", rto: "2 hours", rpo: "5 minutes" } });
  expect(message).toContain("corruption: back after 105 minutes, losing 5 minutes");
});

test("where people act, a loss is noticed when the page rings: period times evaluation periods", () => {
  const { manifest } = ledger({ zone: { rto: "1 hour", rpo: "0 seconds" } }, { checks: true }, () => undefined);
  expect(manifest.alarms.find(({ urgency }) => urgency === "page")?.seconds).toBe(180);
});

describe("after the loss of a region something must lead requests to another one", () => {
  class Elsewhere extends Construct implements Recoverable {
    constructor(
      scope: Construct,
      id: string,
      private readonly leadsRequests?: boolean,
    ) {
      super(scope, id);
    }

    get recovers(): Recoveries {
      const figure = { value: "1 minute", basis: "configured", source: "the handbook" } as const;
      const { leadsRequests } = this;
      return { region: [{ mechanism: "twin", rto: figure, rpo: figure, selfHealing: true, leadsRequests }] };
    }
  }
  const region = { rto: "1 hour", rpo: "1 hour" } as const;
  const shifts = (fill: (stack: TerraformStack) => void, checks = false) =>
    synth(fill, { checks }).manifest.verdicts.filter(({ safeguard }) => safeguard === "traffic-shift");
  const served = (stack: TerraformStack) =>
    new ServiceGraph(stack, "orders", {
      entrance: new Elsewhere(stack, "entrance"),
      runs: new Elsewhere(stack, "work"),
    });

  test("it warns where nothing says that it does, and how that is declared", () => {
    const fill = (stack: TerraformStack) => void new Objectives(stack, "objectives", { of: served(stack), region });
    const message =
      "test/objectives: 'region' must count how requests to test/orders get to another region, got nothing; state region of a graph that runs a RegionFailover and needs test/orders; or waive \"traffic-shift\" with what leads them there, and how long it takes";
    expect(shifts(fill, true)).toMatchObject([{ outcome: "warned", message }]);
  });

  test("a service that is reached by what leads them says so, whatever its class", () => {
    const fill = (stack: TerraformStack) => {
      const runs = new Elsewhere(stack, "leader", true);
      const of = new ServiceGraph(stack, "reached", { runs, needs: [served(stack)] });
      new Objectives(stack, "objectives", { of, region });
    };
    expect(shifts(fill)).toMatchObject([
      { outcome: "kept", message: "requests are led to another region by test/leader, twin" },
    ]);
  });

  test("what takes no requests, or is asked for no region, needs none", () => {
    const work = (stack: TerraformStack) => new ServiceGraph(stack, "mill", { runs: new Elsewhere(stack, "work") });
    const of = (stack: TerraformStack, goals: Goals) =>
      void new Objectives(stack, "objectives", { of: goals.region ? work(stack) : served(stack), ...goals });
    expect(shifts((stack) => of(stack, { region }))).toEqual([]);
    expect(shifts((stack) => of(stack, { zone: region }))).toEqual([]);
  });
});

test("a measured restore replaces the assumed one", () => {
  const record = { construct: "ledger", mechanism: "restore", on: "2026-10-03", evidence: "job 4711", gibPerHour: 50 };
  const corruption = { detection: "30 minutes", rto: "2 hours", rpo: "5 minutes" } as const;
  expect(() => verdicts({ corruption, measured: [record] })).toThrow("must be at least 165 minutes");
});

test("a record that changes nothing is said aloud: whoever wrote it believes that it counts", () => {
  const corruption = { detection: "30 minutes", rto: "2 hours", rpo: "5 minutes" } as const;
  const record = { construct: "ledger", mechanism: "restore", on: "2026-10-03", evidence: "job 4711", gibPerHour: 200 };
  const said = (mechanism: string) => {
    const goals = { corruption, measured: [{ ...record, mechanism }] };
    return ledger(goals, { checks: true }, () => undefined).warnings.filter((each) => each.includes("measured"));
  };
  expect(said("restore")).toEqual([]);
  expect(said("PITR")).toEqual([
    "test/objectives: 'measured.mechanism' must be a way back of ledger: copy in another zone, restore, got \"PITR\"; the record of 2026-10-03 changes nothing; write it as recovers does, or delete it",
  ]);
  expect(said("copy in another zone")).toEqual([
    "test/objectives: 'measured.gibPerHour' must be left out of copy in another zone, whose time does not follow from its size, got 200; write rto",
  ]);
});

test("the objectives of instance, zone and corruption are a policy of AWS Resilience Hub, in its words", () => {
  const goals: Goals = {
    instance: { rto: "2 minutes", rpo: "0 seconds" },
    zone: { rto: "90 minutes", rpo: "30 seconds" },
    corruption: { detection: "1 hour", rto: "1 day", rpo: "1 hour" },
  };
  expect(ledger(goals, {}, () => undefined).the(ResiliencehubResiliencyPolicy).policy).toEqual([
    {
      az: [{ rto: "1h30m0s", rpo: "30s" }],
      hardware: [{ rto: "2m0s", rpo: "0s" }],
      software: [{ rto: "24h0m0s", rpo: "1h0m0s" }],
    },
  ]);
  const { zone } = goals;
  expect(ledger({ zone }, {}, () => undefined).all(ResiliencehubResiliencyPolicy)).toEqual({});
});

test("the manifest has objectives and components as its schema says", () => {
  const { manifest } = ledger({ zone: { rto: "1 hour", rpo: "0 seconds" } }, {}, () => undefined);
  const schema = JSON.parse(readFileSync(join(__dirname, "../../lib/review/manifest.schema.json"), "utf8"));
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);
  validate(manifest);
  expect(validate.errors).toBeNull();
  expect(manifest.recoveries[0].components).toMatchObject([{ path: "test/ledger", is: "Ledger", holdsData: true }]);
});

const good: Measurement = {
  construct: "ledger",
  mechanism: "restore",
  on: "2026-10-03",
  evidence: "job",
  rto: "1 hour",
};

test("records are JSON of a published schema", () => {
  const schema = JSON.parse(readFileSync(join(__dirname, "../../lib/review/measured.schema.json"), "utf8"));
  const validate = new Ajv({ strict: false }).compile(schema);
  expect(validate([good])).toBe(true);
  expect(validate([{ ...good, rto: "quickly" }])).toBe(false);
  expect(validate([{ ...good, rto: undefined }].map((each) => JSON.parse(JSON.stringify(each))))).toBe(false);
});

const zone = { rto: "1 hour", rpo: "0 seconds" } as const;

test.each<[string, Goals, string]>([
  ["no objective", {}, "'zone' must be given, or another objective"],
  ["a time that is none", { zone: { ...zone, rto: "soon" as "1 hour" } }, "'zone.rto' must be a number and a unit"],
  [
    "bad data that nobody says how to notice",
    { corruption: zone as never },
    "'corruption.detection' must be given, got nothing",
  ],
  ["a decision that never comes", { zone, decision: "8 days" }, "'decision' must be between 0 seconds and 7 days"],
  [
    "a record of another construct",
    { zone, measured: [{ ...good, construct: "cash" }] },
    "'measured.construct' must be one of test/ledger",
  ],
  ["a record of no day", { zone, measured: [{ ...good, on: "2026-13-01" }] }, "'measured.on' must be a day"],
  [
    "a record that says nothing",
    { zone, measured: [{ ...good, rto: undefined }] },
    "'measured' must hold rto, rpo or gibPerHour",
  ],
  [
    "a record without evidence",
    { zone, measured: [{ ...good, evidence: "" }] },
    "'measured[0].evidence' must not be empty",
  ],
  ["a rate of nothing", { zone, measured: [{ ...good, gibPerHour: 0 }] }, "'measured.gibPerHour' must be above 0"],
])("fails on %s", (_, goals, message) => {
  expect(() => verdicts(goals)).toThrow(message);
});

/** A pattern whose steps name a resource of its own. */
class Archive extends Construct implements Recoverable {
  private readonly topic: SnsTopic;

  constructor(scope: Construct, name: string) {
    super(scope, "archive");
    this.topic = new SnsTopic(this, "Resource", { name });
  }

  get recovers(): Recoveries {
    const source = "the handbook of the archive";
    const restore = {
      mechanism: "restore",
      rto: { value: "1 hour", basis: "assumed", source },
      rpo: { value: "5 minutes", basis: "configured", source },
      selfHealing: false,
      steps: [`Tell those who wait: aws sns publish --topic ${this.topic.name}.`],
    } as const;
    return { zone: [restore] };
  }
}

test("the plan of what stands in another stack names what is there, also where the same address is taken here", () => {
  let elsewhere: Archive;
  const { orders } = synthAll({
    archives: (stack) => {
      elsewhere = new Archive(stack, "ireland");
    },
    orders: (stack) => {
      const own = new Archive(stack, "frankfurt");
      const of = new ServiceGraph(stack, "service", { runs: own, needs: [elsewhere] });
      new Objectives(stack, "objectives", { of, zone: { rto: "4 hours", rpo: "5 minutes" } });
    },
  });
  const steps = orders.manifest.recoveries[0].components.map(({ path, recovers }) => [path, recovers.zone?.[0].steps]);
  expect(Object.fromEntries(steps)).toEqual({
    "archives/archive": ["Tell those who wait: aws sns publish --topic ireland."],
    "orders/archive": ["Tell those who wait: aws sns publish --topic frankfurt."],
  });
});
