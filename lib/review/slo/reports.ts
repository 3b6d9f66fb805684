import { Manifest } from "../manifest";
import { openSlo } from "./open-slo";
import { prometheusRules } from "./prometheus";
import { objectivePages } from "./runbook";

/** What there is to read of objectives: files below `reliability/<stack>`, by their path. */
export function sloReports(manifest: Manifest): Record<string, string> {
  const pages = Object.entries(objectivePages(manifest)).map(([path, text]) => [`runbooks/${path}`, text]);
  if (manifest.objectives.length === 0) return Object.fromEntries(pages);
  const rules = prometheusRules(manifest);
  return {
    ...Object.fromEntries(pages),
    "slo/openslo.yaml": openSlo(manifest),
    ...(rules !== undefined && { "slo/prometheus-rules.yaml": rules }),
  };
}
