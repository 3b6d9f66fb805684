import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import Ajv from "ajv";
import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Alarms, Escalation } from "../../lib/alerting";
import {
  DEVELOPMENT,
  Indicators,
  Procedures,
  Queries,
  Recoveries,
  ServiceGraph,
  setPlace,
  Signals,
  setPosture,
} from "../../lib/core";
import { Postgres } from "../../lib/data";
import { Dashboard } from "../../lib/observing";
import { Objectives } from "../../lib/recovery";
import { DeclaredOnCall } from "../../lib/review/on-call";
import { consoleOf } from "../../lib/review/runbook/queries";
import { folderOf } from "../../lib/review/runbook/path";
import { inRegion, instruction, word } from "../../lib/review/runbook/shell";
import { runbookPath, runbooks } from "../../lib/review/runbooks";
import { objectivePages } from "../../lib/review/slo/runbook";
import { ErrorBudget, Slo } from "../../lib/slo";
import { ERRORS, Mill, NOTIFY, metric } from "../alerting/mill";
import { inFolder, network, synth } from "../synth";

/** The pages below `runbooks`, by path, of a stack with a database and an escalation. */
function pages(): Record<string, string> {
  return inFolder((outdir) => {
    const app = new App({ outdir });
    const stack = new TerraformStack(app, "orders");
    setPlace(stack, { account: "111122223333", region: "eu-west-1" });
    setPosture(stack, DEVELOPMENT);
    new AwsProvider(stack, "aws", { region: "eu-west-1" });
    const escalation = new Escalation(stack, "escalation", {
      page: { emails: ["a@x.org"] },
      ticket: { emails: ["b@x.org"] },
    });
    const alarms = new Alarms(stack, "alarms", { notify: escalation.notify });
    alarms.watch(escalation);
    alarms.watch(new Postgres(stack, "database", { network: network() }), { swap: { waived: "swaps every night" } });
    const folder = join(outdir, "reliability/orders/runbooks");
    mkdirSync(join(folder, "database"), { recursive: true });
    writeFileSync(join(folder, "database/gone.md"), "a signal of last year");
    app.synth();
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".md"));
    return Object.fromEntries(files.sort().map((file) => [file, readFileSync(join(folder, file), "utf8")]));
  });
}

const NONE = { basis: "assumed", source: "made up" } as const;

/** A pattern of somebody else that declares all that a runbook is made of. */
class Bakery extends Construct {
  readonly indicators: Indicators = {
    sold: { kind: "availability", counts: "breads", bad: [metric("Burnt")], total: [metric("Baked")] },
  };
  readonly procedures: Procedures = {
    rollback: {
      title: "Bake by the old recipe",
      why: "It worked.",
      steps: [{ do: "Turn the page back.", sh: "aws ssm get-parameters --names recipe" }],
    },
  };
  readonly queries: Queries = {
    burns: { asks: "which breads burnt", query: `filter note like "it's black" | limit 5`, logGroups: ["/bakery"] },
  };
  readonly recovers: Recoveries = {
    zone: [
      {
        mechanism: "the other oven",
        rto: { value: "10 minutes", ...NONE },
        rpo: { value: "0 seconds", ...NONE },
        selfHealing: false,
        steps: ["Open the gas.", "Does it burn? aws ovens describe-flame --oven two."],
      },
    ],
  };

  get signals() {
    const zones = Object.fromEntries(["a", "b"].map((zone) => [zone, { metric: metric(`Heat-${zone}`, "p99") }]));
    return {
      burnt: {
        kind: "errors",
        means: "breads burn",
        measure: { ratio: { bad: [metric("Burnt")], total: [metric("Baked")], minimum: 10 } },
        bad: "above",
        unit: "per cent of breads",
        page: 5,
        ticket: 1,
        firstSteps: ["Who is at the oven? aws ovens describe-bakers --shift now.", "Look at the colour."],
        mitigate: ["Bake in the other oven: aws ovens move --to two.", "Sell yesterday's bread."],
      },
      heat: {
        kind: "saturation",
        means: "an oven is too hot",
        measure: { zones },
        bad: "above",
        ticket: 300,
        period: "5 minutes",
      },
      doors: {
        kind: "errors",
        means: "a door was opened",
        measure: { event: { source: ["bakery"], detailType: ["Door Opened"] } },
        bad: "above",
      },
    } satisfies Signals;
  }
}

