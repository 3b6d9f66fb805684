import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { App } from "cdktf";
import { stacks } from "../../stacks/main";
import { exampleNames } from "../plans/examples";
import { example } from "../plans/plans";
import { Config, inFolder } from "../synth";

/** What one stack leaves for people, by path below its folder, and the plan beside it. */
interface Left {
  readonly stack: string;
  readonly files: Readonly<Record<string, string>>;
  readonly plan: Config;
}

function synthesized(fill: (app: App) => void, outdir: string): Left[] {
  const app = new App({ outdir });
  fill(app);
  app.synth();
  const reliability = join(outdir, "reliability");
  return readdirSync(reliability).map((stack) => {
    const found = readdirSync(join(reliability, stack), { recursive: true, encoding: "utf8" });
    const files = found.filter((file) => /\.\w+$/.test(file) && !file.endsWith("manifest.json"));
    return {
      stack,
      files: Object.fromEntries(files.map((file) => [file, readFileSync(join(reliability, stack, file), "utf8")])),
      plan: JSON.parse(readFileSync(join(outdir, "stacks", stack, "cdk.tf.json"), "utf8")) as Config,
    };
  });
}

/** Every stack of every environment, and every example. */
const LEFT = inFolder((outdir) => {
  const all = [(app: App) => void stacks(app), ...exampleNames().map((name) => (app: App) => example(app, name))];
  return all.flatMap((fill, index) => {
    const folder = join(outdir, String(index));
    mkdirSync(folder);
    return synthesized(fill, folder);
  });
});

/** Every page of Markdown, by stack and path. */
const PAGES = LEFT.flatMap(({ stack, files }) =>
  Object.entries(files)
    .filter(([path]) => path.endsWith(".md"))
    .map(([path, text]) => ({ stack, path, text, files })),
);

/** A page without its blocks of code: a comment of a shell is no heading. */
function prose(text: string): string {
  return text.replace(/^ *```[^]*?^ *```$/gm, "code");
}

function headings(text: string): string[] {
  return [...prose(text).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading);
}

/** As GitHub names a heading. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w -]/g, "")
    .replaceAll(" ", "-");
}

/** What a reader finds at a link from a page; nothing where it leads nowhere. */
function leadsTo(files: Left["files"], path: string, link: string): string | undefined {
  const [file, section] = link.split("#");
  const text = files[file === "" ? path : join(dirname(path), file)];
  if (text === undefined || section === undefined) return text;
  return headings(text).map(anchor).includes(section) ? text : undefined;
}

/** Commands in blocks that a shell is named for. */
function shells(text: string): string[] {
  return [...text.matchAll(/^ *```sh\n([^]*?)^ *```$/gm)].map(([, commands]) => commands);
}

test("there are pages of every kind", () => {
  const kinds = ["runbooks/README.md", "service.md", "recovery.md", "game-days.md", "incident-response.md"];
  for (const kind of [...kinds, "post-incident-review.md", "runbooks/queries.md"]) {
    expect(PAGES.map(({ path }) => path)).toContain(kind);
  }
  expect(PAGES.length).toBeGreaterThan(300);
});

