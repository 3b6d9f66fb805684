import { Manifest } from "../manifest";
import { cloudWatchBody } from "./cloudwatch";
import { DeclaredDashboard } from "./declared";
import { grafanaDashboard } from "./grafana";
import { boardOf } from "./service-board";

/**
 * Each dashboard for Grafana, `dashboards/<name>.json`, and as CloudWatch has it, `dashboards/<name>.cloudwatch.json`,
 * where what AWS assigns is named by its address.
 */
export function dashboardReport(manifest: Manifest): Record<string, string> {
  const files = manifest.dashboards.flatMap((dashboard) => {
    const board = boardOf(dashboard, [manifest, ...dashboard.others]);
    const body = cloudWatchBody(board, ({ address, attribute }) => `<${attribute} of ${address}>`);
    return [
      [`dashboards/${fileOf(dashboard)}.json`, grafanaDashboard(board)],
      [`dashboards/${fileOf(dashboard)}.cloudwatch.json`, `${JSON.stringify(JSON.parse(body), undefined, 2)}\n`],
    ];
  });
  return Object.fromEntries(files);
}

/** A service has one dashboard, which is found by its name; the one over all by its own. */
export function fileOf({ shows, services, path }: DeclaredDashboard): string {
  const named = shows === "service" ? services[0] : path;
  return named.split("/").slice(1).join("-");
}
