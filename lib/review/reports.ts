import { dashboardReport } from "./dashboards/report";
import { gameDays } from "./recovery/experiments/report";
import { incidentReport } from "./incidents/report";
import { Manifest } from "./manifest";
import { recoveryReport } from "./recovery/report";
import { runbooks } from "./runbooks";
import { servicePage } from "./service/page";
import { sloReports } from "./slo/reports";

/** What people read beside the manifest: files below `reliability/<stack>`, by their path. */
export type Report = (manifest: Manifest) => Readonly<Record<string, string>>;

/** Every report; one that has nothing to say about a stack leaves no file. */
const REPORTS: readonly Report[] = [
  servicePage,
  (manifest) => below("runbooks", runbooks(manifest)),
  recoveryReport,
  sloReports,
  gameDays,
  dashboardReport,
  incidentReport,
];

/** The files of all reports. */
export function reports(manifest: Manifest): Readonly<Record<string, string>> {
  return Object.assign({}, ...REPORTS.map((report) => report(manifest)));
}

function below(folder: string, files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
}
