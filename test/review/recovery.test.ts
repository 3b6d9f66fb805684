import fc from "../property";
import { Duration, inWords, seconds } from "../../lib/core";
import { DeclaredAlarm } from "../../lib/review/manifest";
import { DeclaredRecovery, Measurement, Reckoned, Way } from "../../lib/review/recovery/declared";
import { faultsOf } from "../../lib/review/recovery/explain";
import { shorten } from "../../lib/review/recovery/mend";
import { withMeasured } from "../../lib/review/recovery/measured";
import { noticedAfter } from "../../lib/review/recovery/noticed";
import { reckon } from "../../lib/review/recovery/reckon";
import { hasty } from "../../lib/review/recovery/stated";

const MINUTE = 60;
const figure = (length: number, basis = "vendor-typical"): Reckoned => ({
  value: inWords(length),
  basis,
  source: "a page",
});
const byItself = (rto: number, rpo = 0, mechanism = "failover"): Way => {
  return { mechanism, rto: figure(rto), rpo: figure(rpo), selfHealing: true };
};
const byHand = (rto: number, rpo = 0, mechanism = "restore"): Way => ({
  ...byItself(rto, rpo, mechanism),
  selfHealing: false,
});
const NOTICED = figure(5 * MINUTE, "configured");

type Ways = Readonly<Record<string, readonly Way[]>>;

/** A service of which each component needs the one before it: data first. */
function chain(
  ways: Ways,
  goal: { rto: number; rpo: number },
  extra: Partial<DeclaredRecovery> = {},
): DeclaredRecovery {
  const paths = Object.keys(ways);
  return {
    path: "s/objectives",
    of: "s/orders",
    takesRequests: true,
    owner: "team",
    decision: figure(15 * MINUTE, "assumed"),
    goals: { region: { rto: inWords(goal.rto), rpo: inWords(goal.rpo) } },
    components: paths.map((path) => ({ path, is: "Part", holdsData: true, recovers: { region: ways[path] } })),
    edges: paths.slice(1).map((from, index) => ({ from, to: paths[index], hard: true })),
    measured: [],
    ...extra,
  };
}

const outcome = (declared: DeclaredRecovery) => reckon(declared, "region", NOTICED);

test("what heals by itself needs nobody to notice or decide: the longest path alone counts", () => {
  const declared = chain(
    { database: [byItself(120)], fleet: [byItself(30)], entrance: [byItself(90)] },
    { rto: 300, rpo: 0 },
  );
  expect(outcome(declared)).toMatchObject({ rto: 240, rpo: 0, meetsRto: true, meetsRpo: true });
});

