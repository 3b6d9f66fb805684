import { DeclaredEdge } from "../../manifest";
import { Reckoned, SCENARIOS, Way } from "../declared";
import { reckon } from "../reckon";

const AT_ONCE: Reckoned = {
  value: "0 seconds",
  basis: "configured",
  source: "who runs an experiment is there already",
};

/** A construct, and the way back from a loss that it claims. */
export interface Claim {
  readonly path: string;
  readonly way: Way;
}

/**
 * Seconds that a service may be down by the claims of what is lost together: the longest path over what needs what, as
 * objectives are reckoned. Nobody has to notice or decide: an experiment is known before it begins.
 */
export function claimedOutage(
  scenario: (typeof SCENARIOS)[number],
  claims: readonly Claim[],
  edges: readonly DeclaredEdge[],
): number {
  const components = claims.map(({ path, way }) => ({
    path,
    is: "",
    holdsData: false,
    recovers: { [scenario]: [way] },
  }));
  const nobody = { path: "", of: "", owner: "", takesRequests: false, decision: AT_ONCE, goals: {} };
  const declared = { ...nobody, components, edges, measured: [] };
  return reckon(declared, scenario, AT_ONCE).rto;
}
