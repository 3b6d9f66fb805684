import { DeclaredService } from "../manifest";

/**
 * What GitHub draws of one diagram.
 *
 * @see https://mermaid.js.org/config/schema-docs/config.html (maxTextSize, maxEdges)
 */
const MOST_CHARACTERS = 50_000;
const MOST_EDGES = 500;

/** The graph of a service as a Mermaid diagram; a list where it is too large to be drawn. */
export function diagram(service: DeclaredService, stack: string): string {
  const nodes = [...new Set([...service.recoveryOrder.flat(), ...service.edges.flatMap(({ from, to }) => [from, to])])];
  const ids = new Map(nodes.map((path, index) => [path, `n${index}`]));
  const text = [
    "flowchart LR",
    ...nodes.map((path) => `  ${ids.get(path)}["${label(path, stack)}"]`),
    ...service.edges.map(({ from, to, hard, because }) => {
      const line = hard ? "-->" : `-. "${escaped(because ?? "")}" .->`;
      return `  ${ids.get(from)} ${line} ${ids.get(to)}`;
    }),
  ].join("\n");
  const drawn = text.length <= MOST_CHARACTERS && service.edges.length <= MOST_EDGES;
  return drawn ? `\`\`\`mermaid\n${text}\n\`\`\`` : listed(service);
}

function listed({ edges }: DeclaredService): string {
  return edges.map(({ from, to, hard }) => `- ${from} ${hard ? "needs" : "prefers"} ${to}`).join("\n");
}

/** A path without the stack that the page is of. */
export function label(path: string, stack: string): string {
  return escaped(path.startsWith(`${stack}/`) ? path.slice(stack.length + 1) : path);
}

function escaped(text: string): string {
  return text.replaceAll('"', "#quot;");
}
