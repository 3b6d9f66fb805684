import { Reference } from "../manifest";
import { Board, DrawnMetric, Line, Placed, Widget, placed } from "./board";
import { COLOURS } from "./cloudwatch";
import { Refer, referencesIn, textOf } from "./written";

const SOURCE = { type: "cloudwatch", uid: "${datasource}" } as const;

/** Grafana's own identifier of a dashboard is no longer than this. */
const LONGEST_UID = 40;

/**
 * The same board for Grafana, over its CloudWatch data source. What AWS assigns is a variable of the dashboard, which
 * says where to look it up: nothing here knows the state.
 *
 * @see https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/
 */
export function grafanaDashboard(board: Board): string {
  const asked = [...new Map(referencesIn(board.rows).map((each) => [nameOf(each), each])).entries()];
  const variables = asked.map(([name, { address, attribute }]) => ({
    type: "textbox",
    name,
    label: `${attribute} of ${address}`,
    description: `terraform state show '${address}'`,
    query: "",
  }));
  const dashboard = {
    ...(board.name.length <= LONGEST_UID && { uid: board.name }),
    title: board.title,
    tags: ["sre-constructs"],
    timezone: "utc",
    schemaVersion: 39,
    refresh: "1m",
    time: { from: "now-6h", to: "now" },
    templating: { list: [{ type: "datasource", name: "datasource", query: "cloudwatch" }, ...variables] },
    panels: placed(board).map(panelOf),
  };
  return `${JSON.stringify(dashboard, undefined, 2)}\n`;
}

const refer: Refer = (reference) => `\${${nameOf(reference)}}`;

function nameOf({ address, attribute }: Reference): string {
  return `${address}.${attribute}`.replace(/[^A-Za-z0-9]/g, "_");
}

function panelOf({ widget, x, y, width: w, height: h }: Placed, index: number) {
  return { id: index + 1, gridPos: { x, y, w, h }, ...contentOf(widget) };
}

function contentOf(widget: Widget): Record<string, unknown> {
  if (widget.kind === "text") return markdown("", widget.markdown);
  // Grafana has no list of CloudWatch's alarms.
  if (widget.kind === "alarms")
    return markdown(widget.title, widget.arns.map((arn) => `- ${arn.split(":").pop()}`).join("\n"));
  if (widget.kind === "query") {
    const { title, region, query, logGroups } = widget;
    const logGroupNames = logGroups.map((group) => textOf(group, refer));
    const target = {
      refId: "A",
      id: "",
      queryMode: "Logs",
      region,
      expression: query,
      logGroupNames,
      datasource: SOURCE,
    };
    return { type: "table", title, datasource: SOURCE, targets: [target] };
  }
  const { title, region, period, lines, thresholds, unit, last } = widget;
  const steps = [...thresholds].sort((a, b) => a.value - b.value);
  return {
    type: last ? "stat" : "timeseries",
    title,
    datasource: SOURCE,
    fieldConfig: {
      defaults: {
        custom: { ...(unit !== undefined && { axisLabel: unit }), thresholdsStyle: { mode: "line" } },
        thresholds: {
          mode: "absolute",
          steps: [
            { color: "transparent", value: null },
            ...steps.map(({ rings, value }) => ({ color: COLOURS[rings], value })),
          ],
        },
      },
      overrides: [],
    },
    targets: lines.map((line, index) => targetOf(line, { index, region, period })),
  };
}

function markdown(title: string, content: string) {
  return { type: "text", title, options: { mode: "markdown", content } };
}

function targetOf(line: Line, { index, region, period }: { index: number; region: string; period: number }) {
  const { id, label = "", metric, expression = "", shown } = line;
  const { namespace = "", name = "", statistic = "", dimensions = {} } = (metric ?? {}) as Partial<DrawnMetric>;
  return {
    refId: `Q${index + 1}`,
    id,
    datasource: SOURCE,
    queryMode: "Metrics",
    metricQueryType: 0,
    metricEditorMode: metric ? 0 : 1,
    region,
    namespace,
    metricName: name,
    statistic,
    dimensions: Object.fromEntries(Object.entries(dimensions).map(([key, value]) => [key, textOf(value, refer)])),
    matchExact: true,
    period: String(line.period ?? period),
    expression,
    label,
    hide: !shown,
  };
}
