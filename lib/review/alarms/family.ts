import { AlarmConfig, blocksOf, isGiven, listOf, textOf } from "./config";
import { nameIn } from "./composite";
import { readRule } from "./rule-text";

/** An alarm among the others of its stack. */
export interface StackAlarm {
  /** Its Terraform address, such as `aws_cloudwatch_metric_alarm.cpu`. */
  readonly address: string;
  readonly config: AlarmConfig;
}

/** How a composite names an alarm. */
export interface Reference {
  readonly prop: "alarm_rule" | "actions_suppressor.alarm";
  readonly text: string;
  /** The address that it refers to, in the stack or not. */
  readonly address?: string;
  /** The alarm of the stack that it means. */
  readonly alarm?: StackAlarm;
}

const ATTRIBUTE = /\$\{(aws_cloudwatch_(?:metric|composite)_alarm\.[\w-]+)(?:\[[^\]]*\])?\.(alarm_name|arn|id)\}/;

/** The alarms of a stack, and who of them names whom. */
export class AlarmFamily {
  private readonly byAddress: ReadonlyMap<string, StackAlarm>;
  private readonly byName: ReadonlyMap<string, StackAlarm>;

  /** The composites among them. */
  readonly composites: readonly StackAlarm[];
  private readonly named = new Map<StackAlarm, Reference[]>();

  constructor(alarms: readonly StackAlarm[]) {
    this.composites = alarms.filter(({ address }) => address.startsWith("aws_cloudwatch_composite_alarm."));
    this.byAddress = new Map(alarms.map((alarm) => [alarm.address, alarm]));
    this.byName = new Map(alarms.map((alarm) => [textOf(alarm.config, "alarm_name") ?? "", alarm]));
  }

  /** Whom a composite names, in its rule and as its suppressor. */
  references(alarm: StackAlarm): readonly Reference[] {
    const known = this.named.get(alarm);
    if (known) return known;
    const { children } = readRule(String(alarm.config.alarm_rule ?? ""));
    const suppressors = (blocksOf(alarm.config, "actions_suppressor") ?? []).map((block) => String(block.alarm ?? ""));
    const references = [
      ...children.map((text) => this.reference("alarm_rule", text)),
      ...suppressors.map((text) => this.reference("actions_suppressor.alarm", text)),
    ];
    this.named.set(alarm, references);
    return references;
  }

  /** Whom a composite names in its rule. */
  children(alarm: StackAlarm): Reference[] {
    return this.references(alarm).filter(({ prop }) => prop === "alarm_rule");
  }

  /** A rule in which the names of the stack are written out. */
  ruleOf({ config }: StackAlarm): string {
    return String(config.alarm_rule ?? "").replace(new RegExp(ATTRIBUTE, "g"), (text, address: string, attribute) => {
      const name = textOf(this.byAddress.get(address)?.config ?? {}, "alarm_name");
      return attribute === "arn" ? text : (name ?? text);
    });
  }

  /** The addresses that Terraform makes before an alarm, because it refers to them. */
  madeBefore(alarm: StackAlarm): Set<string> {
    const before = new Set<string>();
    const follow = (each: StackAlarm) => {
      const named = this.references(each).flatMap(({ address }) => address ?? []);
      for (const address of [...named, ...(listOf(each.config, "depends_on") ?? []).map(String)]) {
        if (before.has(address)) continue;
        before.add(address);
        const next = this.byAddress.get(address);
        if (next) follow(next);
      }
    };
    follow(alarm);
    return before;
  }

  private reference(prop: Reference["prop"], text: string): Reference {
    const address = ATTRIBUTE.exec(text)?.[1];
    const alarm = address ? this.byAddress.get(address) : this.byName.get(nameIn(text) || "-");
    return { prop, text, address, alarm };
  }
}

/** Where an alarm stands, as far as its own configuration says: provider and Region. */
export function placeIn(config: AlarmConfig): string {
  return [config.provider, config.region].map((part) => (part ? String(part) : "")).join(" ");
}

/** Whether an alarm is made several times over. */
export function isRepeated(config: AlarmConfig): boolean {
  return isGiven(config, "count") || isGiven(config, "for_each");
}
