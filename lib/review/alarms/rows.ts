import { AlarmCheck, AlarmConfig, AlarmFault, isGiven, isUnknown, numberOf, textOf } from "./config";
import { LIMITS } from "./limits";

/** What must be there. */
export function required(key: string, mend: string): AlarmCheck {
  return (config) => (isGiven(config, key) ? [] : [{ prop: key, must: "be given", got: undefined, mend }]);
}

/** What takes one of a few words. */
export function oneOf(key: string, words: readonly string[], mend = "mind the case"): AlarmCheck {
  return (config) => {
    const got = textOf(config, key);
    return got === undefined || words.includes(got)
      ? []
      : [{ prop: key, must: `be one of ${words.join(", ")}`, got, mend }];
  };
}

/** What is held only so far. */
export function atMost(key: string, longest: number, mend: string): AlarmCheck {
  return (config) => {
    const text = textOf(config, key) ?? "";
    const length = text.length <= longest ? text.length : [...text].length;
    return length <= longest ? [] : [{ prop: key, must: `have at most ${longest} characters`, got: length, mend }];
  };
}

/** What counts whole things. */
export function wholeFrom(key: string, least: number, mend: string): AlarmCheck {
  return (config) => {
    const number = numberOf(config, key);
    if (number === undefined || (Number.isInteger(number) && number >= least)) return [];
    return [{ prop: key, must: `be a whole number, at least ${least}`, got: config[key], mend }];
  };
}

/** A name without control characters. */
export const plainName: AlarmCheck = (config) => {
  const got = textOf(config, "alarm_name") ?? "";
  const plain = !/[\u0000-\u001f\u007f]/.test(got);
  const must = "have no control characters";
  return plain ? [] : [{ prop: "alarm_name", must, got, mend: "write it in one line, without tabs" }];
};

const tags: AlarmCheck = (config) =>
  ["tags", "tags_all"].flatMap((prop) => {
    const value = config[prop];
    if (typeof value !== "object" || value === null) return [];
    const names = Object.keys(value);
    const own = names.find((name) => /^aws:/i.test(name));
    const must = `have at most ${LIMITS.tags} entries`;
    return [
      ...(names.length > LIMITS.tags ? [{ prop, must, got: names.length, mend: "leave some of them out" }] : []),
      ...(own ? [{ prop, must: 'have no name that begins with "aws:"', got: own, mend: "rename it" }] : []),
      ...Object.entries(value).flatMap(([name, text]) => tagFaults(prop, name, text)),
    ];
  });

function tagFaults(prop: string, name: string, value: unknown): AlarmFault[] {
  if (isUnknown(name) || isUnknown(value)) return [];
  const [letters, text] = [[...name], [...String(value ?? "")]];
  const isNamed = letters.length >= 1 && letters.length <= LIMITS.tagName;
  const must = `have names of 1 to ${LIMITS.tagName} characters`;
  const short = { must: `have at most ${LIMITS.tagValue} characters`, got: text.length, mend: "shorten it" };
  return [
    ...(isNamed ? [] : [{ prop, must, got: letters.length, mend: "rename it" }]),
    ...(text.length <= LIMITS.tagValue ? [] : [{ prop: `${prop}.${name}`, ...short }]),
  ];
}

/** What CloudWatch asks of the words of every alarm. */
export const WORDING: readonly AlarmCheck[] = [
  required("alarm_name", "name it"),
  atMost("alarm_name", LIMITS.name, "shorten it"),
  plainName,
  atMost("alarm_description", LIMITS.description, "move the story to the runbook, and link it"),
  tags,
];

/** What CloudWatch asks of the dimensions of a metric. */
export function dimensionFaults({ dimensions }: AlarmConfig, prop = "dimensions"): AlarmFault[] {
  if (typeof dimensions !== "object" || dimensions === null) return [];
  const entries = Object.entries(dimensions as Record<string, unknown>);
  const must = `have at most ${LIMITS.dimensions} entries`;
  const many = { prop, must, got: entries.length, mend: "leave out those that the metric is not published with" };
  return [
    ...(entries.length > LIMITS.dimensions ? [many] : []),
    ...entries.flatMap(([name, value]) => [...dimensionName(prop, name), ...dimensionValue(`${prop}.${name}`, value)]),
  ];
}

function dimensionName(prop: string, name: string): AlarmFault[] {
  const holds = isAsciiText(name, LIMITS.dimensionName) && !name.startsWith(":");
  const must = `have names of 1 to ${LIMITS.dimensionName} ASCII characters, the first no colon`;
  return holds || isUnknown(name) ? [] : [{ prop, must, got: name, mend: "write the name as the metric has it" }];
}

function dimensionValue(prop: string, value: unknown): AlarmFault[] {
  if (isUnknown(value) || isAsciiText(String(value ?? ""), LIMITS.dimensionValue)) return [];
  const must = `be 1 to ${LIMITS.dimensionValue} ASCII characters, not all blank`;
  return [{ prop, must, got: value ?? undefined, mend: "give the value that the metric is published with" }];
}

function isAsciiText(text: string, longest: number): boolean {
  return /^[\x20-\x7e]+$/.test(text) && text.trim() !== "" && text.length <= longest;
}
