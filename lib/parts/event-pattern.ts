import { verbatim } from "../core/content";
import { EventMeasure } from "../core/signal";

/** What EventBridge matches events against. */
export function eventPattern({ source, detailType, detail }: EventMeasure["event"]): string {
  return verbatim(JSON.stringify({ source, "detail-type": detailType, ...(detail && { detail }) }));
}
