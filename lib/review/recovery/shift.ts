import { complain } from "../complaint";
import { Found, Rule } from "../rule";
import { DeclaredRecovery } from "./declared";

/**
 * After the loss of a region something leads requests to another one, and its time counts: what is back where nobody comes
 * is not back. An edit of records by hand is no way: it needs a control plane, in the hour of need.
 */
export const TRAFFIC_SHIFT: Rule = {
  safeguard: "traffic-shift",
  reads: [],
  judge: ({ recoveries }) => recoveries.filter(({ goals, takesRequests }) => goals.region && takesRequests).map(found),
};

/** What is wrong where requests of a service are led nowhere. */
export function shiftFaults(declared: DeclaredRecovery): string[] {
  const { path, of, takesRequests } = declared;
  if (!takesRequests || leadersOf(declared).length > 0) return [];
  return [
    complain(path, {
      prop: "region",
      must: `count how requests to ${of} get to another region`,
      got: undefined,
      mend: `state region of a graph that runs a RegionFailover and needs ${of}; or waive "traffic-shift" with what leads them there, and how long it takes`,
    }),
  ];
}

function leadersOf({ components }: DeclaredRecovery): string[] {
  return components.flatMap(({ path, recovers }) =>
    (recovers.region ?? []).flatMap((way) => (way.leadsRequests ? [`${path}, ${way.mechanism}`] : [])),
  );
}

function found(declared: DeclaredRecovery): Found {
  const { path } = declared;
  const [fault] = shiftFaults(declared);
  const message = fault ?? `requests are led to another region by ${leadersOf(declared).join("; ")}`;
  // It warns: the way back of an entrance of the user's own may lead requests by itself, without saying so.
  return { path, kept: fault === undefined, message, advice: true };
}
