import { Construct } from "constructs";
import { Watchable } from "../core/declarations";
import { register } from "../core/hook";
import { Signals } from "../core/signal";
import { DeadLetters } from "../parts/dead-letters";

/** Who watches them. */
interface Watcher extends Construct {
  watch(target: Watchable): void;
}

/** The queue for all rules of a region, which put aside what they cannot deliver in their own; watched like all else. */
export function lostEventsOf(alarms: Watcher, region?: string): DeadLetters {
  const id = ["lost-events", region].filter(Boolean).join("-");
  const made = alarms.node.tryFindChild(id);
  if (made) return (made as LostEvents).letters;
  const lost = new LostEvents(alarms, id, region);
  alarms.watch(lost);
  return lost.letters;
}

/** Events that should have told people and could not be delivered, in one region. */
class LostEvents extends Construct implements Watchable {
  readonly letters: DeadLetters;

  constructor(
    scope: Construct,
    id: string,
    private readonly region?: string,
  ) {
    super(scope, id);
    register(this);
    this.letters = new DeadLetters(this, "queue", region);
  }

  get signals() {
    const { undelivered } = this.letters.health("an event reached nobody");
    return {
      undelivered: { ...undelivered, ...(this.region !== undefined && { region: this.region }) },
    } satisfies Signals;
  }
}