test("three components that people bring back are noticed once and decided once: 84 minutes, not 119", () => {
  const ways = { database: [byHand(44 * MINUTE)], fleet: [byHand(15 * MINUTE)], entrance: [byHand(5 * MINUTE)] };
  const declared = chain(ways, { rto: 84 * MINUTE, rpo: 0 });
  const { rto, path } = outcome(declared);
  expect(rto).toBe(84 * MINUTE);
  expect(path.map(({ what }) => what)).toEqual(["detection", "decision", "database", "fleet", "entrance"]);
  expect(path.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(rto);
});

test("what does not need each other comes back at the same time", () => {
  const declared: DeclaredRecovery = {
    ...chain(
      { database: [byHand(60 * MINUTE)], queue: [byHand(10 * MINUTE)], fleet: [byHand(5 * MINUTE)] },
      { rto: 0, rpo: 0 },
    ),
    edges: [
      { from: "fleet", to: "database", hard: true },
      { from: "fleet", to: "queue", hard: true },
    ],
  };
  const { rto, path } = outcome(declared);
  expect(rto).toBe(85 * MINUTE);
  expect(path.map(({ what }) => what)).toEqual(["detection", "decision", "database", "fleet"]);
});

test("a soft dependency is not waited for", () => {
  const declared = chain({ cache: [byItself(600)], fleet: [byItself(30)] }, { rto: 600, rpo: 0 });
  const soft = { ...declared, edges: declared.edges.map((edge) => ({ ...edge, hard: false })) };
  expect(outcome(declared).rto).toBe(630);
  expect(outcome(soft).rto).toBe(600);
});

test("a restart that must grow to the load is back when it carries the load", () => {
  const way = { ...byItself(60), scaleUp: figure(5 * MINUTE, "assumed") };
  expect(outcome(chain({ fleet: [way] }, { rto: 0, rpo: 0 })).rto).toBe(6 * MINUTE);
});

test("a time rests on the weaker of what it is made of", () => {
  const way = { ...byItself(60), rto: figure(60, "assumed"), scaleUp: figure(5 * MINUTE, "configured") };
  const [term] = outcome(chain({ fleet: [way] }, { rto: 0, rpo: 0 })).path;
  expect(term.figure).toEqual({ basis: "assumed", source: "a page; then 5 minutes to carry the load: a page" });
});

test("one mechanism must meet RTO and RPO together: a fast one that loses too much does not count", () => {
  const ways = { database: [byItself(60, 300, "replica"), byHand(3600, 0, "log shipping")] };
  expect(outcome(chain(ways, { rto: 600, rpo: 300 }))).toMatchObject({ rto: 60, meetsRto: true, meetsRpo: true });
  expect(outcome(chain(ways, { rto: 600, rpo: 0 }))).toMatchObject({
    rto: 80 * MINUTE,
    meetsRto: false,
    meetsRpo: true,
  });
});

test("a way that needs nobody wins over a faster one for which people must be called", () => {
  const ways = { database: [byItself(10 * MINUTE), byHand(2 * MINUTE)] };
  expect(outcome(chain(ways, { rto: 900, rpo: 0 })).rto).toBe(10 * MINUTE);
});

test("fails just above what the mechanisms give, and holds at it", () => {
  const ways = { database: [byHand(60 * MINUTE, 300)] };
  const at = (rto: number, rpo: number) => {
    const declared = chain(ways, { rto, rpo });
    return faultsOf(declared, outcome(declared));
  };
  expect(at(80 * MINUTE, 300)).toEqual([]);
  expect(at(80 * MINUTE - 1, 300)).toEqual([
    "s/objectives: 'region.rto' must be at least 80 minutes, which is detection: 5 minutes (configured) + decision: 15 minutes (assumed) + database, restore: 1 hour (vendor-typical), got \"4799 seconds\"; database takes longest: a way back within 3599 seconds would meet it, or state at least 80 minutes",
  ]);
  expect(at(80 * MINUTE, 299)[0]).toContain(
    "'region.rpo' must be at least 5 minutes, which database loses by restore (vendor-typical), got \"299 seconds\"",
  );
});

test("fails with all that takes too long side by side: to mend one of them would not do", () => {
  const declared: DeclaredRecovery = {
    ...chain(
      { database: [byHand(90 * MINUTE)], queue: [byHand(80 * MINUTE)], fleet: [byHand(5 * MINUTE)] },
      { rto: 60 * MINUTE, rpo: 0 },
    ),
    edges: [
      { from: "fleet", to: "database", hard: true },
      { from: "fleet", to: "queue", hard: true },
    ],
  };
  const [fault] = faultsOf(declared, outcome(declared));
  expect(fault).toContain("database takes longest: a way back within 35 minutes, and one of queue within 35 minutes");
  const mended = ["database", "queue"].reduce((all, path) => {
    const components = all.components.map((each) =>
      each.path === path ? { ...each, recovers: { region: [byHand(35 * MINUTE)] } } : each,
    );
    return { ...all, components };
  }, declared);
  expect(outcome(mended)).toMatchObject({ rto: 60 * MINUTE, meetsRto: true });
});

test("fails with all that lose too much, the worst one first", () => {
  const ways = { files: [byItself(60, 180, "replica")], ledger: [byItself(60, 420, "copy")], fleet: [byItself(60)] };
  const declared = chain(ways, { rto: 3600, rpo: 60 });
  expect(faultsOf(declared, outcome(declared))).toEqual([
    "s/objectives: 'region.rpo' must be at least 7 minutes, which ledger loses by copy (vendor-typical), got \"1 minute\"; a way back that loses at most 1 minute would meet it, such as a synchronous replica, for ledger and files alike; or state what is true",
  ]);
});

test("fails on bad data with what helps against bad data: no replica does", () => {
  const declared: DeclaredRecovery = {
    ...chain({}, { rto: 0, rpo: 0 }),
    goals: { corruption: { rto: "4 hours", rpo: "5 minutes", detection: "30 minutes" } },
    components: [
      { path: "files", is: "Files", holdsData: true, recovers: { corruption: [byHand(3600, 86_400)] } },
      { path: "notes", is: "Notes", holdsData: true, recovers: { zone: [byItself(60)] } },
    ],
  };
  const faultsWith = (components: DeclaredRecovery["components"]) => {
    const asked = { ...declared, components };
    return faultsOf(asked, reckon(asked, "corruption", figure(1800)));
  };
  const [files, notes] = declared.components;
  expect(faultsWith([files])[0]).toContain("such as point-in-time recovery, or backups more often");
  expect(faultsWith([notes])[0]).toContain("give it a way back (point-in-time recovery, a backup)");
});

test("fails by name where a part has no way back", () => {
  const declared = chain({ database: [byItself(60)], fleet: [] }, { rto: 3600, rpo: 3600 });
  expect(faultsOf(declared, outcome(declared))).toEqual([
    "s/objectives: 'region' must have a way back for fleet, got nothing; it comes back from region: give it a way back (a replica or a copy of its backups in another region; of what holds no data, twoRegions), or take the objective out",
  ]);
});

test("fails on a decision that takes longest, and says how fast it would have to be", () => {
  const declared = chain({ database: [byHand(60)] }, { rto: 10 * MINUTE, rpo: 0 });
  expect(faultsOf(declared, outcome(declared))[0]).toContain(
    "decision takes longest: decide within 4 minutes, or take a mechanism that acts by itself",
  );
});

test("what holds no data takes no part in the recovery from bad data", () => {
  const restore = byHand(3600, 300);
  const declared: DeclaredRecovery = {
    ...chain({}, { rto: 0, rpo: 0 }),
    goals: { corruption: { rto: "4 hours", rpo: "5 minutes", detection: "30 minutes" } },
    components: [
      { path: "database", is: "Postgres", holdsData: true, recovers: { corruption: [restore] } },
      { path: "fleet", is: "Fleet", holdsData: false, recovers: {} },
    ],
    edges: [{ from: "fleet", to: "database", hard: true }],
  };
  expect(reckon(declared, "corruption", figure(1800))).toMatchObject({
    lost: [],
    rto: 105 * MINUTE,
    rpo: 300,
    meetsRto: true,
  });
});

describe("a loss is noticed", () => {
  const declared = chain({ database: [], entrance: [] }, { rto: 0, rpo: 0 });
  const alarm = (path: string, seconds: number, urgency: "page" | "ticket" = "page"): DeclaredAlarm => {
    return { name: `${path}-${seconds}`, address: "a", path, urgency, seconds, notifies: true };
  };
  const goal = { rto: "1 hour", rpo: "0 seconds" } as const;

  test("by the fastest page of what nothing else needs", () => {
    const alarms = [
      alarm("database", 60),
      alarm("entrance", 300),
      alarm("entrance", 180),
      alarm("entrance", 60, "ticket"),
    ];
    expect(noticedAfter(declared, "zone", alarms)).toMatchObject({ value: "3 minutes", basis: "configured" });
  });

  test("as stated, where somebody states it", () => {
    const stated = { ...declared, goals: { zone: { ...goal, detection: "30 minutes" } } } as const;
    expect(noticedAfter(stated, "zone", [alarm("entrance", 60)]).value).toBe("30 minutes");
  });

  test("late, where nothing pages", () => {
    expect(noticedAfter(declared, "zone", [alarm("database", 60)])).toMatchObject({
      value: "15 minutes",
      basis: "assumed",
    });
  });

  test("late, where the alarm is lost with its region; by one in another region as fast as it rings", () => {
    const here = alarm("entrance", 60);
    const outside = { ...alarm("entrance", 150), region: "us-east-1" };
    expect(noticedAfter(declared, "region", [here])).toMatchObject({ value: "15 minutes", basis: "assumed" });
    expect(noticedAfter(declared, "region", [here, outside]).value).toBe("150 seconds");
    // Whoever has lost the account has lost its alarms in all regions.
    expect(noticedAfter(declared, "account", [here, outside]).value).toBe("15 minutes");
  });
});

describe("a stated detection is judged by the first page that rings", () => {
  const of = (scenario: "zone" | "region" | "corruption" | "account", detection: Duration, way = byHand(60)) => {
    const declared = chain({ database: [], entrance: [] }, { rto: 0, rpo: 0 });
    const goal = { rto: "1 hour", rpo: "0 seconds", detection } as const;
    const components = declared.components.map((each) => ({ ...each, recovers: { [scenario]: [way] } }));
    return { ...declared, components, goals: { [scenario]: goal } };
  };
  const page = (path: string, seconds: number, soonest?: number): DeclaredAlarm => {
    return { name: `${path}-page`, address: "a", path, urgency: "page", seconds, soonest, notifies: true };
  };
  const FACTS = { alarms: [page("database", 300, 240), page("entrance", 360)], services: [], objectives: [] };
  const judged = (declared: DeclaredRecovery, facts: Partial<typeof FACTS> | object = {}) => {
    const [scenario] = Object.keys(declared.goals) as ["zone"];
    const noticed = { ...figure(60), value: declared.goals[scenario]!.detection! };
    return hasty(declared, reckon(declared, scenario, noticed), { ...FACTS, ...facts });
  };

  test("fails a second below it, naming alarm, time and mend", () => {
    expect(judged(of("zone", "4 minutes"))).toEqual([]);
    expect(judged(of("zone", "239 seconds"))).toEqual([
      "s/objectives: 'zone.detection' must be at least 4 minutes, in which the first page rings, database-page, got \"239 seconds\"; let that alarm ring sooner (period, breaches), or state 4 minutes",
    ]);
  });

  test("of bad data, and where the alarms are lost, people may know before: they are believed", () => {
    expect(judged(of("corruption", "1 second"))).toEqual([]);
    expect(judged(of("account", "1 second"))).toEqual([]);
    expect(judged(of("region", "1 second"))).toEqual([]);
    const outside = { ...page("entrance", 150), region: "us-east-1" };
    expect(judged(of("region", "149 seconds"), { alarms: [outside] })).toHaveLength(1);
    expect(judged(of("region", "150 seconds"), { alarms: [outside] })).toEqual([]);
  });

  test("without a page, and where nobody has to notice, anything may be stated", () => {
    expect(judged(of("zone", "1 second"), { alarms: [] })).toEqual([]);
    expect(judged(of("zone", "1 second", byItself(60)))).toEqual([]);
  });

  test("what is part of another service tells nothing of this one; what is part of none does, as a canary", () => {
    const canary = page("canary", 120);
    const other = { path: "s/mail", runs: ["canary"], needs: [], prefers: [], edges: [], recoveryOrder: [] };
    expect(judged(of("zone", "2 minutes"), { alarms: [...FACTS.alarms, canary] })).toEqual([]);
    expect(judged(of("zone", "2 minutes"), { alarms: [...FACTS.alarms, canary], services: [other] })).toHaveLength(1);
  });
});

describe("what was measured replaces what was assumed", () => {
  const restore: Way = {
    ...byHand(2 * 3600, 300, "point-in-time restore"),
    rto: figure(2 * 3600, "assumed"),
    gibPerHour: { value: 100, basis: "assumed", source: "a guess" },
  };
  const record = (values: Partial<Measurement>): Measurement => {
    return {
      construct: "database",
      mechanism: "point-in-time restore",
      on: "2026-10-03",
      evidence: "job 1",
      ...values,
    };
  };

  test("a restore as a rate, the worst of all records", () => {
    const records = [
      record({ gibPerHour: 400 }),
      record({ gibPerHour: 50, on: "2026-09-01" }),
      record({ gibPerHour: 80 }),
    ];
    expect(withMeasured("s/database", restore, records)).toMatchObject({
      rto: { value: "4 hours", basis: "measured", source: "200 GiB at 50 GiB an hour, measured on 2026-09-01: job 1" },
    });
  });

  test("a restore to the second: a small one is no longer than its size says", () => {
    const small = { ...restore, rto: figure(7 * 36, "assumed") };
    expect(withMeasured("s/database", small, [record({ gibPerHour: 10 })]).rto.value).toBe("42 minutes");
    expect(withMeasured("s/database", small, [record({ gibPerHour: 90 })]).rto.value).toBe("280 seconds");
  });

  test("a restore that was timed without its size betters nothing, since data grow; one that took longer counts", () => {
    const timed = (rto: Duration) => withMeasured("s/database", restore, [record({ rto })]).rto;
    expect(timed("12 minutes")).toEqual(restore.rto);
    expect(timed("3 hours")).toMatchObject({ value: "3 hours", basis: "measured" });
  });

  test("of this mechanism of this construct only", () => {
    const others = [
      record({ gibPerHour: 1, mechanism: "snapshot" }),
      record({ gibPerHour: 1, construct: "other-database" }),
    ];
    expect(withMeasured("s/database", restore, others)).toBe(restore);
  });

  test("but a good day does not better what follows from the settings, while a bad one counts", () => {
    const failover = { ...byItself(90, 0, "point-in-time restore"), rto: figure(90, "configured") };
    expect(withMeasured("s/database", failover, [record({ rto: "20 seconds" })]).rto.value).toBe("90 seconds");
    expect(withMeasured("s/database", failover, [record({ rto: "200 seconds" })]).rto.value).toBe("200 seconds");
  });

  test("never below the floor, and what is copied later always loses something", () => {
    const replica: Way = { ...restore, gibPerHour: undefined, floor: { rto: figure(60, "configured") } };
    const { rto, rpo } = withMeasured("s/database", replica, [record({ rto: "5 seconds", rpo: "0 seconds" })]);
    expect([rto.value, rpo.value]).toEqual(["1 minute", "1 second"]);
  });
});

const aWay = fc
  .record({ rto: fc.nat(7200), rpo: fc.nat(600), selfHealing: fc.boolean() })
  .map(({ rto, rpo, selfHealing }) => {
    return selfHealing ? byItself(rto, rpo) : byHand(rto, rpo);
  });
const someWays = fc.array(fc.array(aWay, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 });
const aGoal = fc.record({ rto: fc.nat(10_800), rpo: fc.nat(600) });
const named = (ways: readonly (readonly Way[])[]): Ways =>
  Object.fromEntries(ways.map((each, index) => [`part-${index}`, each]));

test("another way back never makes a verdict worse", () => {
  fc.assert(
    fc.property(someWays, aWay, fc.nat(4), aGoal, (ways, another, at, goal) => {
      const more = ways.map((each, index) => (index === at % ways.length ? [...each, another] : each));
      const [before, after] = [ways, more].map((each) => outcome(chain(named(each), goal)));
      if (before.meetsRpo) {
        expect(after.meetsRpo).toBe(true);
        expect(after.rto).toBeLessThanOrEqual(before.rto);
      }
      if (before.meetsRto && before.meetsRpo) expect(after.meetsRto).toBe(true);
    }),
  );
});

test("what is said to meet an objective meets it, whatever the graph", () => {
  fc.assert(
    fc.property(someWays, fc.array(fc.tuple(fc.nat(4), fc.nat(4))), aGoal, (ways, drawn, goal) => {
      const edges = drawn
        .filter(([a, b]) => a !== b && a < ways.length && b < ways.length)
        .map(([a, b]) => ({ from: `part-${Math.max(a, b)}`, to: `part-${Math.min(a, b)}`, hard: true }));
      const declared = { ...chain(named(ways), { ...goal, rpo: 600 }), edges };
      const before = outcome(declared);
      const told = shorten(declared, before) ?? [];
      fc.pre(told.length > 0);
      const chosen = new Map(before.schedule.flatMap(({ what, way }) => (way ? [[what, way] as const] : [])));
      const length = (what: string, otherwise: number) => told.find((each) => each.what === what)?.length ?? otherwise;
      const mended: DeclaredRecovery = {
        ...declared,
        decision: figure(length("decision", 15 * MINUTE)),
        components: declared.components.map((each) => {
          const way = chosen.get(each.path)!;
          const rto = figure(length(each.path, seconds(way.rto.value)));
          return { ...each, recovers: { region: [{ ...way, rto }] } };
        }),
      };
      expect(reckon(mended, "region", figure(length("detection", 5 * MINUTE))).meetsRto).toBe(true);
    }),
  );
});

test("the terms of the longest path follow each other and add up, whatever the graph", () => {
  fc.assert(
    fc.property(someWays, fc.array(fc.tuple(fc.nat(4), fc.nat(4))), aGoal, (ways, drawn, goal) => {
      const edges = drawn
        .filter(([a, b]) => a !== b && a < ways.length && b < ways.length)
        .map(([a, b]) => ({ from: `part-${Math.max(a, b)}`, to: `part-${Math.min(a, b)}`, hard: true }));
      const { path, rto, schedule } = outcome({ ...chain(named(ways), goal), edges });
      expect(path.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(rto);
      path.slice(1).forEach(({ from }, index) => expect(from).toBe(path[index].to));
      for (const { from, to } of edges) {
        const [first, second] = [to, from].map((what) => schedule.find((term) => term.what === what)!);
        expect(second.from).toBeGreaterThanOrEqual(first.to);
      }
    }),
  );
});
