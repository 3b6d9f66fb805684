import { Reference } from "./manifest";
import { RunbookEntry } from "./runbooks";
import { capital } from "./words";

/** One runbook page: what is wrong, what to look at, how to get back, how to know that it is over. */
export function pageOf({ construct, name, signal, alarms }: RunbookEntry): string {
  const steps = signal.firstSteps ?? [];
  return (
    [
      `# ${capital(signal.means)}`,
      `\`${construct.path}\` (${construct.is}), signal \`${name}\`: ${signal.kind}.`,
      ...section(
        "Who is told when",
        alarms.map((alarm) => alarmLine(alarm, signal.bad, signal.unit)),
      ),
      ...section("What is measured", measured(signal.measure)),
      ...section(
        "First",
        steps.map((step, index) => `${index + 1}. ${step}`),
      ),
      ...section("Ways back", waysBack(construct.recovers)),
      ...section("It is over when", over(alarms.map((alarm) => alarm.name))),
      ...section("Why these numbers", [signal.rationale, signal.source && `Source: <${signal.source}>`].filter(isText)),
    ].join("\n\n") + "\n"
  );
}

/** Made once: each new one reads the tables of the locale again. */
const NUMBER = new Intl.NumberFormat("en-US");

function alarmLine({ name, urgency, threshold, zone }: RunbookEntry["alarms"][number], bad: string, unit = ""): string {
  const where = zone === undefined ? "" : ` in ${zone}`;
  return (
    `- **${urgency}**${where}: ${bad} ${NUMBER.format(Number(threshold?.toPrecision(6)))} ${unit}`.trimEnd() +
    ` (\`${name}\`)`
  );
}

function over(names: readonly string[]): string[] {
  if (names.length === 0) return ["The next event says so, or the console of the service does."];
  return [
    "Its alarms are OK again:",
    "",
    "```sh",
    `aws cloudwatch describe-alarms --query 'MetricAlarms[].[AlarmName,StateValue]' --alarm-names ${names.join(" ")}`,
    "```",
  ];
}

function waysBack(recovers: Readonly<Record<string, unknown>> | undefined): string[] {
  type Way = { mechanism: string; rto: { value: string }; rpo: { value: string }; selfHealing: boolean };
  return Object.entries((recovers ?? {}) as Record<string, Way[]>).flatMap(([loss, ways]) =>
    ways.map(
      ({ mechanism, rto, rpo, selfHealing }) =>
        `- lost ${loss}: ${mechanism}${selfHealing ? ", by itself" : ""}, within ${rto.value}, losing ${rpo.value}`,
    ),
  );
}

/** Every metric in a measurement, as a line a person can find in the console. */
function measured(measure: Readonly<Record<string, unknown>>): string[] {
  if ("event" in measure) return ["```json", JSON.stringify(measure.event, undefined, 2), "```"];
  return [...new Set(metricsIn(measure))];
}

function metricsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  if ("namespace" in value && "name" in value && "statistic" in value) {
    const { namespace, name, statistic, dimensions = {} } = value as Record<string, unknown>;
    const where = Object.entries(dimensions as object).map(([key, each]) => `${key} = ${written(each)}`);
    return [`- ${namespace} \`${name}\` (${statistic})${where.length > 0 ? `: ${where.join(", ")}` : ""}`];
  }
  return Object.values(value).flatMap(metricsIn);
}

/** What AWS assigns is looked up in the state: a page holds no Terraform expression. */
function written(value: unknown): string {
  if (typeof value === "string") return `\`${value}\``;
  const { address, attribute, join = [] } = value as Partial<Reference> & { join?: unknown[] };
  if (join.length > 0) return join.map(written).join("");
  return `${attribute} in \`terraform state show '${address}'\``;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? [`## ${title}`, lines.join("\n")] : [];
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
