import { Construct } from "constructs";
import { Fault } from "../core/fault";
import { requireThat } from "../core/guard";
import { minutesIn } from "./parameters";

/**
 * Minutes that a parameter may say, by its name.
 *
 * @see https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html
 */
const MINUTES: Readonly<Record<string, readonly [number, number]>> = {
  duration: [1, 720],
  durationBeforeInterruption: [2, 15],
  maxDuration: [1, 720],
  startInstancesAfterDuration: [1, 720],
};

const PERCENT = /percent(age)?$/i;

/** Refuses what AWS would only as an experiment starts: a time of another form or too long, a share of nothing. */
export function requireParameters(
  scope: Construct,
  prop: string,
  { parameters = {} }: Pick<Fault, "parameters">,
): void {
  for (const [name, got] of Object.entries(parameters)) {
    const [least, most] = MINUTES[name] ?? [];
    const minutes = minutesIn(got);
    if (least !== undefined && most !== undefined) {
      const must = `be hours and minutes, PT${least}M to ${most === 720 ? "PT12H" : `PT${most}M`}`;
      requireThat(scope, minutes >= least && minutes <= most, { prop: `${prop}.${name}`, must, got });
    }
    const share = !PERCENT.test(name) || (Number(got) > 0 && Number(got) <= 100);
    requireThat(scope, share, { prop: `${prop}.${name}`, must: "be above 0, and 100 at most", got });
  }
}
