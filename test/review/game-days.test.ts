import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { Alarms } from "../../lib/alerting";
import { Experiments } from "../../lib/chaos";
import { Fleet } from "../../lib/compute";
import { ServiceGraph } from "../../lib/core";
import { Table } from "../../lib/data";
import { Objectives } from "../../lib/recovery";
import { LoadBalancer } from "../../lib/traffic";
import { gameDays } from "../../lib/review/recovery/experiments/report";
import { Manifest } from "../../lib/review/manifest";
import { Change, Ledger, OUTAGE, books } from "../chaos/ledger";
import { network, synth } from "../synth";

const TOPIC = "arn:aws:sns:eu-west-1:111122223333:page";

const told = (change: Change = {}): Manifest => synth((stack) => books(stack, change)).manifest;
const page = (change?: Change) => gameDays(told(change))["game-days.md"];

test("a stack without experiments gets no page", () => {
  expect(gameDays({ ...told(), experiments: [] })).toEqual({});
});

test("the calendar goes from the small loss to the great one, and says how often", () => {
  const rows = [...page().matchAll(/^\| (\d) \| (\S+) \| test\/books \| (\S+) \| ([^|]+) \|/gm)];
  expect(rows.map(([, ...cells]) => cells)).toEqual([
    ["1", "ledger-lost-machine", "instance", "every month"],
    ["2", "zone-eu-west-1a", "eu-west-1a", "every quarter"],
    ["3", "zone-eu-west-1b", "eu-west-1b", "every quarter"],
  ]);
});

test("what starts by itself says when, and why it may", () => {
  const schedules = {
    "zone-eu-west-1a": { every: "quarter", window: "tue 10:00-12:00", acknowledged: "we watch" },
  } as const;
  const text = page({ props: { schedules } });
  expect(text).toMatch(/zone-eu-west-1a \|.* every quarter \|.*\| by itself, the first tue 10:00-12:00 UTC \|/);
  expect(text).toContain("zone-eu-west-1a may start by itself: we watch");
});

test("a script can be pasted: the template is found by its name, and nothing in it is left to Terraform", () => {
  const text = page();
  expect(text).toContain(
    `template=$(aws fis list-experiment-templates --region eu-west-1 --query "experimentTemplates[?tags.Name=='test-experiments-ledger-lost-machine'].id" --output text)`,
  );
  expect(text).toContain('aws fis start-experiment --region eu-west-1 --experiment-template-id "$template"');
  // Whoever pastes a whole block must not stop what it has just started.
  const blocks = [...text.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, commands]) => commands);
  expect(blocks.filter((commands) => /start-experiment/.test(commands) && /stop-experiment/.test(commands))).toEqual(
    [],
  );
  expect(blocks.some((commands) => /stop-experiment/.test(commands))).toBe(true);
  expect(text).not.toMatch(/\$\{|TfToken/);
});

test("the calendar says how much of the year it takes", () => {
  const experiments = told().experiments;
  const [month, ...quarters] = experiments.map(({ takesMinutes }) => takesMinutes);
  const minutes = month * 12 + quarters.reduce((total, each) => total + each * 4, 0);
  expect(page()).toContain(`That is 20 runs a year, which take ${Math.ceil(minutes / 60)} hours`);
});

