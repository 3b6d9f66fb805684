import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { Postgres } from "../../lib/data";
import { Fault } from "../../lib/core";
import { network, synth } from "../synth";

function database(standby: boolean) {
  const of: Postgres[] = [];
  const made = synth((stack) => void of.push(new Postgres(stack, "database", { network: network("ab") })), {
    posture: { standby },
  });
  return { made, faults: of[0].faults as Record<string, Fault>, recovers: of[0].recovers };
}

test("a standby is tested by a failover, alone and with the zone that the instance stands in", () => {
  const { made, faults, recovers } = database(true);
  expect(Object.entries(faults).map(([name, { scenario, parameters }]) => [name, scenario, parameters])).toEqual([
    ["failover", "instance", { forceFailover: "true" }],
    ["zoneFailover", "zone", { forceFailover: "true" }],
  ]);
  for (const { scenario, mechanism } of Object.values(faults)) {
    expect(recovers[scenario]?.map((way) => way.mechanism)).toContain(mechanism);
  }
  expect(faults.failover.target?.tags).toEqual(made.the(DbInstance).tags);
});

test("an instance stands in one zone only: the others may have nothing to lose", () => {
  expect(database(true).faults.zoneFailover.zone).toEqual({
    zones: ["eu-west-1a", "eu-west-1b"],
    by: { filter: "AvailabilityZone" },
    always: false,
  });
});

test("without a standby there is nothing that an experiment could prove", () => {
  expect(database(false).faults).toEqual({});
});
