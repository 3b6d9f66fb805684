import { DeclaredConstruct, DeclaredQuery, Manifest, Written } from "../manifest";
import { fileOf } from "../dashboards/report";
import { servicesAround } from "../service/dependents";
import { folderOf } from "./path";
import { inRegion, lately, word } from "./shell";
import { shell } from "../markdown";

/** How far back a question looks: for what is going on, and for what a review asks. */
const HOUR_SECONDS = 3600;
const YEAR_SECONDS = 400 * 86_400;

/** `queries.md`: every saved query of the stack as commands; nothing where no construct asks anything. */
export function queriesPage(manifest: Manifest): Record<string, string> {
  const sections = manifest.constructs.flatMap((construct) =>
    Object.entries(construct.queries ?? {}).map(([name, query]) => {
      return [`## ${headingOf(manifest, construct, name)}`, `Tells ${query.asks}.`, ask(manifest, query)].join("\n\n");
    }),
  );
  if (sections.length === 0) return {};
  const title = `# What can be asked of the logs of ${manifest.stack}`;
  const how =
    "Each asks the last hour, and those about incidents 400 days. The time is the number in the first line; a longer one costs more.";
  return { "queries.md": [title, how, ...sections].join("\n\n") + "\n" };
}

/** Where to look for more: dashboards, and questions to the logs. */
export function lookups(manifest: Manifest, path: string): string[] {
  return [...dashboardLinks(manifest, path), ...queryLinks(manifest, path)];
}

/** Where the queries of a construct, and of what belongs to the same service, can be read. */
function queryLinks(manifest: Manifest, path: string): string[] {
  const related = relatedTo(manifest, path);
  return manifest.constructs
    .filter((construct) => related.has(construct.path))
    .flatMap((construct) =>
      Object.entries(construct.queries ?? {}).map(([name, { asks }]) => {
        const heading = headingOf(manifest, construct, name);
        return `- [${heading}](../queries.md#${anchorOf(heading)}): ${asks}`;
      }),
    );
}

/** The dashboards that show a construct or a service; `up` leads from the page to the folder of all reports. */
export function dashboardLinks(manifest: Manifest, path: string, up = "../../"): string[] {
  const { dashboards, place } = manifest;
  const own = new Set(servicesAround(manifest, path).map((service) => service.path));
  return dashboards
    .filter((dashboard) => dashboard.also.includes(path) || dashboard.services.some((each) => own.has(each)))
    .map((dashboard) => {
      const grafana = `[for Grafana](${up}dashboards/${fileOf(dashboard)}.json)`;
      return `- ${dashboard.title}: ${consoleOf(place, dashboard.name)}, ${grafana}`;
    });
}

/** @see https://docs.aws.amazon.com/general/latest/gr/rande.html */
const CONSOLES: Readonly<Record<string, string>> = {
  aws: "console.aws.amazon.com",
  "aws-cn": "console.amazonaws.cn",
  "aws-us-gov": "console.amazonaws-us-gov.com",
};

/** A dashboard in the console; its name where no console is known. */
export function consoleOf(place: Manifest["place"], name: string): string {
  const host = place && CONSOLES[place.partition];
  if (host === undefined) return `\`${name}\` in CloudWatch`;
  return `[in CloudWatch](https://${host}/cloudwatch/home?region=${place?.region}#dashboards/dashboard/${name})`;
}

/** A construct, what it shares a service with, and what a dashboard shows beside them. */
function relatedTo(manifest: Manifest, path: string): ReadonlySet<string> {
  const { dashboards } = manifest;
  const parts = servicesAround(manifest, path).flatMap((service) => [
    service.path,
    ...service.runs,
    ...service.edges.flatMap(({ from, to }) => [from, to]),
  ]);
  const also = dashboards.filter((each) => each.services.some((of) => parts.includes(of))).flatMap(({ also }) => also);
  return new Set([path, ...parts, ...also]);
}

function headingOf({ stack }: Manifest, { path }: DeclaredConstruct, name: string): string {
  return `${folderOf(stack, path)} ${name}`;
}

/** As GitHub names a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w -]/g, "")
    .replaceAll(" ", "-");
}

function ask(manifest: Manifest, { query, logGroups, shows }: DeclaredQuery): string {
  const groups = logGroups.map(nameOf).join(" ");
  const asked = word(query);
  const span = lately(shows === "incidents" ? YEAR_SECONDS : HOUR_SECONDS);
  return shell(
    inRegion(
      manifest,
      `id=$(aws logs start-query --log-group-names ${groups} ${span} --query-string ${asked} --query queryId --output text)`,
    ),
    `sleep 5; ${inRegion(manifest, 'aws logs get-query-results --query-id "$id" --query results')}`,
  );
}

/** A name that AWS assigned is read from the state of the stack. */
function nameOf(name: Written): string {
  if (typeof name === "string") return word(name);
  if ("join" in name) return `"${name.join.map((part) => (typeof part === "string" ? part : stateOf(part))).join("")}"`;
  return `"${stateOf(name)}"`;
}

function stateOf({ address, attribute }: { readonly address: string; readonly attribute: string }): string {
  return `$(terraform state show -no-color '${address}' | awk '$1 == "${attribute}" { gsub("\\"", "", $3); print $3 }')`;
}
