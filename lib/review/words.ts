/** A text with its first letter as a capital: what a signal means, as a heading. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
