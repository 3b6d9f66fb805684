import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Alarms, Incidents } from "../lib/alerting";
import { Metric, ServiceGraph, Signals, Watchable, register, setPlace } from "../lib/core";
import { Dashboard } from "../lib/observing";
import { Config, inFolder } from "./synth";

/** The first pattern of somebody who has read one page: three signals, and nothing else. */
class Printer extends Construct implements Watchable {
  readonly jobs: SqsQueue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    register(this);
    this.jobs = new SqsQueue(this, "Resource", { name: "print-jobs" });
  }

  get signals() {
    const own = (name: string): Metric => ({ namespace: "Own/Printer", name, statistic: "Sum" });
    return {
      jammed: {
        kind: "errors",
        means: "pages get stuck",
        measure: { ratio: { bad: [own("Stuck")], total: [own("Pages")], minimum: 20 } },
        bad: "above",
        unit: "per cent of pages",
        page: 10,
        ticket: 2,
        firstSteps: ["Open the tray.", "Which job? aws sqs get-queue-attributes --queue-url print-jobs."],
      },
      waiting: {
        kind: "latency",
        means: "jobs wait too long",
        measure: {
          metric: {
            namespace: "AWS/SQS",
            name: "ApproximateAgeOfOldestMessage",
            statistic: "Maximum",
            dimensions: { QueueName: "print-jobs" },
          },
        },
        bad: "above",
        unit: "seconds",
        ticket: 600,
      },
      paperLow: {
        kind: "saturation",
        means: "a tray is almost empty",
        measure: { event: { source: ["own.printer"], detailType: ["Paper Low"] } },
        bad: "above",
      },
    } satisfies Signals;
  }
}

/** What one synthesis leaves: the plan, and what people read, by path. */
function synthesized(fill: (stack: TerraformStack) => void) {
  return inFolder((outdir) => {
    const app = new App({ outdir });
    const stack = new TerraformStack(app, "office");
    setPlace(stack, { account: "111122223333", region: "eu-west-1" });
    new AwsProvider(stack, "aws", { region: "eu-west-1" });
    fill(stack);
    app.synth();
    const folder = join(outdir, "reliability/office");
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => /\.\w+$/.test(file));
    return {
      plan: JSON.parse(readFileSync(join(outdir, "stacks/office/cdk.tf.json"), "utf8")).resource as Config,
      files: Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), "utf8")])),
    };
  });
}

const NOTIFY = {
  page: "arn:aws:sns:eu-west-1:111122223333:page",
  ticket: "arn:aws:sns:eu-west-1:111122223333:ticket",
};

/** Each concern is told of the pattern once, by one line that any pattern takes. */
function office(stack: TerraformStack): void {
  const printer = new Printer(stack, "printer");
  const alarms = new Alarms(stack, "alarms", { notify: NOTIFY });
  alarms.watch(printer);
  const of = new ServiceGraph(stack, "printing", { runs: printer });
  alarms.watch(new Incidents(stack, "incidents", { of: [of] }));
  new Dashboard(stack, "dashboard", { of });
}

const { plan, files } = synthesized(office);

/** The alarms of a kind that are the printer's, by name. */
function printers(type: string): Record<string, Config> {
  const all = Object.values(plan[type] as Record<string, Config>);
  const own = all.filter((each) => (each["//"].metadata.path as string).startsWith("office/printer/"));
  return Object.fromEntries(own.map((each) => [each.alarm_name ?? each.name, each]));
}

