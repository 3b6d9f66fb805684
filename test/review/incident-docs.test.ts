import { TerraformStack } from "cdktf";
import { Alarms, Incidents } from "../../lib/alerting";
import { Procedures, Recoveries, ServiceGraph } from "../../lib/core";
import { Objectives } from "../../lib/recovery";
import { incidentReport } from "../../lib/review/incidents/report";
import { Manifest } from "../../lib/review/manifest";
import { SEVERITIES } from "../../lib/review/severities";
import { Slo } from "../../lib/slo";
import { ERRORS, Mill, NOTIFY } from "../alerting/mill";
import { Gate } from "../slo/service";
import { synth } from "../synth";

/** Comes back by itself from the loss of a zone, and offers to take its last change back. */
class Shop extends Mill {
  readonly recovers: Recoveries = {
    zone: [
      {
        mechanism: "the others carry on",
        rto: { value: "30 seconds", basis: "assumed", source: "made up" },
        rpo: { value: "0 seconds", basis: "assumed", source: "made up" },
        selfHealing: true,
      },
    ],
  };
  readonly procedures: Procedures = {
    rollback: { title: "Sell as before", why: "It worked.", steps: [{ do: "Turn the sign." }] },
  };
}

function orders(stack: TerraformStack): void {
  const alarms = new Alarms(stack, "alarms", { notify: NOTIFY });
  const [gate, shop] = [
    new Gate(stack, "gate"),
    new Shop(stack, "shop", { broken: { ...ERRORS, page: 5, ticket: 1 } }),
  ];
  const of = new ServiceGraph(stack, "orders", { runs: shop });
  const incidents = new Incidents(stack, "incidents", { of: [of] });
  for (const pattern of [shop, incidents]) alarms.watch(pattern);
  new Slo(stack, "answered", { objective: 99.9, of, indicator: gate.indicators.availability, alarms });
  new Objectives(stack, "objectives", { of, owner: "the shop's lead", zone: { rto: "5 minutes", rpo: "0 seconds" } });
}

/** A stack that only has something to watch. */
function mill(stack: TerraformStack): void {
  new Alarms(stack, "alarms", { notify: NOTIFY }).watch(new Mill(stack, "mill", { broken: { ...ERRORS, page: 0 } }));
}

const { manifest } = synth(orders);
const { "incident-response.md": guide, "post-incident-review.md": review } = incidentReport(manifest);
const bare = incidentReport(synth(mill).manifest);

test("the guide says of each severity how fast, who is told, and how many alarms begin as one", () => {
  for (const { name, respondsWithin } of SEVERITIES)
    expect(guide).toMatch(new RegExp(`\\| ${name} \\| .* \\| ${respondsWithin} \\|`));
  const pages = manifest.alarms.filter(({ urgency, signal }) => urgency === "page" && signal !== undefined);
  expect(guide).toContain(`each page (${pages.length} alarms here)`);
});

test("each severity that users feel has a time for the next word, and a review", () => {
  for (const { name, reviewed, updates } of SEVERITIES) {
    expect([name, updates !== undefined]).toEqual([name, reviewed]);
    if (updates !== undefined) expect(guide).toContain(`| ${name} | every ${updates} |`);
  }
});

test("the first minutes have a command for all that is on now", () => {
  expect(guide).toContain(
    "describe-alarms --region eu-west-1 --alarm-types MetricAlarm CompositeAlarm --state-value ALARM --alarm-name-prefix test- ",
  );
  const others = { ...manifest, alarms: [{ ...manifest.alarms[0], name: "elsewhere" }] };
  expect(incidentReport(others)["incident-response.md"]).not.toContain("--alarm-name-prefix");
});

test("the first minutes are one list, in order, with what was changed lately", () => {
  const [, list] = /## The first 15 minutes\n\n([^]*?)\n\n## /.exec(guide) ?? ["", ""];
  expect([...list.matchAll(/^(\d)\. \*\*Minute (\d+)\./gm)].map(([, step]) => Number(step))).toEqual([
    1, 2, 3, 4, 5, 6, 7,
  ]);
  expect(list).toMatch(/^ {3}aws cloudtrail lookup-events/m);
});

test("the guide leads to what takes a change back, and to the plan for each loss with its leader", () => {
  expect(guide).toContain("- `shop`: [Sell as before](runbooks/shop/rollback.md)");
  expect(guide).toContain(
    "| test/orders | Loss of one zone | 5 minutes | 0 seconds | the shop's lead | [plan](recovery/objectives-zone.md) |",
  );
});

test("a stack without a plan or an on-call says so, and does not keep silent", () => {
  const text = bare["incident-response.md"];
  expect(text).toContain(
    "No objective of recovery is declared in this stack, so there is no plan. Nothing here declares a way back.",
  );
  expect(text).toContain("Who is on call is not declared in this stack");
});

test("who is on call stands in the guide", () => {
  const onCall = [{ path: "test/on-call", levels: [{ tell: ["test/primary"], within: "5 minutes" }], repeats: 2 }];
  const text = incidentReport({ ...manifest, onCall })["incident-response.md"];
  expect(text).toContain("1. `test/primary`: 5 minutes to acknowledge.\n2. Nobody answered: it begins again, 2 times.");
});

test("the review asks for timeline, times, contributing factors, and actions with owner and day", () => {
  const sections = [...review.matchAll(/^## (.*)$/gm)].map(([, title]) => title);
  expect(sections).toEqual(
    expect.arrayContaining(["Impact", "Timeline", "Times", "Contributing factors", "Action items"]),
  );
  expect(review).toContain("| what is done | so that we | owner | until | ticket |");
  expect(review).toMatch(/\| To detect \(MTTD is their mean\) \|/);
  expect(review).toMatch(/\| To recover \(MTTR is their mean\) \|/);
});

test("the review knows what the stack promised: what an hour costs, how soon it should page, how fast it should be back", () => {
  expect(review).toContain(
    "| answered | 99.9 % of requests over 30 days are good | An hour in which nothing is good spends 139 %",
  );
  const fires = manifest.objectives[0].windows
    .filter(({ urgency }) => urgency === "page")
    .map(({ firesAfter }) => firesAfter);
  expect(review).toContain(`a total outage pages after ${Math.ceil(Math.min(...fires))} seconds`);
  expect(review).toContain("by loss: zone 5 minutes");
  expect(bare["post-incident-review.md"]).toContain("| began to noticed | no objective says |");
});

test("where incidents are measured the review leads to what was measured", () => {
  expect(review).toContain("What the alarms say, by month: [saved queries](runbooks/queries.md).");
  expect(bare["post-incident-review.md"]).not.toContain("queries.md");
});

test("a stack that tells nobody of anything has no such pages", () => {
  const silent = { ...manifest, alarms: [], objectives: [], constructs: [] } satisfies Manifest;
  expect(incidentReport(silent)).toEqual({});
});
