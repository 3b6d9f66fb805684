import { Finding } from "./checkov";

/** A finding that stands, and why. */
export interface Exception {
  readonly check: string;
  /** `<stack>/<type>.<name>`; a `*` at its end stands for any rest. */
  readonly address: string;
  /** Why it stands, in a sentence for the reviewer. */
  readonly reason: string;
}

/** What is left when exceptions have been applied. */
export interface Remainder {
  /** Findings that no row excuses. */
  readonly open: readonly Finding[];
  /** Rows that excuse nothing, or give no reason. */
  readonly idle: readonly Exception[];
}

/** Sets findings against exceptions: each must be excused, and each row must excuse. */
export function apply(exceptions: readonly Exception[], findings: readonly Finding[]): Remainder {
  return {
    open: findings.filter((finding) => !exceptions.some((exception) => excuses(exception, finding))),
    idle: exceptions.filter((exception) => !findings.some((finding) => excuses(exception, finding))),
  };
}

function excuses({ check, address, reason }: Exception, finding: Finding): boolean {
  const here = address.endsWith("*") ? finding.address.startsWith(address.slice(0, -1)) : finding.address === address;
  return here && finding.check === check && reason.trim() !== "";
}