/** A town that needs bread, likes flour, and is watched. */
function town(stack: TerraformStack): void {
  const topic = "arn:aws:sns:us-east-1:111122223333:all";
  const elsewhere = { "us-east-1": { page: topic, ticket: topic } };
  const alarms = new Alarms(stack, "alarms", { notify: NOTIFY, elsewhere });
  const bakery = new Bakery(stack, "bakery");
  const mill = new Mill(stack, "mill", { broken: { ...ERRORS, ticket: 0 } });
  const alone = new Mill(stack, "alone", { broken: { ...ERRORS, page: 0 } });
  const firstSteps = ["Where? aws ice describe-floes."];
  const far = new Mill(stack, "far", { frozen: { ...ERRORS, ticket: 0, region: "us-east-1", firstSteps } });
  const prefers = [{ on: mill, because: "bread is made of yesterday's flour without it" }];
  const of = new ServiceGraph(stack, "bread", { runs: bakery, prefers });
  for (const pattern of [bakery, mill, alone, far]) alarms.watch(pattern);
  const sold = new Slo(stack, "sold", { objective: 99.9, of, indicator: bakery.indicators.sold as never, alarms });
  const budget = new ErrorBudget(stack, "budget", { of: [sold], alarms });
  alarms.watch(budget);
  new Objectives(stack, "objectives", { of, owner: "the baker", zone: { rto: "1 hour", rpo: "0 seconds" } });
  new Dashboard(stack, "dashboard", { of });
}

const onCall: DeclaredOnCall = {
  path: "test/on-call",
  levels: [
    { tell: ["PANNA01"], within: "10 minutes" },
    { tell: ["test/leads", "PALL001"], within: "20 minutes" },
  ],
  repeats: 3,
  support: "06:00 to 14:00, Europe/Paris",
};
const manifest = { ...synth(town).manifest, onCall: [onCall] };
const all: Record<string, string> = { ...runbooks(manifest), ...objectivePages(manifest) };

/** What stands under a heading of a page. */
function under(path: string, heading: string): string {
  const [, text] = new RegExp(`^## ${heading}$([^]*?)(?=^## |(?![^]))`, "m").exec(all[path]) ?? [];
  return text ?? "";
}

test("each signal that somebody is told of has a page, and no other has", () => {
  const files = Object.keys(pages());
  expect(files).toContain("database/freeStorage.md");
  expect(files).toContain("database/events.md");
  expect(files).toContain("escalation/pagesFailed.md");
  expect(files).not.toContain("database/swap.md");
  expect(files).not.toContain("database/gone.md");
});

