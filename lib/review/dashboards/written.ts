import { Reference, Written } from "../manifest";

/** How a value that AWS assigns is written: as Terraform reads it, or for people. */
export type Refer = (reference: Reference) => string;

/** A text in which every reference is written by `refer`. */
export function textOf(value: Written, refer: Refer): string {
  if (typeof value === "string") return value;
  if ("join" in value) return value.join.map((part) => textOf(part, refer)).join("");
  return refer(value);
}

/** Every reference inside a declaration, wherever it stands. */
export function referencesIn(value: unknown): Reference[] {
  if (typeof value !== "object" || value === null) return [];
  if ("address" in value && "attribute" in value) return [value as Reference];
  return Object.values(value).flatMap(referencesIn);
}
