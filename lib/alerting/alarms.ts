import { TerraformStack } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { Watchable } from "../core/declarations";
import { requireDeclared } from "../core/declared";
import { refuse, requireForm } from "../core/guard";
import { register } from "../core/hook";
import { notesOf, note } from "../core/notes";
import { Kept } from "../core/collect";
import { requireKind, requireProps } from "../core/props";
import { AlarmRouting, PageAlarm } from "../core/routing";
import { Metric, Signals, Tuning, Urgency, URGENCIES } from "../core/signal";
import { Waiver, isWaiver, recordWaiver } from "../core/waiver";
import { runbookAddress } from "../parts/runbook-address";
import { requireTopicArn } from "../parts/topic-arn";
import { AlarmHandle, defineAlarms } from "./define-alarms";
import { defineEvents } from "./define-events";
import { elsewhereOf, regionOf } from "./elsewhere";
import { deploymentAlarm } from "./deployment-alarm";
import { lostEventsOf } from "./lost-events";
import { resolveSignal } from "./resolve-signal";
import { Suppression } from "./suppression";
import { ticketComposite } from "./ticket-composite";
import { requireVoice } from "./voice";

/** The ARN of the SNS topic of each urgency. An `Escalation` has them; a literal does as well. */
export type Notify = Readonly<Record<Urgency, string>>;

/** What an {@link Alarms} can be told. */
export interface AlarmsProps {
  readonly notify: Notify;
  /**
   * Topics in other regions, by region: for signals whose metrics are published there, such as those of a replica. An
   * alarm tells topics of its own region only.
   *
   * @default - a signal of another region is refused
   */
  readonly elsewhere?: Readonly<Record<string, Notify>>;
  /**
   * The address under which the runbooks are published.
   *
   * @default - `runbooks`, the folder that synthesis writes beside the manifest
   */
  readonly runbooks?: string;
  /**
   * A metric that is above 0 each minute while something is deployed, as CI publishes it. Tickets of patterns wait until it
   * is over; pages do not, nor do objectives: what a bad deployment breaks must ring. It ends by itself where CI dies.
   *
   * @default - deployments hold nothing back
   */
  readonly deployments?: Metric;
}

/** For each signal of a pattern: other numbers, or a reason to do without. A misspelt signal does not compile. */
export type Tunings<S extends Signals> = { readonly [name in keyof S]?: Tuning | Waiver };

/**
 * Watches what patterns say is worth watching: one alarm for each threshold of each signal, and for each zone.
 *
 * Pages act by themselves. The tickets of one pattern act through one composite, so that one cause is one ticket; a
 * second cause in an open composite does not notify again. Tickets wait while what the pattern needs, by the
 * `ServiceGraph`, pages. An event that could not be delivered is kept, and is a ticket itself.
 *
 * Alarms stand under what they watch: their addresses stay when this construct moves. What has signals and is not
 * watched fails synthesis.
 *
 * @see https://sre.google/workbook/alerting-on-slos/
 */
export class Alarms extends Construct implements AlarmRouting {
  /** The alarms that page, for rollbacks and stop conditions. It grows with each {@link watch}, and each objective. */
  readonly pages: PageAlarm[] = [];
  readonly notify: Notify;
  readonly runbooks: string;
  private readonly elsewhere: Readonly<Record<string, Notify>>;
  private readonly suppression: Suppression;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    register(this, props, "AlarmsProps");
    for (const urgency of URGENCIES) requireTopicArn(this, `notify.${urgency}`, props.notify[urgency]);
    this.notify = props.notify;
    this.elsewhere = elsewhereOf(this, props.elsewhere);
    const { runbooks = "runbooks" } = props;
    requireForm(this, "runbooks", runbooks, /^\S+$/, "an address or a path without spaces");
    this.runbooks = runbooks.replace(/\/$/, "");
    this.suppression = new Suppression(this, props.deployments && deploymentAlarm(this, props.deployments));
  }

  /**
   * Watches a pattern, with its own thresholds or with yours.
   *
   * @throws where the pattern stands in another stack, is watched already, has no such signal, or a signal needs a
   * setting that is off
   */
  watch<W extends Watchable>(target: W, tunings: Tunings<W["signals"]> = {}): void {
    requireKind(this, "watch", target, "Watchable");
    requireProps(target, tunings, "Tunings", "tunings");
    const { signals } = target;
    requireDeclared(target, { signals });
    this.claim(target);
    const unknown = Object.keys(tunings).find((name) => !(name in signals));
    if (unknown !== undefined) {
      const must = `be one of ${Object.keys(signals).join(", ")}`;
      refuse(target, { prop: "signal", must, got: unknown });
    }
    const alarms = new Construct(target as unknown as Construct, "alarms");
    const pages: AlarmHandle[] = [];
    const tickets: AlarmHandle[] = [];
    for (const [name, signal] of Object.entries(signals)) {
      const tuning = (tunings as Tunings<Signals>)[name] ?? {};
      if (isWaiver(tuning)) {
        recordWaiver(target, `alarm on ${name}`, tuning);
        continue;
      }
      const resolved = resolveSignal(target, name, signal, tuning);
      const region = regionOf(target, resolved.region);
      const notify = region === undefined ? this.notify : this.notifyIn(region, target, name);
      const plan = { target, name, notify, region, runbook: this.runbookOf(target, name), signal: resolved };
      if ("event" in resolved.measure) {
        defineEvents(alarms, plan, lostEventsOf(this, region));
        continue;
      }
      const defined = defineAlarms(alarms, plan);
      // No rollback, stop condition or composite reaches another region.
      if (region !== undefined) continue;
      pages.push(...defined.page);
      tickets.push(...defined.ticket);
    }
    requireVoice(target, alarms);
    this.pages.push(...pages);
    const ticket = ticketComposite(alarms, {
      target,
      tickets,
      topic: this.notify.ticket,
      runbook: this.runbookOf(target),
    });
    this.suppression.add({ target, scope: alarms, pages, tickets, ticket });
  }

  /** The pages of some of what is watched: what a bad image can set off, or what users feel. */
  pagesOf(...watched: readonly IConstruct[]): PageAlarm[] {
    requireKind(this, "pagesOf", watched, ["construct"]);
    const paths = watched.map(({ node }) => node.path);
    return this.pages.filter(({ path }) => path !== undefined && paths.includes(path));
  }

  private notifyIn(region: string, target: Watchable, signal: string): Notify {
    const mend = `elsewhere: { "${region}": { page, ticket } } on ${this.node.path}, with topics that stand there; or waive the alarm`;
    return (
      this.elsewhere[region] ?? refuse(target, { prop: signal, must: `tell topics in ${region}`, got: undefined, mend })
    );
  }

  private claim(target: Watchable): void {
    const stack = TerraformStack.of(target);
    if (stack !== TerraformStack.of(this)) {
      const mend = `watch it by an Alarms in ${stack.node.id}: references would run both ways`;
      refuse(this, { prop: "watch", must: "stand in the same stack as what is watched", got: target.node.path, mend });
    }
    const by = notesOf<Kept>(target, "kept").find(({ safeguard }) => safeguard === "watched")?.by;
    if (by !== undefined) {
      refuse(target, {
        prop: "watch",
        must: "be called once for each construct",
        got: `a second watcher, beside ${by}`,
      });
    }
    note(target, "kept", { safeguard: "watched", by: this.node.path } satisfies Kept);
  }

  private runbookOf(target: Watchable, signal?: string): string {
    return runbookAddress(this.runbooks, target, signal);
  }
}