test("the page of a full disk says what to do, and when it is over", () => {
  const page = pages()["database/freeStorage.md"];
  expect(page).toContain("# The database is running out of disk; when it is full, it stops");
  expect(page).toContain("- **page**: below 5 GiB (`orders-database-free-storage-page`)");
  expect(page).toContain("- AWS/RDS `FreeStorageSpace` (Minimum): DBInstanceIdentifier = `orders-database`");
  expect(page).toMatch(
    /1\. Can it still grow by itself\? .*:\n\n   ```sh\n   aws rds describe-db-instances --region eu-west-1 /,
  );
  expect(page).toMatch(
    /^   GIB=\$\(aws rds .*\n   aws rds modify-db-instance .* --allocated-storage \$\(\(GIB \* 4 \/ 3\)\)/m,
  );
  expect(page).toMatch(
    /- Loss of .*, or bad data: point-in-time restore, within 1 hour; the newest 5 minutes of data are lost/,
  );
  expect(page).toContain("Its alarms are OK again, and have been for 15 minutes");
  expect(page).toContain("--alarm-names orders-database-free-storage-page orders-database-free-storage-ticket");
});

test("the index leads to every page, also to those of objectives", () => {
  const { "README.md": index, ...rest } = all;
  for (const path of Object.keys(rest)) expect(index).toContain(`](${path})`);
  expect(index).toContain("- [burn](sold/burn.md): 99.9 % of breads over 30 days are good (page, ticket)");
  expect(index).toContain("- [spent](budget/spent.md)");
});

test("each service has an index of its own: its promises, then its parts, and nothing that it has nothing to do with", () => {
  const index = all["bread/README.md"];
  const folders = [...index.matchAll(/^## (.*)$/gm)].map(([, folder]) => folder);
  expect(folders).toEqual(["sold", "budget", "bakery", "mill"]);
  expect(index).toContain("- [burnt](../bakery/burnt.md): breads burn (page, ticket)");
  expect(index).toContain("- [rollback](../bakery/rollback.md): Bake by the old recipe (procedure)");
});

test("a breach matters by the promise that it endangers, and by what an hour of it spends", () => {
  const text = under("bakery/burnt.md", "Why it matters");
  expect(text).toContain("- `bread` is down without it.");
  // 0.1 % of 30 days are 43.2 minutes; an hour of 5 % bad is 3 minutes of them.
  expect(text).toContain("An hour in which nothing is good spends 139 % of the budget; 43.2 minutes spend all of it.");
  expect(text).toContain(`At the threshold of the page, an hour spends ${((3 / 43.2) * 100).toPrecision(3)} %.`);
});

test("what a service only prefers makes it worse, and what no service needs spends nothing", () => {
  const soft = under("mill/broken.md", "Why it matters");
  expect(soft).toContain("- `bread` is worse without it: bread is made of yesterday's flour without it");
  expect(soft).not.toContain("At the threshold");
  expect(under("alone/broken.md", "Why it matters")).toContain("No service of `test` depends on it by its graph");
  expect(under("budget/silent.md", "Why it matters")).toContain("It keeps the error budget of `test/sold`.");
});

test("a first step that ends in a command has it apart, in the stack's region; another stays a sentence", () => {
  const text = under("bakery/burnt.md", "First checks");
  const command = "aws ovens describe-bakers --region eu-west-1 --shift now";
  expect(text).toContain(`1. Who is at the oven?\n\n   \`\`\`sh\n   ${command}\n   \`\`\`\n2. Look at the colour.`);
});

test.each([
  ["Count: SELECT count(*) FROM breads.", "Count:\n\n   ```sql\n   SELECT count(*) FROM breads;\n   ```"],
  ["Ask: aws s3 ls --region us-east-1.", "Ask:\n\n   ```sh\n   aws s3 ls --region us-east-1\n   ```"],
  ["Call `aws s3 ls`, then look.", "Call `aws s3 ls`, then look."],
  [
    "Choose: `aws s3 ls`, `aws s3 mb x`; keep the name. Then `terraform plan` must be empty.",
    [
      "Choose:",
      "   ```sh\n   aws s3 ls --region eu-west-1\n   aws s3 mb --region eu-west-1 x\n   ```",
      "   Keep the name. Then `terraform plan` must be empty.",
    ].join("\n\n"),
  ],
  ["Is it down: the oven?", "Is it down: the oven?"],
])("the step %s is written as it can be used", (step, written) => {
  expect(instruction({ place: { region: "eu-west-1" } }, step)).toBe(written);
});

test.each([
  ["aws a b --id $(aws c d --region us-east-1)", "aws a b --region eu-west-1 --id $(aws c d --region us-east-1)"],
  ["aws a b --id $(aws c d) --region us-east-1", "aws a b --id $(aws c d --region eu-west-1) --region us-east-1"],
  [
    `aws a b --query "max(x)" --region us-east-1 | aws c d`,
    `aws a b --query "max(x)" --region us-east-1 | aws c d --region eu-west-1`,
  ],
  [`aws a b --query '[] | [0]' --region us-east-1`, `aws a b --query '[] | [0]' --region us-east-1`],
  ["aws a b --at $(($(date +%s) - 60)) --region us-east-1", "aws a b --at $(($(date +%s) - 60)) --region us-east-1"],
])("each call of %s names its region", (command, written) => {
  expect(inRegion({ place: { region: "eu-west-1" } }, command)).toBe(written);
});

