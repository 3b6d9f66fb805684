import { Construct } from "constructs";
import { inWords } from "../../core/duration";
import { requireDuration, requireWhole } from "../../core/guard";
import { judge } from "../../core/verdict";
import { QueueProps } from "./queue-props";

/**
 * A consumer may take a whole batch, be throttled and try again before another one gets its messages.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
const VISIBLE_AGAIN_AFTER = 6;

/** The times of a queue in seconds, where they go together. */
export function timesOf(scope: Construct, props: QueueProps, maxDeliveries: number) {
  const { consumerTimeout = "30 seconds", retention = "4 days", maxAge = "15 minutes" } = props;
  const consumer = requireDuration(scope, "consumerTimeout", consumerTimeout, "1 second", "12 hours");
  const hidden = props.visibilityTimeout ?? inWords(Math.min(VISIBLE_AGAIN_AFTER * consumer, 12 * 3600));
  const visibility = requireDuration(scope, "visibilityTimeout", hidden, "1 second", "12 hours");
  const old = "dead letters keep their age: the 14 days of theirs must leave time to look at them";
  const kept = requireDuration(scope, "retention", retention, "1 minute", "10 days", old);
  const late = requireDuration(scope, "maxAge", maxAge, "1 minute", inWords(kept / 2), "older ones would be gone");
  requireWhole(scope, "maxDeliveries", maxDeliveries, 1, 1000);
  judge(scope, "redelivery", maxDeliveries !== 1, {
    prop: "maxDeliveries",
    must: "leave a message a second chance",
    got: maxDeliveries,
    mend: "each message that a consumer holds when it is replaced would be a dead letter",
  });
  judge(scope, "redelivery", visibility >= VISIBLE_AGAIN_AFTER * consumer, {
    prop: "visibilityTimeout",
    must: `be at least ${VISIBLE_AGAIN_AFTER} times the consumer's timeout of ${consumerTimeout}`,
    got: hidden,
    mend: "while one consumer works on a message, another one gets it",
  });
  judge(scope, "redelivery", visibility * maxDeliveries < kept, {
    prop: "retention",
    must: `exceed the ${inWords(visibility * maxDeliveries)} that ${maxDeliveries} deliveries may take`,
    got: retention,
    mend: "a message would be gone before it is put aside",
  });
  return { visibility, retention: kept, maxAge: late };
}
