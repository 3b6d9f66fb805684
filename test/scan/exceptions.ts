import { Finding } from "./checkov";

/** Findings that stand, and why. */
export interface Exception {
  readonly check: string;
  /** Why they stand, in a sentence for the reviewer. */
  readonly reason: string;
  /** `<stack>/<type>.<name>`, one a finding. */
  readonly addresses: readonly string[];
}

/** What is left when exceptions have been applied. */
export interface Remainder {
  /** Findings that no row excuses. */
  readonly open: readonly Finding[];
  /** What of rows excuses nothing, or gives no reason. */
  readonly idle: readonly Pick<Finding, "check" | "address">[];
}

/** Sets findings against exceptions: each must be excused, and each address of a row must excuse. */
export function apply(exceptions: readonly Exception[], findings: readonly Finding[]): Remainder {
  const key = ({ check, address }: Pick<Finding, "check" | "address">) => `${check} ${address}`;
  const excuses = exceptions.flatMap(({ check, reason, addresses }) =>
    addresses.map((address) => ({ check, address, given: reason.trim() !== "" })),
  );
  const excused = new Set(excuses.filter(({ given }) => given).map(key));
  const found = new Set(findings.map(key));
  return {
    open: findings.filter((finding) => !excused.has(key(finding))),
    idle: excuses
      .filter((each) => !each.given || !found.has(key(each)))
      .map(({ check, address }) => ({ check, address })),
  };
}