test("what an alarm saw can be asked without knowing what AWS assigned", () => {
  const ratio = under("bakery/burnt.md", "First checks");
  expect(ratio).toContain("for alarm in test-bakery-burnt-page; do\n  queries=$(aws cloudwatch describe-alarms");
  const zones = under("bakery/heat.md", "First checks");
  expect(zones).toContain(
    "for alarm in test-bakery-heat-a-ticket test-bakery-heat-b-ticket; do\n  aws cloudwatch get-metric-statistics",
  );
  expect(zones).toContain("--extended-statistics p99 --period 300");
  // A metric without dimensions is asked for without any.
  expect(zones).not.toContain("--dimensions");
  const databases = pages()["database/cpu.md"];
  expect(databases).toContain(`--query 'MetricAlarms[0].Dimensions' --output json)\n`);
  expect(databases).toContain('--dimensions "$dimensions" --statistics Average');
});

test("what a share was is shown with its parts, a point a line", () => {
  const [command] = /queries=[^\n]*\n.*$/m.exec(under("bakery/burnt.md", "First checks")) ?? [""];
  const [, ask] = /--output json (\| sed '[^']*')\)/.exec(command) ?? [];
  const [, show] = /--output text \| (awk .*)$/.exec(command) ?? [];
  const queries = '[{"Id": "breach", "ReturnData": true}, {"Id": "bad1", "ReturnData": false}]';
  expect(sh(`echo '${queries}' ${ask}`)).toBe(`${queries.replace("false", "true")}\n`);
  const results = "breach\\tMON TUE\\t4.5 0\\nBurnt\\t\\t\\nBaked\\tMON\\t70\\n";
  expect(sh(`printf '${results}' | ${show}`)).toBe("breach\n  MON 4.5\n  TUE 0\nBurnt\nBaked\n  MON 70\n");
});

function sh(command: string): string {
  const { stdout, stderr } = spawnSync("sh", ["-c", command], { encoding: "utf8" });
  return stdout + stderr;
}

test("what else is on is a command away, as are all windows of a budget", () => {
  const on = "--state-value ALARM --alarm-name-prefix test- --query";
  expect(under("bakery/burnt.md", "First checks")).toContain(on);
  expect(under("sold/burn.md", "First checks")).toContain(on);
});

test("what is left of a budget is a number to be read, and what spends it a link", () => {
  const left = under("budget/spent.md", "What is left");
  expect(left).toContain("- `test/sold` ([what spends it](../sold/burn.md)):");
  expect(left).toContain("--namespace SreConstructs/ErrorBudget --metric-name BudgetRemaining");
  expect(left).toContain("--dimensions Name=Objective,Value=test-sold --statistics Minimum --period 86400");
});

test("the page of an objective leads inwards: what is on, each part by its runbooks, how much fails, and what is lost", () => {
  const checks = under("sold/burn.md", "First checks");
  expect(checks).toContain("look at each part, from the entrance inwards: [bakery](../README.md#bakery)");
  expect(checks).toContain("for alarm in test-sold-page-5m; do\n     queries=$(aws cloudwatch describe-alarms");
  expect(under("sold/burn.md", "Mitigate")).toContain("[loss of one zone](../../recovery/objectives-zone.md)");
});

test("what was changed lately is a command away, on every page that says to take it back", () => {
  for (const path of ["bakery/burnt.md", "sold/burn.md"]) {
    expect(under(path, "Mitigate")).toContain("aws cloudtrail lookup-events --region eu-west-1");
  }
});

test("a budget that is spent says why that matters, what is done and who decides", () => {
  expect(under("budget/spent.md", "Why it matters")).toContain("- `sold`: 99.9 % of breads over 30 days are good.");
  expect(under("budget/spent.md", "Mitigate")).toContain("| 100 % |");
  expect(under("budget/spent.md", "Escalate")).not.toBe("");
});

test("the index begins with what wakes somebody", () => {
  const [, woken] = /## What pages\n([^]*?)\n## /.exec(all["README.md"]) ?? ["", ""];
  expect(woken).toContain("- [bakery burnt](bakery/burnt.md)");
  expect(woken).toContain("- [sold burn](sold/burn.md)");
  expect(woken).not.toContain("bakery/heat.md");
});

test("where nobody on call is declared, a page says where they are", () => {
  expect(runbooks({ ...manifest, onCall: [] })["bakery/burnt.md"]).toContain("Who is on call is not declared");
  expect(under("bakery/burnt.md", "Escalate")).not.toContain("is not declared");
});

