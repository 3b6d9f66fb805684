/**
 * What is handed on to the letter: a script, a file, a policy. Elsewhere a text that holds `${` or `%{` is refused, since
 * Terraform would take it for an expression.
 */
export type Content = string;

/** What begins an expression of Terraform, where it is no token of the engine's. */
const EXPRESSION = /(?:\$(?!\{TfToken\[)|%)(?=\{)/g;

/** Content as it stands in a plan: Terraform leaves it as it is, and still fills in tokens. */
export function verbatim(content: Content): string {
  return content.replace(EXPRESSION, "$&$&");
}

/** Content as a text within an expression of Terraform, with its quotes. */
export function quoted(content: Content): string {
  return verbatim(JSON.stringify(content));
}

/** Whether Terraform would read an expression in a text; `$${` and `%%{` are how it writes the text itself. */
export function holdsExpression(text: string): boolean {
  return /(?<!\$)\$\{(?!TfToken\[)|(?<!%)%\{/.test(text);
}
