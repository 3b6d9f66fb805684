import { KINDS, Kind, Members, isSeveral, required } from "./kind";

const FORMS: Readonly<Record<string, string>> = {
  string: "a text",
  Content: "a text",
  number: "a number",
  boolean: "true or false",
  function: "a function",
  construct: "a construct",
  Duration: 'a number and a unit, such as "30 seconds"',
};

/** A kind in words: `a Placement: { vpcId, zones }`. */
export function formOf(kind: Kind): string {
  if (typeof kind === "object") return isSeveral(kind) ? formOfSeveral(kind) : formOfObject(kind);
  if (kind.startsWith("'")) return kind.slice(1, -1);
  if (kind in FORMS) return FORMS[kind];
  const form = formOf(KINDS[kind]);
  const name = kind.replace(/<.*/, "");
  const isNamed = /^(\{|a construct)/.test(form);
  return isNamed ? `${/^[AEIO]/.test(name) ? "an" : "a"} ${name}: ${form}` : form;
}

function formOfSeveral(kinds: readonly Kind[]): string {
  if (kinds.length === 1) return kinds[0] === "construct" ? "a list of constructs" : "a list";
  const hasTexts = kinds.some((each) => typeof each === "string" && each.startsWith("'"));
  return hasTexts ? `one of ${kinds.map(formOf).join(", ")}` : kinds.map(formOf).join(" or ");
}

function formOfObject(members: Members): string {
  if ("*" in members || "*?" in members) return "an object, each part under its name";
  const names = required(members).filter((name) => name !== "node");
  if ("node" in members) return `a construct with ${names.join(", ")}`;
  return names.length > 0 ? `{ ${names.join(", ")} }` : "an object";
}
