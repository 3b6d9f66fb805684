import { Construct } from "constructs";
import { requireThat } from "../core/guard";
import { Placement, Zone, ZoneSubnets } from "../core/network";

/** The zones of a network, in the order of their names: in which order somebody wrote them changes no plan. */
export function zonesByName({ zones }: Placement): [Zone, ZoneSubnets][] {
  return Object.entries(zones).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The same, where there are two at least: what stands in one zone does not survive its loss. */
export function zonesIn(scope: Construct, network: Placement): [Zone, ZoneSubnets][] {
  const zones = zonesByName(network);
  requireThat(scope, zones.length >= 2, { prop: "network.zones", must: "be at least 2", got: zones.length });
  return zones;
}

/** Where what holds data stands, a subnet a zone: those without a way out, where the network has some. */
export function dataSubnets(scope: Construct, network: Placement): string[] {
  return zonesIn(scope, network).map(([, zone]) => zone.data ?? zone.private);
}
