import { Construct } from "constructs";
import { Metric, Signal, Signals, Watchable } from "../../lib/core";

export const PAGE = "arn:aws:sns:eu-west-1:111122223333:page";
export const TICKET = "arn:aws:sns:eu-west-1:111122223333:ticket";
export const NOTIFY = { page: PAGE, ticket: TICKET };

/** A metric that no service of AWS publishes. */
export const metric = (name: string, statistic = "Sum"): Metric => ({ namespace: "Own/Service", name, statistic });

/** A signal that tells nobody yet. */
export const ERRORS = {
  kind: "errors",
  means: "orders are lost",
  measure: { metric: metric("Lost") },
  bad: "above",
} as const satisfies Signal;

/** A pattern that the library has never heard of. */
export class Mill<S extends Signals = Signals> extends Construct implements Watchable<S> {
  constructor(
    scope: Construct,
    id: string,
    readonly signals: S,
  ) {
    super(scope, id);
  }
}
