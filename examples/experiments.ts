import { TerraformStack } from "cdktf";
import { Alarms } from "sre-constructs/alerting";
import { Experiments } from "sre-constructs/chaos";
import { ServiceGraph } from "sre-constructs/core";
import { Network } from "sre-constructs/network";

/** Instances, the database and each zone are lost, and instances get slow; what users feel at the entrance ends it. */
export function broken(stack: TerraformStack, orders: ServiceGraph, network: Network, alarms: Alarms): Experiments {
  const experiments = new Experiments(stack, "experiments", {
    on: orders,
    standsOn: [network],
    stopOn: alarms.pages.filter(({ name }) => name.includes("-entrance-")),
    include: ["fleet-cpu-stress", "fleet-network-latency"],
    schedules: {
      "fleet-lost-instance": {
        every: "month",
        window: "tue 10:00-12:00",
        timeZone: "Europe/Dublin",
        acknowledged: "the team is at work, and an instance is lost each month anyway",
      },
    },
    reports: { keepDays: 400 },
  });
  alarms.watch(experiments);
  return experiments;
}
