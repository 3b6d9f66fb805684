import { Manifest } from "../../lib/review/manifest";
import { DeclaredRecovery, Way } from "../../lib/review/recovery/declared";
import { recoveryReport } from "../../lib/review/recovery/report";

const source = "a page";
const failover: Way = {
  mechanism: "failover",
  rto: { value: "2 minutes", basis: "vendor-typical", source },
  rpo: { value: "0 seconds", basis: "sla", source },
  selfHealing: true,
};
const restore: Way = {
  mechanism: "restore",
  rto: { value: "1 hour", basis: "assumed", source },
  rpo: { value: "5 minutes", basis: "configured", source },
  selfHealing: false,
  steps: ["Restore beside the old one: `aws rds restore-db-instance-to-point-in-time`.", "Point the service at it."],
};
const declared: DeclaredRecovery = {
  path: "s/objectives",
  of: "s/orders",
  takesRequests: true,
  owner: "the team",
  decision: { value: "15 minutes", basis: "assumed", source: "a habit" },
  goals: {
    zone: { rto: "1 minute", rpo: "0 seconds" },
    corruption: { rto: "2 hours", rpo: "5 minutes", detection: "30 minutes" },
  },
  components: [{ path: "s/database", is: "D", holdsData: true, recovers: { zone: [failover], corruption: [restore] } }],
  edges: [],
  measured: [],
};
const pages = recoveryReport({ stack: "s", recoveries: [declared], alarms: [] } as unknown as Manifest);

test("a stack without objectives gets no page", () => {
  expect(recoveryReport({ stack: "s", recoveries: [], alarms: [] } as unknown as Manifest)).toEqual({});
});

test("there is one derivation, and a plan for each loss with an objective", () => {
  expect(Object.keys(pages)).toEqual([
    "recovery.md",
    "recovery/objectives-zone.md",
    "recovery/objectives-corruption.md",
  ]);
});

test("the table tells what was asked, what was reckoned and the weakest number it rests on", () => {
  expect(pages["recovery.md"]).toContain(
    "| zone | 1 minute | 2 minutes | 0 seconds | 0 seconds | vendor-typical | **not met** |",
  );
  expect(pages["recovery.md"]).toContain(
    "| corruption | 2 hours | 105 minutes | 5 minutes | 5 minutes | assumed | met |",
  );
  expect(pages["recovery.md"]).toContain("> s/objectives: 'zone.rto' must be at least 2 minutes");
});

test("the times of a plan add up to the objective", () => {
  const times = [...pages["recovery/objectives-corruption.md"].matchAll(/^\|.*\| (\d+) (minutes?|hours?) \|$/gm)];
  const sum = times.reduce((total, [, count, unit]) => total + Number(count) * (unit.startsWith("hour") ? 60 : 1), 0);
  expect(sum).toBe(120);
});

test("what a person does is told step by step, as the pattern says it", () => {
  expect(pages["recovery/objectives-corruption.md"]).toContain(
    "1. Restore beside the old one:\n\n   ```sh\n   aws rds restore-db-instance-to-point-in-time\n   ```\n2. Point the service at it.",
  );
});

const fence = (of: string) => ({ steps: [`Stop ${of}: \`stop ${of}\`.`], holds: `Is ${of} off? \`look ${of}\`.` });
const region: DeclaredRecovery = {
  ...declared,
  goals: { region: { rto: "2 hours", rpo: "5 minutes" }, zone: { rto: "3 minutes", rpo: "0 seconds" } },
  components: [
    {
      path: "s/database",
      is: "D",
      holdsData: true,
      recovers: { region: [restore], zone: [failover] },
      fence: fence("db"),
    },
    { path: "s/fleet", is: "F", holdsData: false, recovers: { region: [failover] }, fence: fence("fleet") },
    { path: "t/queue", is: "Q", holdsData: false, recovers: { region: [failover] } },
  ],
  edges: [{ from: "s/fleet", to: "s/database", hard: true }],
};

