/** A text with its first letter as a capital: what a signal means, as a heading. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Names in a sentence: `a, b and c`. */
export function enumerated(names: readonly string[]): string {
  return [names.slice(0, -1).join(", "), ...names.slice(-1)].filter(Boolean).join(" and ");
}

const SIZES = ["bytes", "KiB", "MiB", "GiB", "TiB"];

/** A number with its unit, as people say it: `5 GiB`, `1 instance`, `1,500,000,000 transactions`. */
export function amount(value: number, unit = ""): string {
  if (unit === "bytes" && value >= 1024) {
    const size = Math.min(SIZES.length - 1, Math.floor(Math.log2(value) / 10));
    return `${grouped(value / 1024 ** size, 4)} ${SIZES[size]}`;
  }
  return `${grouped(value, 6)} ${value === 1 ? one(unit) : unit}`.trimEnd();
}

/** `1,500,000`: not by `Intl`, whose tables take longer to load than all the pages to write. */
function grouped(value: number, digits: number): string {
  const [whole, ...fraction] = String(Number(Number(value.toPrecision(digits)).toFixed(6))).split(".");
  return [whole.replace(/\B(?=(\d{3})+$)/g, ","), ...fraction].join(".");
}

/** `instances` of one, `queries for a minute` of one. */
function one(unit: string): string {
  return unit.replace(/^(\w+?)(ies|s)\b/, (_, stem: string, end: string) => stem + (end === "ies" ? "y" : ""));
}