test("what is published in another region is asked there, and the service at home", () => {
  const text = (heading: string) => under("far/frozen.md", heading);
  expect(all["far/frozen.md"]).toContain("In us-east-1, account 111122223333.");
  expect(text("First checks")).toContain("aws ice describe-floes --region us-east-1");
  expect(text("First checks")).toContain("describe-alarm-history --region us-east-1");
  expect(text("First checks")).toContain("get-metric-statistics --region us-east-1");
  expect(text("First checks")).toContain("describe-alarms --region eu-west-1 --alarm-types");
  expect(text("It is over when")).toMatch(/--region us-east-1 .*test-far-frozen-ticket/);
});

test("what just changed is taken back first: by what the pattern offers, or by a commit", () => {
  const rollback = "- `bakery`: [Bake by the old recipe](../bakery/rollback.md)";
  expect(under("bakery/burnt.md", "Mitigate")).toContain(rollback);
  // A part of a service is hurt by what runs in it.
  expect(under("mill/broken.md", "Mitigate")).toContain(rollback);
  expect(under("sold/burn.md", "Mitigate")).toContain(rollback);
  expect(under("alone/broken.md", "Mitigate")).not.toContain(rollback);
  expect(under("alone/broken.md", "Mitigate")).toContain(
    "- In the stack `test`: revert the commit and apply it again.",
  );
  expect(all["bakery/rollback.md"]).toContain("aws ssm get-parameters --region eu-west-1 --names recipe");
});

test("what the pattern knows to relieve it stands after the last change, as commands, where the alarm is", () => {
  const text = under("bakery/burnt.md", "Mitigate");
  expect(text.indexOf("revert the commit")).toBeLessThan(text.indexOf("No, or that did not help; the safest first:"));
  expect(text).toContain(
    "1. Bake in the other oven:\n\n   ```sh\n   aws ovens move --region eu-west-1 --to two\n   ```",
  );
  expect(text).toContain("2. Sell yesterday's bread.");
  expect(under("bakery/heat.md", "Mitigate")).not.toContain("did not help");
});

test("constructs whose paths differ by a dash have folders of their own, and the index leads to both", () => {
  expect(folderOf("shop", "shop/a/b")).not.toBe(folderOf("shop", "shop/a-b"));
  expect(runbookPath("shop", "shop/a/b", "cpu")).toBe("a.b/cpu.md");
  expect(runbookPath("shop", "shop/a/b")).toBe("README.md#ab");
});

test("a way back has its steps, and the plan for the whole service", () => {
  const text = under("bakery/heat.md", "Ways back");
  expect(text).toContain("- Loss of one zone: the other oven, within 10 minutes; no data are lost");
  expect(text).toContain(
    "1. Open the gas.\n2. Does it burn?\n\n   ```sh\n   aws ovens describe-flame --region eu-west-1 --oven two",
  );
  expect(text).toContain("[loss of one zone](../../recovery/objectives-zone.md), back within 1 hour");
});

test("who is called follows from the severity, and from who is on call", () => {
  const page = under("bakery/burnt.md", "Escalate");
  expect(page).toContain("It begins as **SEV1** (response: 5 minutes).");
  expect(page).toContain(
    "1. `PANNA01`: 10 minutes to acknowledge.\n2. `test/leads`, `PALL001`: 20 minutes to acknowledge.",
  );
  expect(page).toContain("Tickets are told 06:00 to 14:00, Europe/Paris; those of other hours wait.");
  expect(under("mill/broken.md", "Escalate")).toContain("It begins as **SEV3** (response: the next working day).");
  expect(under("bakery/doors.md", "Escalate")).toContain("**SEV3**");
  expect(under("sold/burn.md", "Escalate")).toContain("**SEV1**");
});

test("it is over when the alarms are OK, and the service no longer burns", () => {
  const text = under("bakery/burnt.md", "It is over when");
  expect(text).toContain("--alarm-names test-bakery-burnt-page test-bakery-burnt-ticket");
  expect(text).toContain("No objective of the service burns any more:");
  expect(text).toContain("--alarm-names test-sold-page test-sold-ticket");
  expect(under("alone/broken.md", "It is over when")).not.toContain("objective");
});

