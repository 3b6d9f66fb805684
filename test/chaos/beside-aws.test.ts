import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FisExperimentTemplate } from "@cdktf/provider-aws/lib/fis-experiment-template";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Experiments } from "../../lib/chaos";
import { Fleet } from "../../lib/compute";
import { Breakable, ServiceGraph } from "../../lib/core";
import { Aurora, Bucket, Cache, Postgres, Table } from "../../lib/data";
import { Network } from "../../lib/network";
import { Config, synth } from "../synth";

const ABROAD = "eu-central-1";
const ZONE = "eu-west-1a";

/** Everything that the library breaks, in one service. */
const made = synth((stack) => {
  const network = new Network(stack, "network", { cidr: "10.20.0.0/16", zones: [ZONE, "eu-west-1b", "eu-west-1c"] });
  const metric = { namespace: "Work", name: "Backlog", statistic: "Average" };
  const instances = { network, image: "ami-0a1b2c3d4e5f60718", scaleOn: { metric, target: 10 }, min: 6 };
  const spot = { sharePercent: 50, instanceTypes: ["m7g.large", "m6g.large"], waived: "a batch that may wait" };
  const needs: Breakable[] = [
    new Fleet(stack, "spot", { ...instances, spot }),
    new Postgres(stack, "postgres", { network }),
    new Aurora(stack, "aurora", { network, engine: "postgresql" }),
    new Cache(stack, "cache", { network }),
    new Table(stack, "table", { partitionKey: { name: "id", type: "S" }, replicas: [ABROAD] }),
    new Bucket(stack, "bucket", { replicateTo: ABROAD }),
  ];
  const on = new ServiceGraph(stack, "shop", { runs: new Fleet(stack, "fleet", instances), needs });
  const arn = "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:down";
  const stopOn = [{ name: "down", arn, kind: "metric" as const }];
  const asked = { include: "all", isolate: [ABROAD], reports: { keepDays: 400 } } as const;
  new Experiments(stack, "experiments", { on, standsOn: [network], stopOn, ...asked });
});
const templates = Object.entries(made.all(FisExperimentTemplate)).map(([path, template]) => {
  return [path.split("/")[1], template as Config] as const;
});

const page = readFileSync(join(__dirname, "../../docs/experiments.md"), "utf8");

/** The rows of the tables whose heads are these, below the heading of each scenario. */
const rows = page.split(/^### /m).flatMap((section) => {
  const [, name] = /`([a-z-]+)(?:-<(?:zone|region)>)?`/.exec(section.split("\n")[0]) ?? [];
  const lines = section.split("\n").filter((line) => /^\| `?aws:/.test(line));
  return lines.map((line) => ({
    name,
    cells: line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  }));
});

/** What a step does, in the words of the page: how many, found how, for how long. */
function told(template: Config, step: Config): string {
  const target = template.target.find(({ name }: Config) => name === step.target.value);
  const tags = target.resource_tag?.map(({ key }: Config) => `tag ${key}`) ?? [];
  const filters = (target.filter ?? []).map(({ path, values }: Config) => `${path} ${inPlace(values.join(","))}`);
  const narrowed = Object.entries<string>(target.parameters ?? {}).map(([key, value]) => `${key} ${inPlace(value)}`);
  const parameters = (step.parameter ?? []).map(({ key, value }: Config) => `${key} ${inPlace(value)}`);
  const by = [...(tags.length > 0 ? tags : ["ARN"]), ...filters, ...narrowed].join(", ");
  return [`${target.selection_mode} by ${by}`, ...parameters].join("; ");
}

/** A page is about any zone and any region; documents are told their own words. */
function inPlace(value: string): string {
  const [, document] = /:document\/(.+)$/.exec(value) ?? [];
  const { DelayMilliseconds: late, LossPercent: lost } = value.startsWith("{") ? JSON.parse(value) : ({} as Config);
  if (late ?? lost) return late ? `${late} ms` : `${lost} %`;
  return document ?? value.replace(ZONE, "the zone").replace(ABROAD, "the region");
}

/** The steps that break something, each as a row of the page has it. */
const steps = templates.flatMap(([name, template]) =>
  template.action
    .filter(({ target }: Config) => target !== undefined)
    .map((step: Config) => ({ name, id: step.action_id as string, told: told(template, step) })),
);

const SCENARIOS = ["zone", "slow", "lossy", "isolation"];
const of = (scenario: string) =>
  steps.filter(({ name }) => [`${scenario}-${ZONE}`, `${scenario}-${ABROAD}`].includes(name));

test.each(SCENARIOS)("the page has each step of %s as the template has it, and no other", (scenario) => {
  const written = rows.filter(({ name, cells }) => name === scenario && cells[2] !== "no");
  const pairs = (list: readonly (readonly string[])[]) => [...new Set(list.map((pair) => pair.join(": ")))].sort();
  expect(pairs(written.map(({ cells }) => [cells[0].replace(/`/g, ""), cells[2]]))).toEqual(
    pairs(of(scenario).map(({ id, told: text }) => [id, text])),
  );
});

test("the page has each template of AWS's library that is an experiment here as that one is", () => {
  const library = rows.filter(({ name, cells }) => !SCENARIOS.includes(name ?? "") && cells[2] !== "no");
  const known = steps.filter(({ name }) => !SCENARIOS.some((scenario) => name.startsWith(`${scenario}-`)));
  const missing = library.filter(
    ({ cells }) => !known.some(({ id, told: text }) => cells[0] === `\`${id}\`` && cells[2] === text),
  );
  expect(missing.map(({ cells }) => cells)).toEqual([]);
  expect(library.length).toBeGreaterThanOrEqual(5);
});

test("every step of AWS's that differs here, or is not here, has a reason", () => {
  const same = rows.filter(({ cells }) => cells[1] === cells[2]);
  expect(rows.filter((row) => !same.includes(row) && (row.cells[3] ?? "").length < 15)).toEqual([]);
});

test("what all have in common is as the page says: stops, empty targets, logs, reports, roles", () => {
  for (const [name, template] of templates) {
    expect(template.stop_condition.map(({ source }: Config) => source)).toEqual(["aws:cloudwatch:alarm"]);
    expect(template.experiment_options).toEqual({
      account_targeting: "single-account",
      empty_target_resolution_mode: /^(zone|slow|lossy)-/.test(name) ? "skip" : "fail",
    });
    expect(template.log_configuration.log_schema_version).toBe(2);
    expect(template.experiment_report_configuration.pre_experiment_duration).toBe("PT20M");
    const begin = template.action.filter(({ start_after: after }: Config) => after === undefined);
    expect(begin.map(({ action_id: id }: Config) => id)).toEqual(["aws:cloudwatch:assert-alarm-state"]);
    const { policy } = made.at(IamRolePolicy, `experiments/${name}/role-policy`);
    expect(policy).not.toMatch(/"(fis:StartExperiment|iam:PassRole|logs:\*)"/);
  }
});
