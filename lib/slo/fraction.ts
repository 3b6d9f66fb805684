/** A number without rounding: one whole number over another. */
export interface Fraction {
  readonly over: bigint;
  /** Above 0. */
  readonly under: bigint;
}

/** A number as it is written, to the last digit: `99.9` is 999/10, not 99.900000000000005684. */
export function fraction(value: number): Fraction {
  const [, sign, whole, after = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? [];
  if (whole === undefined) throw new Error(`a fraction is made from a finite number, got ${value}`);
  const digits = BigInt(whole + after) * (sign === "-" ? -1n : 1n);
  const scale = after.length - Number(exponent);
  return scale >= 0 ? reduced(digits, 10n ** BigInt(scale)) : reduced(digits * 10n ** BigInt(-scale), 1n);
}

/** `a × b` */
export function times(a: Fraction, b: Fraction): Fraction {
  return reduced(a.over * b.over, a.under * b.under);
}

/** `a ÷ b`; `b` is above 0. */
export function dividedBy(a: Fraction, b: Fraction): Fraction {
  return times(a, { over: b.under, under: b.over });
}

/** `a - b` */
export function minus(a: Fraction, b: Fraction): Fraction {
  return reduced(a.over * b.under - b.over * a.under, a.under * b.under);
}

/** Whether `a < b`. */
export function isBelow(a: Fraction, b: Fraction): boolean {
  return a.over * b.under < b.over * a.under;
}

/** The whole part of a number that is not negative. */
export function floor({ over, under }: Fraction): number {
  return Number(over / under);
}

/** The next whole number that is not below. */
export function ceil({ over, under }: Fraction): number {
  return Number((over + under - 1n) / under);
}

/** A number that is not negative, to two digits after the point, rounded as told. */
export function hundredths(value: Fraction, round: (value: Fraction) => number): Fraction {
  return dividedBy(fraction(Math.max(0, round(times(value, fraction(100))))), fraction(100));
}

/**
 * The number as decimals: exact where it has an end, else rounded to twelve digits after the point.
 *
 * `14.4 × 0.001` is `0.0144`; floating point would print `0.014400000000000001`.
 */
export function decimal(value: Fraction, most = 12): string {
  const sign = value.over < 0n ? "-" : "";
  const over = value.over < 0n ? -value.over : value.over;
  const scale = 10n ** BigInt(most);
  const rounded = (2n * over * scale + value.under) / (2n * value.under);
  const after = String(rounded % scale)
    .padStart(most, "0")
    .replace(/0+$/, "");
  return `${sign}${rounded / scale}${after && `.${after}`}`;
}

/** The number that is nearest, for what takes numbers. */
export function numberOf(value: Fraction): number {
  return Number(decimal(value));
}

function reduced(over: bigint, under: bigint): Fraction {
  const common = divisor(over < 0n ? -over : over, under);
  return { over: over / common, under: under / common };
}

function divisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : divisor(b, a % b);
}
