import { Board, DrawnMetric, Line, Placed, Threshold, Widget, placed } from "./board";
import { Refer, textOf } from "./written";

/** The colours of what rings, in the console's own palette. */
export const COLOURS = { page: "#d62728", ticket: "#ff7f0e", nobody: "#7f7f7f" } as const;

/**
 * The body of a CloudWatch dashboard. Periods are obeyed whatever the range, since thresholds hold for them.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export function cloudWatchBody(board: Board, refer: Refer): string {
  const widgets = placed(board).map((cell) => widgetOf(cell, refer));
  return JSON.stringify({ start: "-PT6H", periodOverride: "inherit", widgets });
}

function widgetOf({ widget, x, y, width, height }: Placed, refer: Refer) {
  const { type, properties } = propertiesOf(widget, refer);
  return { type, x, y, width, height, properties };
}

function propertiesOf(widget: Widget, refer: Refer): { type: string; properties: Record<string, unknown> } {
  if (widget.kind === "text") return { type: "text", properties: { markdown: widget.markdown } };
  if (widget.kind === "alarms") {
    const { title, arns } = widget;
    return { type: "alarm", properties: { title, alarms: arns, sortBy: "stateUpdatedTimestamp" } };
  }
  if (widget.kind === "query") {
    const { title, region, query, logGroups } = widget;
    const sources = logGroups.map((group) => `SOURCE '${textOf(group, refer)}'`);
    return { type: "log", properties: { title, region, view: "table", query: [...sources, query].join(" | ") } };
  }
  const { title, region, period, lines, thresholds, unit, last } = widget;
  return {
    type: "metric",
    properties: {
      title,
      region,
      period,
      view: last ? "singleValue" : "timeSeries",
      ...(last && { sparkline: true }),
      metrics: lines.map((line) => lineOf(line, refer)),
      ...(unit !== undefined && { yAxis: { left: { label: unit, showUnits: false } } }),
      ...(thresholds.length > 0 && { annotations: { horizontal: thresholds.map(annotation) } }),
    },
  };
}

function lineOf({ id, label, metric, expression, shown, period }: Line, refer: Refer): unknown[] {
  const common = {
    id,
    ...(label !== undefined && { label }),
    ...(period !== undefined && { period }),
    ...(!shown && { visible: false }),
  };
  if (expression !== undefined) return [{ expression, ...common }];
  const { namespace, name, statistic, dimensions = {} } = metric as DrawnMetric;
  const where = Object.entries(dimensions).flatMap(([key, value]) => [key, textOf(value, refer)]);
  return [namespace, name, ...where, { stat: statistic, ...common }];
}

function annotation({ label, value, rings }: Threshold) {
  return { label, value, color: COLOURS[rings] };
}
