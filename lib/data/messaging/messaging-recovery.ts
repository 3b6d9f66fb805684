import { Sla } from "../../core/declarations";
import { Recoveries } from "../../core/recovery";
import { storedAcrossZones } from "../../core/stored";

const STORED = storedAcrossZones(
  "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/disaster-recovery-resiliency.html",
);

/** How what passes through survives: a lost zone takes nothing along, and what is gone for another reason stays gone. */
export const MESSAGING_RECOVERS: Recoveries = { instance: [STORED], zone: [STORED] };

/** What AWS promises of a queue or a topic. */
export const MESSAGING_SLA: Sla = {
  value: 99.9,
  basis: "sla",
  condition: "one region",
  source: "https://aws.amazon.com/messaging/sla/",
  asOf: "2026-11-01",
};