test("dashboards and questions to the logs are a link away, on whichever part it rings", () => {
  for (const path of ["bakery/burnt.md", "mill/broken.md", "sold/burn.md", "budget/spent.md"]) {
    const text = under(path, "Dashboards and queries");
    expect(text).toContain("/cloudwatch/home?region=eu-west-1#dashboards/dashboard/test-dashboard)");
    expect(text).toContain("[for Grafana](../../dashboards/bread.json)");
    expect(text).toContain("- [bakery burns](../queries.md#bakery-burns): which breads burnt");
  }
  expect(under("alone/broken.md", "Dashboards and queries")).toBe("");
});

test("a question to the logs is a command, whatever quotes are in it", () => {
  expect(all["queries.md"]).toContain("## bakery burns\n\nTells which breads burnt.");
  expect(all["queries.md"]).toContain("aws logs start-query --region eu-west-1 --log-group-names /bakery --start-time");
  expect(all["queries.md"]).toContain(String.raw`--query-string 'filter note like "it'\''s black" | limit 5'`);
  expect([word("plain-1.2/x"), word("a b"), word("")]).toEqual(["plain-1.2/x", "'a b'", "''"]);
});

test("an event is told as it happens: it has no state to look at, and its page says so", () => {
  expect(under("bakery/doors.md", "First checks")).toContain("1. It is told once, as it happens");
  expect(under("bakery/doors.md", "Who is told when")).toContain("- **ticket**: each time it happens");
});

test("the log group of a question is looked up where AWS assigned its name", () => {
  const reference = { address: "aws_cloudwatch_log_group.x", attribute: "name" };
  const queries = { all: { asks: "all", query: "limit 1", logGroups: [{ join: ["/ours/", reference] }, reference] } };
  const construct = { path: "test/x", is: "X", kept: {}, queries };
  const text = runbooks({ ...manifest, constructs: [construct] })["queries.md"];
  const [, groups] = /--log-group-names (.*) --start-time/.exec(text) ?? [];
  // What Terraform shows, and what a shell makes of it.
  const shown = String.raw`terraform() { printf 'resource {\n    id   = "no"\n    name = "/services/orders"\n}\n'; }`;
  const { stdout } = spawnSync("sh", ["-c", `${shown}; printf '%s\n' ${groups}`], { encoding: "utf8" });
  expect(stdout).toBe("/ours//services/orders\n/services/orders\n");
});

test.each([
  [
    "aws-cn",
    "cn-north-1",
    "[in CloudWatch](https://console.amazonaws.cn/cloudwatch/home?region=cn-north-1#dashboards/dashboard/x)",
  ],
  ["aws-iso", "us-iso-east-1", "`x` in CloudWatch"],
])("a dashboard in %s is found in the console of that partition", (partition, region, link) => {
  expect(consoleOf({ account: "1", region, partition }, "x")).toBe(link);
});

test("a manifest that knows who is on call fits its schema", () => {
  const schema = JSON.parse(readFileSync(join(__dirname, "../../lib/review/manifest.schema.json"), "utf8"));
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);
  validate(manifest);
  expect(validate.errors).toBeNull();
  expect(validate({ ...manifest, onCall: [{ ...onCall, levels: [] }] })).toBe(false);
});

test("alarms of an event are asked where they stand, and not what number they saw", () => {
  const event = { source: ["aws.x"], detailType: ["X"] };
  const signal = { kind: "errors", means: "it went", measure: { event }, bad: "above", urgency: "page" };
  const construct = { path: "test/far", is: "Far", signals: { gone: signal }, kept: { watched: "test/alarms" } };
  const alarm = { ...manifest.alarms[0], name: "gone", path: "test/far", signal: "gone", region: "us-east-1" };
  const page = runbooks({ ...manifest, constructs: [construct], alarms: [alarm] })["far/gone.md"];
  expect(page).toContain("describe-alarm-history --region us-east-1");
  expect(page).toMatch(/describe-alarms --region us-east-1 .* --alarm-names gone$/m);
  expect(page).not.toContain("What they saw");
  expect(page).toContain("In eu-west-1,");
});