const blocks = (text: string) => [...text.matchAll(/```sh\n([^`]*)```/g)].map(([, block]) => block);

test("a block can be pasted whole: none both starts an experiment and stops it", () => {
  const of = blocks(page());
  expect(of.filter((block) => block.includes("start-experiment"))).toHaveLength(3);
  expect(of.filter((block) => block.includes("stop-experiment"))).toHaveLength(3);
  expect(of.filter((block) => block.includes("start-experiment") && block.includes("stop-experiment"))).toEqual([]);
});

test("it is said how to see that all is quiet, what was done, and what an alarm saw", () => {
  const [quiet, , look, , measure] = blocks(page());
  expect(quiet).toContain(
    "--alarm-names test-experiments-still-down-test-door-errors-page-4-minutes test-door-slow-page ",
  );
  expect(look).toContain('aws logs tail --region eu-west-1 "/aws/vendedlogs/fis/test-experiments"');
  expect(measure).toContain('describe-alarm-history --region eu-west-1 --alarm-name "test-door-errors-page"');
});

test("an experiment that came to its end proves nothing where more was measured than is claimed", () => {
  const [, first] = page().split(/^## \d\. /m);
  expect(first).toContain("and 2 minutes at most were measured: the hypothesis holds.");
  expect(first).toContain(
    "`completed`, and more was measured: it does not hold: the last alarm tells after 29 minutes only.",
  );
});

test("each claim that is put to the test gets a record, and the service as a whole a row", () => {
  const faults = { zoneOutage: OUTAGE, again: { ...OUTAGE, does: "the same once more" } };
  const { manifest } = synth((stack) => {
    const [ledger, other] = ["ledger", "other"].map((id) => new Ledger(stack, id, { faults, tag: id }));
    const on = new ServiceGraph(stack, "books", { runs: ledger, needs: [other] });
    const arn = "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:down";
    new Experiments(stack, "experiments", { on, stopOn: [{ name: "down", arn, kind: "metric" }] });
  });
  const [, zone] = gameDays(manifest)["game-days.md"].split(/^## \d\. /m);
  const records = [...zone.matchAll(/^\{.*\}$/gm)].map(([line]) => JSON.parse(line).construct);
  expect(records).toEqual(["ledger", "other"]);
  expect(zone).toContain("| test/books | all of it, for users | 4 minutes |");
});

test("people of another service that a part belongs to are told first", () => {
  const both = (shared: boolean) =>
    synth((stack) => {
      const [ledger, clerk] = ["ledger", "clerk"].map((id) => new Ledger(stack, id));
      const on = new ServiceGraph(stack, "books", { runs: ledger });
      new ServiceGraph(stack, "audit", { runs: clerk, needs: shared ? [ledger] : [] });
      const arn = "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:down";
      new Experiments(stack, "experiments", { on, stopOn: [{ name: "down", arn, kind: "metric" }] });
    }).manifest;
  const warning = "It breaks a part of test/audit as well: tell their people first.";
  expect(gameDays(both(true))["game-days.md"]).toContain(warning);
  expect(gameDays(both(false))["game-days.md"]).not.toContain("It breaks a part of");
});

test("what is expected stands beside what was measured, the worst of it", () => {
  expect(page()).toContain(
    "| test/ledger | copy in another zone | 2 minutes, losing 0 seconds of data | vendor-typical: the ledger's handbook | not yet |",
  );
  const record = { construct: "ledger", mechanism: "copy in another zone", evidence: "EXP1" };
  const measured = [
    { ...record, on: "2026-09-01", rto: "100 seconds" },
    { ...record, on: "2026-10-01", rto: "3 minutes" },
  ] as const;
  const { manifest } = synth((stack) =>
    books(stack, {
      more: (_, experiments) => {
        const of = experiments.node.scope!.node.findChild("ledger") as Ledger;
        new Objectives(stack, "objectives", { of, zone: { rto: "1 hour", rpo: "0 seconds" }, measured });
      },
    }),
  );
  expect(gameDays(manifest)["game-days.md"]).toContain("| 3 minutes on 2026-10-01 (EXP1) |");
});

test("the alarms that end it are named, with those that they stand in for", () => {
  expect(page()).toContain(
    "- `test-experiments-still-down-test-door-errors-page-4-minutes`: after 3 minutes of outage at the earliest, in place of `test-door-errors-page`",
  );
});

test("what is claimed to heal by itself and is not broken by anything is listed as untested", () => {
  const untested = page().split("## Untested")[1];
  expect(untested).toContain("| test/door | zone | another door |");
  expect(untested).toContain("| test/ledger | region | copy in another region |");
  expect(untested).not.toContain("copy in another zone");
});

test("the manifest has experiments as its schema says", () => {
  const schema = JSON.parse(readFileSync(join(__dirname, "../../lib/review/manifest.schema.json"), "utf8"));
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);
  const manifest = told({
    props: { schedules: { "ledger-lost-machine": { every: "week", window: "mon 09:00-11:00", acknowledged: "why" } } },
  });
  validate(manifest);
  expect(validate.errors).toBeNull();
  expect(validate({ ...manifest, experiments: [{ ...manifest.experiments[0], stopOn: [] }] })).toBe(false);
});

test("what nobody has asked for is listed with what to write for it, until somebody does", () => {
  const more = (include: readonly string[] = []): string => {
    const { manifest } = synth((stack) => {
      const zones = network();
      const load = { peakRequestsPerSecond: 900, perInstance: 150 };
      const domain = { name: "orders.example.com", zoneId: "Z0123456789ABCDEFGHIJ" };
      const entrance = new LoadBalancer(stack, "entrance", { network: zones, domain });
      const fleet = new Fleet(stack, "fleet", {
        network: zones,
        behind: entrance,
        image: "ami-0a1b2c3d4e5f60718",
        load,
      });
      const partitionKey = { name: "id", type: "S" } as const;
      const table = new Table(stack, "table", { partitionKey, replicas: ["eu-central-1"] });
      const on = new ServiceGraph(stack, "graph", { entrance, runs: fleet, needs: [table] });
      const alarms = new Alarms(stack, "alarms", { notify: { page: TOPIC, ticket: TOPIC } });
      alarms.watch(entrance);
      const stopOn = alarms.pages.slice(0, 1);
      new Experiments(stack, "experiments", { on, stopOn, include });
    });
    return gameDays(manifest)["game-days.md"].split("## On request")[1];
  };
  expect(more()).toMatch(/^\| test\/fleet \| .* \| `include: \["fleet-cpu-stress"\]` \|$/m);
  expect(more()).toContain('`include: ["slow-eu-west-1a"]`');
  expect(more()).toContain('`isolate: ["eu-central-1"]`');
  expect(more()).not.toContain("lost-instance");
  expect(more(["fleet-cpu-stress"])).not.toContain("fleet-cpu-stress");
});
