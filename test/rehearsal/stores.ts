import { App, TerraformStack } from "cdktf";
import { invoices } from "../../examples/bucket";
import { images } from "../../examples/images";
import { intake } from "../../examples/queue";
import { table } from "../../examples/table";
import { events } from "../../examples/topic";
import { PRODUCTION } from "../../lib/core";
import { provide } from "../../lib/stack";
import { Surroundings } from "./world";

const PLACE = { name: "stores", account: "444444444444", region: "eu-west-1" };

/** The account of the examples of stores, with the bucket that one of them writes its access logs to. */
export const STORES: Surroundings = { ...PLACE, buckets: ["orders-access-logs"] };

/** An example stands alone: nobody watches it, and no plan backs it up. */
const POSTURE = { ...PRODUCTION, enforce: "warn" } as const;

const EXAMPLES: Readonly<Record<string, (stack: TerraformStack) => unknown>> = {
  queue: intake,
  topic: events,
  table,
  bucket: invoices,
  images,
};

/** The examples of stores as in production, a stack each: they call the same thing by the same name. */
export function stores(app: App): void {
  for (const [example, fill] of Object.entries(EXAMPLES)) {
    const stack = new TerraformStack(app, `${example}-stores`);
    provide(stack, {
      ...PLACE,
      service: "examples",
      owner: "team-orders",
      costCentre: "retail-4711",
      posture: POSTURE,
    });
    fill(stack);
  }
}
