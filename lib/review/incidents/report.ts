import { Manifest } from "../manifest";
import { RESPONSE, responseGuide } from "./response";
import { REVIEW, reviewTemplate } from "./review";

/** How an incident is led, and what is written after it; nothing where no alarm and no objective can tell of one. */
export function incidentReport(manifest: Manifest): Record<string, string> {
  if (manifest.alarms.length + manifest.objectives.length === 0) return {};
  return { [RESPONSE]: responseGuide(manifest), [REVIEW]: reviewTemplate(manifest) };
}
