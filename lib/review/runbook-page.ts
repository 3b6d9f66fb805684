import { inWords } from "./duration";
import { Manifest, Reference } from "./manifest";
import { numbered, section } from "./markdown";
import { escalation, severityOf } from "./runbook/escalate";
import { matters } from "./runbook/matters";
import { ELSE, rollback, waysBack } from "./runbook/mitigate";
import { lookups } from "./runbook/queries";
import { instruction, onNow, statesOf } from "./runbook/shell";
import { historyOf, valuesOf } from "./runbook/values";
import type { RunbookEntry } from "./runbooks";
import { servicesAround } from "./service/dependents";
import { amount, capital } from "./words";

/** One runbook page: what is wrong, whom it hurts, what to look at, how to get back, how to know that it is over. */
export function pageOf(manifest: Manifest, entry: RunbookEntry): string {
  const { construct, name, signal, alarms } = entry;
  const there = standing(manifest, signal.region);
  // What tells of an event may stand elsewhere than the event is heard.
  const rung = standing(there, alarms[0]?.region);
  const { place } = there;
  const account = place?.account === undefined ? "" : `, account ${place.account}`;
  const where = place ? ` In ${place.region}${account}.` : "";
  return (
    [
      `# ${capital(signal.means)}`,
      `\`${construct.path}\` (${construct.is}), signal \`${name}\`: ${signal.kind}.${where}`,
      ...section("Why it matters", matters(manifest, entry)),
      ...section("First checks", checks({ manifest, there, rung }, entry)),
      ...section("Mitigate", relief(manifest, there, entry)),
      ...section("Ways back", waysBack(manifest, entry)),
      ...section("Escalate", escalation(manifest, severityOf(entry))),
      ...section("It is over when", over(manifest, rung, entry)),
      ...section("Dashboards and queries", lookups(manifest, construct.path)),
      ...section("Who is told when", told(entry)),
      ...section("What is measured", measured(signal.measure)),
      ...section(signal.rationale ? "Why these numbers" : "Source", reasons(signal)),
    ].join("\n\n") + "\n"
  );
}

function reasons({ rationale, source }: RunbookEntry["signal"]): string[] {
  const from = rationale ? `Source: <${source}>` : `<${source}>`;
  return [...(rationale ? [rationale] : []), ...(source ? [from] : [])];
}

/** The stack as seen from another region, where what a signal measures and its alarms stand. */
function standing(manifest: Manifest, region: string | undefined): Manifest {
  return region === undefined ? manifest : { ...manifest, place: { ...manifest.place, region } };
}

/** A stack as it is seen from where it stands, from where a signal is measured, and from where its alarms stand. */
interface Seen {
  readonly manifest: Manifest;
  readonly there: Manifest;
  readonly rung: Manifest;
}

/** First what the pattern says, then what every alarm can be asked, at last what may be the cause. */
function checks({ manifest, there, rung }: Seen, entry: RunbookEntry): string[] {
  const { signal, alarms } = entry;
  const steps = (signal.firstSteps ?? []).map((step) => instruction(there, step));
  if (alarms.length === 0) return [numbered([...steps, "It is told once, as it happens: look whether it goes on."])];
  return [
    ...(steps.length > 0 ? [numbered(steps), ""] : []),
    "What else is on, and since when? One cause rings in several places:",
    "",
    onNow(manifest),
    "",
    "What moved these alarms:",
    "",
    historyOf(rung, entry),
    "",
    ...valuesOf(rung, entry),
  ];
}

/** First the last change, the cause of most incidents; then what the pattern knows. */
function relief(manifest: Manifest, there: Manifest, { construct, signal }: RunbookEntry): string[] {
  const known = (signal.mitigate ?? []).map((step) => instruction(there, step));
  const back = rollback(manifest, construct.path);
  return known.length === 0 ? back : [...back, "", ELSE, "", numbered(known)];
}

function told({ alarms, signal }: RunbookEntry): string[] {
  if (alarms.length === 0) return [`- **${signal.urgency ?? "ticket"}**: each time it happens`];
  return alarms.map((alarm) => alarmLine(alarm, signal.bad, signal.unit));
}

function alarmLine({ name, urgency, threshold, zone }: RunbookEntry["alarms"][number], bad: string, unit = ""): string {
  const where = zone === undefined ? "" : ` in ${zone}`;
  const when = threshold === undefined ? "as the alarm says" : `${bad} ${amount(threshold, unit)}`;
  return `- **${urgency}**${where}: ${when} (\`${name}\`)`;
}

/** The same alarms, for as long as they look back, and those of the objectives: what users notice. */
function over(manifest: Manifest, rung: Manifest, { construct, alarms }: RunbookEntry): string[] {
  if (alarms.length === 0) return ["It does not happen again, and the console of the service shows what it should."];
  const longest = Math.max(...alarms.map(({ seconds = 0 }) => seconds));
  const last = longest > 0 ? `, and have been for ${inWords(longest)}: that is how long they look back` : "";
  const objectives = objectiveAlarms(manifest, construct.path);
  const names = alarms.map(({ name }) => name);
  const burns = ["", "No objective of the service burns any more:", "", statesOf(manifest, objectives)];
  return [`Its alarms are OK again${last}:`, "", statesOf(rung, names), ...(objectives.length > 0 ? burns : [])];
}

function objectiveAlarms(manifest: Manifest, path: string): string[] {
  const around = servicesAround(manifest, path).map((service) => service.path);
  const own = manifest.objectives.filter(({ service }) => around.includes(service));
  return own.flatMap(({ alarms }) => Object.values(alarms));
}

/** Every metric in a measurement, as a line a person can find in the console. */
function measured(measure: Readonly<Record<string, unknown>>): string[] {
  if ("event" in measure) return ["```json", JSON.stringify(named(measure.event), undefined, 2), "```"];
  const [first, ...others] = Object.entries((measure.zones ?? {}) as Readonly<Record<string, unknown>>);
  const lines = [...new Set(metricsIn(first ? first[1] : measure))];
  const rest = others.map(([zone]) => zone).join(", ");
  return others.length > 0 ? [...lines, "", `That is ${first[0]}; the same in ${rest}.`] : lines;
}

/** An event as people read it: what AWS assigned is named by where it stands in the state. */
function named(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(named);
  if (typeof value !== "object" || value === null) return value;
  if ("address" in value && "attribute" in value) return `the ${String(value.attribute)} of ${String(value.address)}`;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, named(each)]));
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
