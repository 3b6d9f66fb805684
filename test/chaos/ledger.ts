import { Instance } from "@cdktf/provider-aws/lib/instance";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Alarms } from "../../lib/alerting";
import { Experiments, ExperimentsProps } from "../../lib/chaos";
import {
  Breakable,
  Duration,
  Fault,
  Faults,
  PageAlarm,
  Recoverable,
  Recoveries,
  ServiceGraph,
  Signals,
  Watchable,
} from "../../lib/core";

const source = "the ledger's handbook";

/** How fast the made-up ledger claims to be back. */
export function copy(rto: Duration) {
  return {
    mechanism: "copy in another zone",
    rto: { value: rto, basis: "vendor-typical", source },
    rpo: { value: "0 seconds", basis: "vendor-typical", source },
    selfHealing: true,
  } as const;
}

/** Breaks one of the ledger's machines. */
export const LOSS: Fault = {
  scenario: "instance",
  mechanism: "copy in another zone",
  action: "aws:ec2:terminate-instances",
  target: { key: "Instances", resourceType: "aws:ec2:instance", tags: { Name: "ledger" }, selection: "COUNT(1)" },
  does: "one machine of the ledger is gone",
};

/** Takes the ledger's machines of one zone away. */
export const OUTAGE: Fault = {
  scenario: "zone",
  mechanism: "copy in another zone",
  action: "aws:ec2:stop-instances",
  parameters: { startInstancesAfterDuration: "PT10M" },
  target: { key: "Instances", resourceType: "aws:ec2:instance", tags: { Name: "ledger" }, selection: "ALL" },
  zone: { zones: ["eu-west-1a", "eu-west-1b"], by: { filter: "Placement.AvailabilityZone" }, always: true },
  does: "the machines of the zone stop",
};

/** Closes what the ledger is asked by; the provider does not know the key of its target. */
export const CLOSED: Fault = {
  ...LOSS,
  action: "aws:network:disrupt-vpc-endpoint",
  parameters: { duration: "PT5M" },
  target: {
    key: "VPCEndpoints",
    resourceType: "aws:ec2:vpc-endpoint",
    arns: ["arn:aws:ec2:eu-west-1:111122223333:vpc-endpoint/vpce-0a1b2c3d4e5f60718"],
    selection: "ALL",
  },
  does: "the endpoint of the ledger lets nothing through",
};

/** What a made-up ledger is like. */
export interface LedgerProps {
  readonly faults: Faults;
  readonly rto: Duration;
  /** How long a second way back from the loss of the region takes. */
  readonly slower: Duration;
  readonly tag: string;
}

/** A pattern that the concern has never heard of. */
export class Ledger extends Construct implements Breakable, Recoverable {
  readonly faults: Faults;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: Partial<LedgerProps> = {},
  ) {
    super(scope, id);
    const { faults = { lostMachine: LOSS, zoneOutage: OUTAGE }, tag = "ledger" } = props;
    this.faults = faults;
    new Instance(this, "Resource", { ami: "ami-0a1b2c3d4e5f60718", instanceType: "m7g.large", tags: { Name: tag } });
  }

  get recovers(): Recoveries {
    const back = copy(this.props.rto ?? "2 minutes");
    const { slower } = this.props;
    const slow = slower === undefined ? [] : [{ ...copy(slower), mechanism: "slow copy" }];
    return { instance: [back], zone: [back], region: [...slow, { ...back, mechanism: "copy in another region" }] };
  }
}

/** Where the ledger is asked. */
export class Door extends Construct implements Watchable, Recoverable {
  get signals() {
    const metric = { namespace: "Door", name: "Errors", statistic: "Sum", dimensions: { Door: "front" } };
    const failing = { kind: "errors", means: "the door fails", measure: { metric }, bad: "above", page: 0 } as const;
    return {
      errors: { ...failing, breaches: "2 of 3" },
      slow: { ...failing, breaches: "30 of 30" },
    } satisfies Signals;
  }

  get recovers(): Recoveries {
    return { zone: [{ ...copy("1 minute"), mechanism: "another door" }] };
  }
}

/** What a test changes about the service. */
export interface Change extends Partial<LedgerProps> {
  readonly props?: Partial<ExperimentsProps>;
  /** Whether the ledger is broken by itself, not as a part of a service. */
  readonly alone?: boolean;
  readonly stops?: (pages: readonly PageAlarm[]) => readonly PageAlarm[];
  readonly more?: (stack: TerraformStack, made: Experiments) => void;
}

/** A door, a ledger behind it, and experiments on both. */
export function books(stack: TerraformStack, change: Change = {}): void {
  const { props, stops = (pages) => pages, more, alone, ...rest } = change;
  const door = new Door(stack, "door");
  const alarms = new Alarms(stack, "alarms", {
    notify: {
      page: "arn:aws:sns:eu-west-1:111122223333:page",
      ticket: "arn:aws:sns:eu-west-1:111122223333:ticket",
    },
  });
  alarms.watch(door);
  const ledger = new Ledger(stack, "ledger", rest);
  const on = alone ? ledger : new ServiceGraph(stack, "books", { entrance: door, runs: ledger });
  const made = new Experiments(stack, "experiments", { on, stopOn: stops(alarms.pages), ...props });
  if (made.signals.refuted) alarms.watch(made);
  more?.(stack, made);
}