test("a region that was given up is kept out: what serves first, then what is written to, each with its proof", () => {
  const plans = recoveryReport({ stack: "s", recoveries: [region], alarms: [] } as unknown as Manifest);
  const [, section] = plans["recovery/objectives-region.md"].split(/^## \d+\. Keep the lost region out$/m);
  const said = [...section.matchAll(/stop fleet|look fleet|stop db|look db|queue|stacks\/\S+ apply/g)].map(String);
  expect(said).toEqual(["stop fleet", "look fleet", "stop db", "look db", "stacks/s apply"]);
  // By somebody else, beside the steps that the objective counts, from the decision on.
  expect(plans["recovery/objectives-region.md"]).toMatch(
    /\| \d+ \| Keep the lost region out \| somebody beside the team \| \S.*\| \| beside the others \|/,
  );
  expect(plans["recovery/objectives-region.md"]).toContain('Everything under "Keep the lost region out" holds');
});

describe("several parts that people bring back at one time", () => {
  const long = { ...restore, rto: { ...restore.rto, value: "80 minutes" as const } };
  const part = (path: string, way: Way) => ({ path, is: "D", holdsData: true, recovers: { corruption: [way] } });
  const components = [part("s/files", restore), part("s/database", long)];
  const plan = recoveryReport({
    stack: "s",
    recoveries: [{ ...declared, components }],
    alarms: [],
  } as unknown as Manifest)["recovery/objectives-corruption.md"];

  test("are told to be begun together, what takes longest first", () => {
    expect(plan.indexOf("## 3. s/database")).toBeGreaterThan(0);
    expect(plan.indexOf("## 4. s/files")).toBeGreaterThan(plan.indexOf("## 3. s/database"));
    expect(plan).toContain("Steps 3 and 4 begin together");
  });

  test("one alone waits for nobody", () => {
    expect(pages["recovery/objectives-corruption.md"]).not.toContain("begin together");
  });
});

test("a plan that people follow says what to do where a command is refused, and how to end a wait for it", () => {
  expect(pages["recovery/objectives-corruption.md"]).toContain("end it with Ctrl-C");
  expect(pages["recovery/objectives-zone.md"]).not.toContain("Ctrl-C");
});

test("the way back to a region stands behind the recovery: data first, then the doors, the outermost last", () => {
  const failback = ["Switch over: `aws rds switchover`."];
  const [database, fleet] = region.components;
  const returning = { ...database, recovers: { region: [{ ...restore, failback }] } };
  const recoveries = [
    {
      ...region,
      goals: { region: { rto: "2 hours", rpo: "5 minutes" } },
      components: [returning, { ...fleet, path: "t/fleet" }],
      edges: [{ from: "t/fleet", to: "s/database", hard: true }],
    },
  ];
  const plan = recoveryReport({ stack: "s", recoveries, alarms: [] } as unknown as Manifest)[
    "recovery/objectives-region.md"
  ];
  const [recovery, later] = plan.split("## When what was lost may serve again");
  expect(recovery).not.toContain("switchover");
  expect([...later.matchAll(/aws rds switchover|stacks\/[a-z]/g)].map(([each]) => each)).toEqual([
    "aws rds switchover",
    "stacks/s",
    "stacks/t",
  ]);
});

describe("whether it is over is asked of alarms", () => {
  const alarm = { name: "s-page", path: "s/entrance", urgency: "page", sees: "", summary: "" };
  const planOf = (stack: string, scenario: "account" | "region" | "corruption", way: Way) => {
    const goals = { [scenario]: { rto: "9 hours", rpo: "1 hour", detection: "1 hour" } };
    const components = [{ path: "s/database", is: "D", holdsData: true, recovers: { [scenario]: [way] } }];
    const recoveries = [{ ...declared, goals, components, takesRequests: false }];
    const manifest = { stack, recoveries, alarms: [alarm], services: [], place: { region: "eu-central-1" } };
    return recoveryReport(manifest as unknown as Manifest)[`recovery/objectives-${scenario}.md`];
  };

  test("of the stack, where it is still there", () => {
    expect(planOf("s", "corruption", restore)).toContain("--alarm-name-prefix s-");
  });

  test("of all that serves in the other region, where that one is lost", () => {
    expect(planOf("failover", "region", restore)).toContain("describe-alarms --region eu-central-1");
    expect(planOf("failover", "region", restore)).not.toContain("--alarm-name-prefix");
  });

  test("of none that are lost with the region or the account", () => {
    expect(planOf("s", "region", restore)).not.toContain("describe-alarms");
    expect(planOf("s", "account", restore)).not.toContain("describe-alarms");
  });
});

test("a zone is not kept out: it comes back with what it had", () => {
  const plans = recoveryReport({ stack: "s", recoveries: [region], alarms: [] } as unknown as Manifest);
  expect(plans["recovery/objectives-zone.md"]).not.toContain("Keep the lost region out");
});

test("what should come back by itself says how to see that, and what is next where it does not", () => {
  const components = [{ ...declared.components[0], recovers: { zone: [failover, restore] } }];
  const goals = { zone: declared.goals.zone };
  const alarm = { name: "s-database-down", path: "s/database", signal: "down", urgency: "page" };
  const alone = { stack: "s", alarms: [alarm], place: { region: "eu-west-1" } };
  const plan = (recoveries: readonly DeclaredRecovery[]) =>
    recoveryReport({ ...alone, recoveries } as unknown as Manifest)["recovery/objectives-zone.md"];
  const text = plan([{ ...declared, goals, components }]);
  expect(text).toContain("Nobody has to act: each step comes by itself.");
  expect(text).toContain("--alarm-names s-database-down");
  expect(text).toContain(
    "<summary>restore, within 1 hour, losing 5 minutes</summary>\n\n1. Restore beside the old one:",
  );
  // Without another way back, its runbooks are what is left.
  expect(plan([{ ...declared, goals }])).toContain("go by [its runbooks](../runbooks/README.md#database)");
});

test("nobody is sent to alarms of the region that is lost, but to those of a stack outside of it", () => {
  const alarms = [{ name: "s-database-down", path: "s/database", signal: "down", urgency: "page" }];
  const goals = { region: { rto: "1 hour", rpo: "0 seconds" }, zone: { rto: "1 hour", rpo: "0 seconds" } } as const;
  const components = [{ ...declared.components[0], recovers: { region: [failover], zone: [failover] } }];
  const pagesOf = (stack: string) =>
    recoveryReport({
      stack,
      place: { region: "eu-west-1" },
      recoveries: [{ ...declared, goals, components }],
      alarms,
    } as unknown as Manifest);
  const asks = "aws cloudwatch describe-alarms --region eu-west-1";
  expect(pagesOf("s")["recovery/objectives-region.md"]).not.toContain(asks);
  expect(pagesOf("s")["recovery/objectives-region.md"]).toContain("those of what was lost are lost with it");
  expect(pagesOf("s")["recovery/objectives-zone.md"]).toContain(asks);
  expect(pagesOf("elsewhere")["recovery/objectives-region.md"]).toContain(asks);
});

test("what nobody measures is noticed sooner by a check, and by no alarm", () => {
  const corruption = { rto: "80 minutes", rpo: "5 minutes", detection: "30 minutes" } as const;
  const quick = { ...restore, rto: { ...restore.rto, value: "10 minutes" as const } };
  const components = [{ ...declared.components[0], recovers: { corruption: [quick] } }];
  const late = { ...declared, goals: { corruption: { ...corruption, rto: "50 minutes" as const } }, components };
  const report = recoveryReport({ stack: "s", recoveries: [late], alarms: [] } as unknown as Manifest);
  expect(report["recovery.md"]).toContain("notice it within 25 minutes, by a check that is made so often");
});

test("bad data are stopped from being written before anything is restored", () => {
  const plan = pages["recovery/objectives-corruption.md"];
  expect(plan.indexOf("Stop what writes the bad data")).toBeGreaterThan(0);
  expect(plan.indexOf("Stop what writes the bad data")).toBeLessThan(plan.indexOf("Restore beside the old one"));
  expect(pages["recovery/objectives-zone.md"]).not.toContain("bad data");
});

test("writes after the last good moment are told apart from the RPO", () => {
  expect(pages["recovery.md"]).toContain("(up to 30 minutes) has to be carried over by hand, or is lost");
});
