/** What a number rests on, strongest first. */
export const BASES = ["sla", "configured", "measured", "vendor-typical", "assumed"] as const;

/**
 * What a number rests on: a contract (`sla`), the settings themselves (`configured`), a restore test or game day
 * (`measured`), what the vendor documents as usual (`vendor-typical`), or this library's guess (`assumed`).
 */
export type Basis = (typeof BASES)[number];

/** A number that says how sure it is and where it is from. */
export interface Figure<T = number> {
  readonly value: T;
  readonly basis: Basis;
  /** A page, or the setting that the value follows from. */
  readonly source: string;
  /**
   * The day (`YYYY-MM-DD`) on which the source was last read.
   *
   * @default - the value does not age: it follows from the settings
   */
  readonly asOf?: string;
}

/** The weakest basis of several figures: what a report that uses them all rests on. */
export function weakest(figures: readonly Pick<Figure<unknown>, "basis">[]): Basis {
  return BASES[Math.max(0, ...figures.map(({ basis }) => BASES.indexOf(basis)))];
}