test("no page shows a Terraform expression, or what a program says for nothing", () => {
  const odd = /\$\{|TfToken|undefined|\bNaN\b|\[object|(?<!\/dev\/)\bnull\b/;
  const found = PAGES.flatMap(({ stack, path, text }) => {
    const line = text.split("\n").find((each) => odd.test(each));
    return line === undefined ? [] : [`${stack}/${path}: ${line}`];
  });
  expect(found).toEqual([]);
});

test("no section is empty", () => {
  const found = PAGES.flatMap(({ stack, path, text }) => {
    const lines = prose(text)
      .split("\n")
      .filter((line) => line.trim() !== "");
    const level = (line: string | undefined) => /^(#+) /.exec(line ?? "# ")?.[1].length ?? Infinity;
    return lines
      .filter((line, index) => /^#+ /.test(line) && level(lines[index + 1]) <= level(line))
      .map((heading) => `${stack}/${path}: ${heading}`);
  });
  expect(found).toEqual([]);
});

test("no table is without a row, and no list without an item", () => {
  const found = PAGES.filter(
    ({ text }) => /^(\| --- )+\|\n(?!\|)/m.test(prose(text)) || /^(-|\d+\.)\s*$/m.test(prose(text)),
  );
  expect(found.map(({ stack, path }) => `${stack}/${path}`)).toEqual([]);
});

test("no link leads nowhere", () => {
  const dead = PAGES.flatMap(({ stack, path, text, files }) =>
    [...prose(text).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)]
      .filter(([, link]) => leadsTo(files, path, link) === undefined)
      .map(([, link]) => `${stack}/${path} → ${link}`),
  );
  expect(dead).toEqual([]);
});

test("the index of runbooks leads to every runbook", () => {
  const unseen = LEFT.flatMap(({ stack, files }) => {
    const index = files["runbooks/README.md"] ?? "";
    const below = Object.keys(files).filter((path) => path.startsWith("runbooks/") && path !== "runbooks/README.md");
    return below
      .filter((path) => !index.includes(`](${path.slice("runbooks/".length)})`))
      .map((path) => `${stack}/${path}`);
  });
  expect(unseen).toEqual([]);
});

test("every alarm names a page that is there, unless runbooks are published elsewhere", () => {
  const dead = LEFT.flatMap(({ stack, files, plan }) => {
    const { aws_cloudwatch_metric_alarm: metric, aws_cloudwatch_composite_alarm: composite } = plan.resource ?? {};
    return Object.values({ ...metric, ...composite } as Record<string, Config>).flatMap((alarm) => {
      const [, link] = /Runbook: (?!https:)(\S+)/.exec(alarm.alarm_description) ?? [];
      const dead = link !== undefined && leadsTo(files, "service.md", link) === undefined;
      return dead ? [`${stack}: ${alarm.alarm_name} → ${link}`] : [];
    });
  });
  expect(dead).toEqual([]);
});

test("what is to be pasted is a command that a shell takes", () => {
  const commands = [...new Set(PAGES.flatMap(({ text }) => shells(text)))];
  expect(commands.length).toBeGreaterThan(100);
  const faults = inFolder((folder) => {
    writeFileSync(join(folder, "all.sh"), commands.join("\n"));
    return spawnSync("sh", ["-n", join(folder, "all.sh")], { encoding: "utf8" }).stderr;
  });
  expect(faults).toBe("");
});

/** What whoever is called looks for, in the order in which it is needed. */
const ELEMENTS = ["Why it matters", "First checks", "Mitigate", "Escalate", "It is over when"];

test("the page of each signal and each objective has all that whoever is called needs, in the order of need", () => {
  const isOf = (path: string) => /^runbooks\/[^/]+\/(?!README|spent)\w+\.md$/.test(path);
  const pages = PAGES.filter(({ path, text }) => isOf(path) && !/, procedure `/.test(text));
  expect(pages.length).toBeGreaterThan(200);
  const found = pages.filter(({ text }) => {
    const sections = headings(text).filter((heading) => ELEMENTS.includes(heading));
    return sections.join() !== ELEMENTS.join();
  });
  expect(found.map(({ stack, path }) => `${stack}/${path}`)).toEqual([]);
});

test("no command ends in words for people: they would be pasted with it", () => {
  const lines = PAGES.flatMap(({ text }) => shells(text).flatMap((block) => block.split("\n")));
  const worded = lines.filter((line) => /(?<=[\w'")])[.:] [A-Z]?[a-z]+ [a-z]/.test(line.replace(/"[^"]*"|#.*$/g, "")));
  expect([...new Set(worded)]).toEqual([]);
});

/** What AWS's command line refuses to do without; commands that need nothing are left out. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  "autoscaling describe-instance-refreshes": ["--auto-scaling-group-name"],
  "autoscaling rollback-instance-refresh": ["--auto-scaling-group-name"],
  "autoscaling start-instance-refresh": ["--auto-scaling-group-name"],
  "backup list-recovery-points-by-backup-vault": ["--backup-vault-name"],
  "backup start-backup-job": ["--backup-vault-name", "--resource-arn", "--iam-role-arn"],
  "cloudwatch get-metric-data": ["--metric-data-queries", "--start-time", "--end-time"],
  "cloudwatch get-metric-statistics": ["--namespace", "--metric-name", "--start-time", "--end-time", "--period"],
  "elbv2 describe-target-health": ["--target-group-arn"],
  "fis get-experiment": ["--id"],
  "fis start-experiment": ["--experiment-template-id"],
  "logs get-query-results": ["--query-id"],
  "logs start-query": ["--log-group-names", "--start-time", "--end-time", "--query-string"],
  "sns list-subscriptions-by-topic": ["--topic-arn"],
};

test("a command has all that it needs, and says in which region where the stack knows it", () => {
  const lines = PAGES.flatMap(({ path, text }) =>
    shells(text).flatMap((block) => block.split("\n").map((line) => ({ path, line }))),
  );
  const lacking = lines.filter(({ line }) =>
    Object.entries(NEEDS).some(
      ([command, options]) =>
        line.includes(`aws ${command} `) && !options.every((option) => line.includes(`${option} `)),
    ),
  );
  expect(lacking).toEqual([]);
  const runbooks = lines.filter(({ path, line }) => path.startsWith("runbooks/") && /\baws [a-z]/.test(line));
  expect(runbooks.filter(({ line }) => !/--region [a-z]{2}(-[a-z]+)+-\d\b/.test(line))).toEqual([]);
});
