import { compositeActions } from "./actions";
import { AlarmCheck, AlarmFault, blocksOf, isGiven, isUnknown, textOf } from "./config";
import { LIMITS } from "./limits";
import { WORDING, atMost, required, wholeFrom } from "./rows";
import { readRule } from "./rule-text";

const syntax: AlarmCheck = (config) => {
  if (!isGiven(config, "alarm_rule")) return [];
  const { error } = readRule(String(config.alarm_rule));
  if (!error) return [];
  return [{ prop: "alarm_rule", ...error, mend: `write such as ALARM("a") AND NOT ALARM("b"); names in quotes` }];
};

const size: AlarmCheck = (config) => {
  const { children, elements } = readRule(String(config.alarm_rule ?? ""));
  const mend = "gather some of them under a composite of their own";
  const tooMany = (got: number, most: number, what: string) =>
    got > most ? [{ prop: "alarm_rule", must: `have at most ${most} ${what}`, got, mend }] : [];
  return [
    ...tooMany(children.length, LIMITS.children, "children"),
    ...tooMany(elements, LIMITS.elements, "elements (children, TRUE, FALSE, parentheses)"),
  ];
};

const notItself: AlarmCheck = (config) => {
  const name = textOf(config, "alarm_name");
  const { children } = readRule(String(config.alarm_rule ?? ""));
  const isItself = (reference: unknown) => name !== undefined && nameIn(reference) === name;
  const mend = "name its causes; an alarm cannot hold its own state";
  const suppressor = blocksOf(config, "actions_suppressor")?.[0]?.alarm;
  return [
    ...(children.some(isItself) ? [{ prop: "alarm_rule", must: "not name itself", got: name, mend }] : []),
    ...(isItself(suppressor)
      ? [{ prop: "actions_suppressor.alarm", must: "be another alarm", got: name, mend: "name what silences it" }]
      : []),
  ];
};

/** What a rule or a suppressor names is an alarm, by its name or its ARN. */
const names: AlarmCheck = (config) => {
  const { children } = readRule(String(config.alarm_rule ?? ""));
  const suppressors = (blocksOf(config, "actions_suppressor") ?? []).map(({ alarm }) => alarm);
  return [
    ...children.flatMap((child) => nameFaults("alarm_rule", child)),
    ...suppressors.flatMap((alarm) => nameFaults("actions_suppressor.alarm", alarm)),
  ];
};

function nameFaults(prop: string, reference: unknown): AlarmFault[] {
  const name = nameIn(reference) ?? "";
  if (/^arn:[\w-]+:/.test(name)) {
    return [
      {
        prop,
        must: "name alarms, by name or ARN",
        got: name,
        mend: "write arn:aws:cloudwatch:<region>:<account>:alarm:<name>",
      },
    ];
  }
  if ([...name].length <= LIMITS.name) return [];
  const must = `name alarms, whose names have at most ${LIMITS.name} characters`;
  return [{ prop, must, got: [...name].length, mend: "write the name as the alarm has it" }];
}

const suppressor: AlarmCheck = (config) =>
  (blocksOf(config, "actions_suppressor") ?? []).flatMap((block) =>
    [
      required("alarm", "name what silences it"),
      required("wait_period", "say how many seconds it waits for the suppressor, such as 60"),
      required("extension_period", "say for how many seconds it stays silent afterwards, such as 60"),
      wholeFrom("wait_period", 0, "write whole seconds"),
      wholeFrom("extension_period", 0, "write whole seconds"),
    ].flatMap((check) => check(block).map((fault) => ({ ...fault, prop: `actions_suppressor.${fault.prop}` }))),
  );

/** The name in a reference that is a name or an ARN; nothing where it is known at apply only. */
export function nameIn(reference: unknown): string | undefined {
  if (typeof reference !== "string" || isUnknown(reference)) return undefined;
  return /^arn:[\w-]+:cloudwatch:[^:]*:[^:]*:alarm:(.+)$/.exec(reference)?.[1] ?? reference;
}

/** What CloudWatch asks of a composite alarm. */
export const COMPOSITE_CHECKS: readonly AlarmCheck[] = [
  ...WORDING,
  compositeActions,
  required("alarm_rule", `write such as ALARM("a") OR ALARM("b")`),
  atMost("alarm_rule", LIMITS.rule, "shorten the names, or gather some of them under a composite of their own"),
  syntax,
  size,
  notItself,
  names,
  suppressor,
];
