/** Metrics by the names that {@link sumOf} adds up: `bad1`, `bad2`. */
export function numbered<M>(name: string, metrics: readonly M[]): Record<string, M> {
  return Object.fromEntries(metrics.map((metric, index) => [`${name}${index + 1}`, metric]));
}

/** `FILL(bad1, 0) + FILL(bad2, 0)`: a metric without data counts as 0. */
export function sumOf(name: string, count: number): string {
  return Array.from({ length: count }, (_, index) => `FILL(${name}${index + 1}, 0)`).join(" + ");
}

/** Per cent of bad events, 0 while there are too few of them to mean something. */
export function shareOf(bad: number, total: number, minimum: number): string {
  const all = sumOf("total", total);
  return `IF(${all} >= ${minimum}, 100 * (${sumOf("bad", bad)}) / (${all}), 0)`;
}
