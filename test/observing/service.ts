import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Alarms } from "../../lib/alerting";
import { Fleet } from "../../lib/compute";
import { Indicators, Measurable, ServiceGraph, Signals } from "../../lib/core";
import { Postgres } from "../../lib/data";
import { LoadBalancer } from "../../lib/traffic";
import { NOTIFY, Mill as Watched } from "../alerting/mill";
import { Config, Synthesized, network } from "../synth";

export { ERRORS, NOTIFY, metric } from "../alerting/mill";

/** The same mill, where it counts what it does. */
export class Mill extends Watched implements Measurable {
  constructor(
    scope: Construct,
    id: string,
    signals: Signals = {},
    readonly indicators: Indicators = {},
  ) {
    super(scope, id, signals);
  }
}

/** Orders, as the examples have it: entrance, fleet and database. */
export function orders(stack: TerraformStack) {
  const placement = network();
  const domain = { name: "orders.example.com", zoneId: "Z0123456789ABCDEFGHIJ" };
  const database = new Postgres(stack, "database", { network: placement });
  const entrance = new LoadBalancer(stack, "entrance", { network: placement, domain });
  const fleet = new Fleet(stack, "fleet", {
    network: placement,
    behind: entrance,
    image: "ami-0a1b2c3d4e5f60718",
    load: { peakRequestsPerSecond: 900, perInstance: 150 },
  });
  const alarms = new Alarms(stack, "alarms", { notify: NOTIFY, runbooks: "https://runbooks.example.com" });
  const graph = new ServiceGraph(stack, "orders", { entrance, runs: fleet, needs: [database] });
  return { database, entrance, fleet, alarms, graph };
}

/** The widgets of the only dashboard, in reading order. */
export function widgets(stack: Synthesized): Config[] {
  return JSON.parse(stack.the(CloudwatchDashboard).dashboard_body).widgets;
}

/** Titles of charts and first lines of texts, in reading order. */
export function headings(stack: Synthesized): string[] {
  return widgets(stack).map(({ properties: { title, markdown } }) => title ?? markdown.split("\n")[0]);
}

/** The widget of a title. */
export function titled(stack: Synthesized, title: string): Config {
  const found = widgets(stack).find(({ properties }) => properties.title === title);
  if (!found) throw new Error(`no widget "${title}"; there are ${headings(stack).join(", ")}`);
  return found;
}

/** Everything that texts say. */
export function texts(stack: Synthesized): string {
  return widgets(stack)
    .map(({ properties }) => properties.markdown ?? "")
    .join("\n");
}
