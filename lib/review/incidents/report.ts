import { Manifest } from "../manifest";
import { isTold } from "../runbook/escalate";
import { RESPONSE, responseGuide } from "./response";
import { REVIEW, reviewTemplate } from "./review";

/** How an incident is led, and what is written after it; nothing where nobody is told of one. */
export function incidentReport(manifest: Manifest): Record<string, string> {
  if (!isTold(manifest)) return {};
  return { [RESPONSE]: responseGuide(manifest), [REVIEW]: reviewTemplate(manifest) };
}
