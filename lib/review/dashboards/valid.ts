import { Complaint, complain } from "../complaint";
import { ResourceConfig, Rule, pathOf } from "../rule";
import { COLUMNS } from "./board";
import { MOST_ALARMS } from "./slices";

/**
 * What CloudWatch takes. It publishes no limit for the size of a body.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html
 */
export const DASHBOARD_LIMITS = { widgets: 500, metricsPerWidget: 500, metrics: 2500 } as const;

const NAME = /^[A-Za-z0-9_-]{1,255}$/;
const ID = /^[a-z][A-Za-z0-9_]*$/;

interface BodyWidget {
  readonly type?: string;
  readonly x?: number;
  readonly width?: number;
  readonly properties?: Readonly<Record<string, unknown>>;
}

/**
 * CloudWatch accepts every dashboard of the stack, whoever made it: what it would refuse in mid-apply is refused here.
 * A body that is known at apply only passes.
 */
export const VALID_DASHBOARD: Rule = {
  safeguard: "valid-dashboard",
  reads: ["aws_cloudwatch_dashboard"],
  judge: ({ resources }) =>
    Object.entries(resources.aws_cloudwatch_dashboard ?? {}).flatMap(([name, config]) => {
      const path = pathOf(config) ?? `aws_cloudwatch_dashboard.${name}`;
      return dashboardFaults(config).map((fault) => ({ path, kept: false, message: complain(path, fault) }));
    }),
};

/** Why CloudWatch would refuse a dashboard; nothing where it takes it. */
export function dashboardFaults({ dashboard_name: name, dashboard_body: body }: ResourceConfig): Complaint[] {
  const badName: Complaint = {
    prop: "dashboardName",
    must: "be 1 to 255 letters, digits, hyphens and underscores",
    got: name,
    mend: 'take nameOf(scope, "dashboard")',
  };
  const named = typeof name !== "string" || name.includes("${") || NAME.test(name);
  return [...(named ? [] : [badName]), ...bodyFaults(body)];
}

function bodyFaults(body: unknown): Complaint[] {
  if (typeof body !== "string") return [];
  let parsed: { widgets?: unknown };
  try {
    parsed = JSON.parse(body);
  } catch {
    if (body.includes("${")) return [];
    return [{ prop: "dashboardBody", must: "be JSON", got: body.slice(0, 40), mend: "write it with JSON.stringify" }];
  }
  const mend = "name the array of widgets";
  if (!Array.isArray(parsed?.widgets)) {
    return [{ prop: "dashboardBody", must: "hold widgets", got: parsed?.widgets, mend }];
  }
  const widgets = parsed.widgets as readonly BodyWidget[];
  const { widgets: most, metrics: mostMetrics } = DASHBOARD_LIMITS;
  const all = widgets.reduce((sum, widget) => sum + metricsOf(widget).length, 0);
  return [
    ...above("widgets", widgets.length, most, "split the service, or show parts of it on a dashboard of their own"),
    ...above("metrics", all, mostMetrics, "split the service, or show parts of it on a dashboard of their own"),
    ...widgets.flatMap(widgetFaults),
  ];
}

function widgetFaults(widget: BodyWidget, index: number): Complaint[] {
  const prop = `widgets[${index}]`;
  const { type, x = 0, width = 6, properties = {} } = widget;
  const metrics = metricsOf(widget);
  const ids = metrics.flatMap((entry) => (entry[entry.length - 1] as { id?: string } | undefined)?.id ?? []);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  const badId = ids.find((id) => !ID.test(id));
  const { alarms, period } = properties as { alarms?: readonly unknown[]; period?: number };
  const unevenly = typeof period === "number" && (period < 60 || period % 60 !== 0);
  return [
    ...above(`${prop}.metrics`, metrics.length, DASHBOARD_LIMITS.metricsPerWidget, "split the widget"),
    ...above(`${prop}.x + width`, x + width, COLUMNS, "the grid has 24 columns"),
    ...(type === "alarm" ? above(`${prop}.alarms`, alarms?.length ?? 0, MOST_ALARMS, "split the widget") : []),
    ...faultIf(twice, { prop: `${prop}.id`, must: "be there once", mend: "give each metric an id of its own" }),
    ...faultIf(badId, { prop: `${prop}.id`, must: "begin with a small letter", mend: "letters, digits, underscores" }),
    ...faultIf(unevenly ? period : undefined, {
      prop: `${prop}.period`,
      must: "be a multiple of 60",
      mend: "write whole minutes in seconds",
    }),
  ];
}

function metricsOf({ properties }: BodyWidget): readonly unknown[][] {
  return Array.isArray(properties?.metrics) ? (properties.metrics as unknown[][]) : [];
}

function above(prop: string, got: number, most: number, mend: string): Complaint[] {
  return got > most ? [{ prop, must: `be at most ${most}`, got, mend }] : [];
}

function faultIf(got: unknown, fault: Omit<Complaint, "got">): Complaint[] {
  return got === undefined ? [] : [{ ...fault, got }];
}
