import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Alarms } from "../../lib/alerting";
import { Fleet } from "../../lib/compute";
import { DEVELOPMENT, Placement, Posture, ServiceGraph, postureOf } from "../../lib/core";
import { Postgres } from "../../lib/data";
import { Network } from "../../lib/network";
import { provide } from "../../lib/stack";
import { LoadBalancer } from "../../lib/traffic";
import { network } from "../synth";

/** Thrifty, but for what an example shows. */
const THRIFTY: Posture = { ...DEVELOPMENT, zones: 3, standby: true };

/** A stack of an example. */
export function stackIn(scope: Construct, id: string, region: string, posture = THRIFTY): TerraformStack {
  const stack = new TerraformStack(scope, id);
  provide(stack, {
    name: "example",
    service: "orders",
    owner: "team-orders",
    costCentre: "retail-4711",
    account: "111122223333",
    region,
    posture,
    state: { bucket: "orders-example-state" },
  });
  return stack;
}

/** A network in another region, as its ids. */
export const THERE: Placement = {
  vpcId: "vpc-2",
  zones: {
    "eu-central-1a": { private: "subnet-a", data: "subnet-data-a" },
    "eu-central-1b": { private: "subnet-b", data: "subnet-data-b" },
  },
};

/** What an example finds in its stack: each part is made when it is asked for. */
class Parts {
  private readonly made = new Map<string, unknown>();

  constructor(private readonly stack: TerraformStack) {}

  readonly network = network();

  get database(): Postgres {
    return this.once("database", () => new Postgres(this.stack, "database", { network: this.network }));
  }

  get entrance(): LoadBalancer {
    const domain = { name: "orders.example.com", zoneId: "Z0123456789ABCDEFGHIJ" };
    return this.once("entrance", () => new LoadBalancer(this.stack, "entrance", { network: this.network, domain }));
  }

  get fleet(): Fleet {
    const load = { peakRequestsPerSecond: 900, perInstance: 150 };
    const { network, entrance } = this;
    return this.once("fleet", () => {
      return new Fleet(this.stack, "fleet", { network, behind: entrance, image: "ami-0a1b2c3d4e5f60718", load });
    });
  }

  get orders(): ServiceGraph {
    const { entrance, fleet, database } = this;
    return this.once("orders", () => new ServiceGraph(this.stack, "orders", { entrance, runs: fleet, needs: [database] }));
  }

  get alarms(): Alarms {
    const topic = (urgency: string) => `arn:aws:sns:eu-west-1:111122223333:${urgency}`;
    const notify = { page: topic("page"), ticket: topic("ticket") };
    return this.once("alarms", () => new Alarms(this.stack, "alarms", { notify }));
  }

  /** The alarms, once they watch the entrance. */
  get watching(): Alarms {
    return this.once("watching", () => {
      this.alarms.watch(this.entrance);
      return this.alarms;
    });
  }

  /** The stack of another region, beside that of the example. */
  get elsewhere(): TerraformStack {
    const { root, id } = this.stack.node;
    return this.once("elsewhere", () => stackIn(root, `${id}-eu-central-1`, "eu-central-1", postureOf(this.stack)));
  }

  get zones(): Network {
    return this.once("network", () => new Network(this.stack, "network", { cidr: "10.20.0.0/16" }));
  }

  private once<T>(name: string, make: () => T): T {
    if (!this.made.has(name)) this.made.set(name, make());
    return this.made.get(name) as T;
  }
}

/** What each example is given after its stack, where that is not the network. */
const GIVEN: Readonly<Record<string, (parts: Parts) => unknown[]>> = {
  dashboard: ({ orders }) => [orders],
  experiments: ({ orders, zones, watching }) => [orders, zones, watching],
  fleet: ({ network, entrance }) => [network, entrance],
  incidents: ({ orders, watching }) => [orders, watching],
  "load-test": ({ network, watching }) => [network, watching],
  objectives: ({ entrance, fleet, database }) => [entrance, fleet, database],
  "restore-site": ({ network, elsewhere }) => [network, elsewhere, THERE],
  quotas: ({ entrance, fleet, alarms }) => [entrance, fleet, alarms],
};

/** The arguments of an example. */
export function given(stack: TerraformStack, example: string): unknown[] {
  const parts = new Parts(stack);
  return [stack, ...(GIVEN[example]?.(parts) ?? [parts.network])];
}
