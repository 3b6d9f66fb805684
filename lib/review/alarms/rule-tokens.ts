/** A part of the rule of a composite alarm. A quoted text is a name, and an expression of Terraform part of a word. */
export interface RuleToken {
  readonly kind: "word" | "name" | "number" | "sign" | "end";
  readonly text: string;
}

const EXPRESSION = String.raw`\$\{(?:[^{}"]|"[^"]*")*\}`;
const ANY_EXPRESSION = new RegExp(EXPRESSION, "g");
const TOKEN = new RegExp(
  String.raw`\s*(?:"((?:${EXPRESSION}|[^"$]|\$(?!\{))*)"|([(),])|(\d+%?(?=\s*,))|((?:${EXPRESSION}|[^\s(),"$]|\$(?!\{))+)|(\S))`,
  "y",
);

/** Whether a rule can be taken apart: what Terraform nests cannot. */
export function isPlain(rule: string): boolean {
  return !/[$%]\{/.test(rule.replace(ANY_EXPRESSION, ""));
}

/** A rule in its parts, the last of them its end. */
export function tokensOf(rule: string): RuleToken[] {
  const tokens: RuleToken[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(rule); match; match = TOKEN.exec(rule)) {
    const [, name, sign, number, word, other] = match;
    if (name !== undefined) tokens.push({ kind: "name", text: name });
    else if (sign ?? other) tokens.push({ kind: "sign", text: sign ?? other });
    else tokens.push(number ? { kind: "number", text: number } : { kind: "word", text: word });
  }
  return [...tokens, { kind: "end", text: "" }];
}
