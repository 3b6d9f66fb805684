/** A link that a browser can follow; the name of the page where its address is not known. */
export function linked(text: string, address: string): string {
  return /^https?:/.test(address) ? `[${text}](${address})` : `${text}: \`${address}\``;
}