test("its signals are alarms: pages act, tickets act together, and each names its runbook", () => {
  const alarms = printers("aws_cloudwatch_metric_alarm");
  expect(Object.keys(alarms).sort()).toEqual([
    "office-printer-jammed-page",
    "office-printer-jammed-ticket",
    "office-printer-waiting-ticket",
  ]);
  expect(alarms["office-printer-jammed-page"]).toMatchObject({ threshold: 10, alarm_actions: [NOTIFY.page] });
  expect(alarms["office-printer-waiting-ticket"]).not.toHaveProperty("alarm_actions");
  const { "office-printer-ticket": ticket } = printers("aws_cloudwatch_composite_alarm");
  expect(ticket.alarm_actions).toEqual([NOTIFY.ticket]);
  expect(ticket.alarm_rule.match(/ALARM\(/g)).toHaveLength(2);
  for (const [name, { alarm_description }] of Object.entries(alarms)) {
    const [, page] = /Runbook: (\S+)$/.exec(alarm_description) ?? [];
    expect([name, files[page] !== undefined]).toEqual([name, true]);
  }
});

test("its event goes to the people of its urgency", () => {
  const [rule] = Object.values(printers("aws_cloudwatch_event_rule"));
  expect(JSON.parse(rule.event_pattern)).toEqual({ source: ["own.printer"], "detail-type": ["Paper Low"] });
  const targets = Object.values(plan.aws_cloudwatch_event_target as Record<string, Config>);
  expect(targets.map(({ arn }) => arn)).toContain(NOTIFY.ticket);
});

test("it has its rows on the dashboard, with its thresholds", () => {
  const [{ dashboard_body }] = Object.values(plan.aws_cloudwatch_dashboard as Record<string, Config>);
  const { widgets } = JSON.parse(dashboard_body) as { widgets: Config[] };
  const charts = widgets.filter(({ properties }) => JSON.stringify(properties.metrics ?? []).includes("Own/Printer"));
  const lines = charts.flatMap(({ properties }) => properties.annotations?.horizontal ?? []);
  expect(lines.map(({ value }) => value)).toEqual(expect.arrayContaining([10, 2]));
  expect(dashboard_body).toContain("ApproximateAgeOfOldestMessage");
});

test("each signal has a runbook with its own words, and the indices lead there", () => {
  expect(
    Object.keys(files)
      .filter((path) => path.startsWith("runbooks/printer/"))
      .sort(),
  ).toEqual(["runbooks/printer/jammed.md", "runbooks/printer/paperLow.md", "runbooks/printer/waiting.md"]);
  const jammed = files["runbooks/printer/jammed.md"];
  expect(jammed).toContain("# Pages get stuck");
  expect(jammed).toContain("`printing` is down without it.");
  expect(jammed).toContain("aws sqs get-queue-attributes --region eu-west-1 --queue-url print-jobs");
  expect(jammed).toContain("- **page**: above 10 per cent of pages");
  for (const index of ["runbooks/README.md", "runbooks/printing/README.md"]) {
    for (const means of ["pages get stuck", "jobs wait too long", "a tray is almost empty"]) {
      expect(files[index]).toContain(means);
    }
  }
  expect(files["service.md"]).toContain("[printer jammed](runbooks/printer/jammed.md)");
});

test("its pages are incidents, asked for by month", () => {
  const queries = Object.values(plan.aws_cloudwatch_query_definition as Record<string, Config>);
  expect(queries).toHaveLength(3);
  for (const { query_string } of queries) expect(query_string).toContain("office-printer-jammed-page");
});

test("ids that hold what no link does still have pages, and links lead there", () => {
  const { plan: odd, files: pages } = synthesized((stack) => {
    const printer = new Printer(new Construct(stack, "Floor 2.b"), "Printer (öld)");
    new Alarms(stack, "alarms", { notify: NOTIFY }).watch(printer);
    new ServiceGraph(stack, "printing", { runs: printer });
  });
  const alarms = Object.values(odd.aws_cloudwatch_metric_alarm as Record<string, Config>);
  const [, page] = /Runbook: (.+)$/.exec(alarms[0].alarm_description) ?? [];
  expect(page).toMatch(/^runbooks\/Floor-2-b-Printer-ld-[0-9a-f]{8}\/\w+\.md$/);
  expect(Object.keys(pages)).toContain(page);
  expect(pages["service.md"]).toContain(`](${page})`);
  expect(pages["runbooks/README.md"]).toContain(`](${page.slice("runbooks/".length)})`);
});

test("a threshold that was reckoned stands in the plan without the noise of reckoning", () => {
  const { plan: tuned } = synthesized((stack) =>
    new Alarms(stack, "alarms", { notify: NOTIFY }).watch(new Printer(stack, "printer"), {
      jammed: { ticket: 0.1 + 0.2, page: 1000 / 7 },
    }),
  );
  const alarms = Object.values(tuned.aws_cloudwatch_metric_alarm as Record<string, Config>);
  const thresholds = alarms.map(({ alarm_name, threshold }) => `${alarm_name} ${threshold}`);
  expect(thresholds).toContain("office-printer-jammed-ticket 0.3");
  expect(thresholds).toContain("office-printer-jammed-page 142.857142857143");
});

test("fails where nobody watches it, and where a tuning makes no sense", () => {
  expect(() => synthesized((stack) => new Printer(stack, "printer"))).toThrow(/office\/printer: .*watch/);
  const tuned = (tunings: object) => () =>
    synthesized((stack) =>
      new Alarms(stack, "alarms", { notify: NOTIFY }).watch(new Printer(stack, "printer"), tunings),
    );
  expect(tuned({ jammed: { page: 1 } })).toThrow(
    "office/printer: 'jammed.page' must be at least the ticket threshold 2",
  );
  expect(tuned({ waiting: { breaches: "5 of 3" } })).toThrow("office/printer: 'waiting.breaches' must");
  expect(tuned({ jamed: {} })).toThrow("must be one of jammed, waiting, paperLow");
});
