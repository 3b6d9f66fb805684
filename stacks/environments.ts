import { DEVELOPMENT, PRODUCTION, STAGING } from "../lib/core";
import { EscalationProps } from "../lib/alerting";
import { CorruptionObjective, Objective } from "../lib/recovery";
import { Provided } from "../lib/stack";
import { StateStore } from "../lib/state";

/** What a stack of this service may depend on its environment for. */
export interface Environment extends Provided {
  readonly state: StateStore;
  /** Whether the bootstrap stack's own state has moved into the bucket. @default false */
  readonly bootstrapped?: boolean;
  /** The name the service is reached by, in a hosted zone that exists. */
  readonly domain: { readonly name: string; readonly zoneId: string };
  /** The AMI of the service: the same one moves from environment to environment. */
  readonly image: string;
  readonly receivers: EscalationProps;
  readonly load: { readonly peakRequestsPerSecond: number; readonly perInstance: number };
  readonly instanceType: string;
  readonly databaseClass: string;
  /** Per cent of requests that must be answered well: no more than what the database promises. */
  readonly availability: number;
  /** How fast orders must be back after a loss, and how much they may lose. */
  readonly objectives: {
    readonly instance: Objective;
    readonly zone: Objective;
    readonly corruption: CorruptionObjective;
    /** The loss of the region. @default - orders are lost with it */
    readonly region?: Objective;
  };
  /** Where orders come back when the region is lost. @default - nowhere */
  readonly recovery?: {
    readonly region: string;
    readonly state: StateStore;
    /** The same image as it is called there. */
    readonly image: string;
    /** The share of the load that stands ready. */
    readonly share: number;
  };
}

const SERVICE = { service: "orders", owner: "team-orders", costCentre: "retail-4711" };
const IMAGE = "ami-0a1b2c3d4e5f60718";

/** What a standby keeps: nobody has to act when a zone is lost. */
const DURABLE: Environment["objectives"] = {
  instance: { rto: "5 minutes", rpo: "0 seconds" },
  zone: { rto: "5 minutes", rpo: "0 seconds" },
  corruption: { detection: "30 minutes", rto: "4 hours", rpo: "5 minutes" },
};

/** What a restore keeps. */
const DISPOSABLE: Environment["objectives"] = {
  instance: { rto: "4 hours", rpo: "5 minutes" },
  zone: { rto: "4 hours", rpo: "5 minutes" },
  corruption: { detection: "30 minutes", rto: "4 hours", rpo: "5 minutes" },
};

/** THE table: everything that differs between environments, and nothing else does. */
export const ENVIRONMENTS: readonly Environment[] = [
  {
    ...SERVICE,
    name: "dev",
    account: "111111111111",
    region: "eu-west-1",
    posture: DEVELOPMENT,
    state: {
      bucket: "orders-dev-state-111111111111",
      key: "arn:aws:kms:eu-west-1:111111111111:alias/bootstrap-dev-state-bucket-key",
    },
    domain: { name: "orders.dev.example.com", zoneId: "Z0DEV0000000000000000" },
    image: IMAGE,
    receivers: { page: { emails: ["orders-dev@example.com"] }, ticket: { emails: ["orders-dev@example.com"] } },
    load: { peakRequestsPerSecond: 10, perInstance: 50 },
    instanceType: "t4g.small",
    databaseClass: "db.t4g.medium",
    availability: 99,
    objectives: DISPOSABLE,
  },
  {
    ...SERVICE,
    name: "staging",
    account: "222222222222",
    region: "eu-west-1",
    posture: STAGING,
    state: {
      bucket: "orders-staging-state-222222222222",
      key: "arn:aws:kms:eu-west-1:222222222222:alias/bootstrap-staging-state-bucket-key",
    },
    domain: { name: "orders.staging.example.com", zoneId: "Z0STAGING000000000000" },
    image: IMAGE,
    receivers: { page: { emails: ["orders-staging@example.com"] }, ticket: { emails: ["orders-staging@example.com"] } },
    load: { peakRequestsPerSecond: 300, perInstance: 150 },
    instanceType: "m7g.large",
    databaseClass: "db.m7g.large",
    availability: 99.9,
    objectives: DURABLE,
  },
  {
    ...SERVICE,
    name: "prod",
    account: "333333333333",
    region: "eu-west-1",
    posture: PRODUCTION,
    state: {
      bucket: "orders-prod-state-333333333333",
      key: "arn:aws:kms:eu-west-1:333333333333:alias/bootstrap-prod-state-bucket-key",
    },
    domain: { name: "orders.example.com", zoneId: "Z0PROD000000000000000" },
    image: IMAGE,
    receivers: {
      page: { endpoints: ["https://events.example.com/orders/page"], emails: ["orders-on-call@example.com"] },
      ticket: { emails: ["orders@example.com"] },
      heartbeat: { endpoint: "https://heartbeats.example.com/orders" },
    },
    load: { peakRequestsPerSecond: 900, perInstance: 150 },
    instanceType: "m7g.large",
    databaseClass: "db.m7g.large",
    availability: 99.9,
    // 3 minutes to notice, 15 to decide, an hour to restore, 7 until the fleet has grown and DNS leads there; the rest is
    // for what goes wrong.
    objectives: { ...DURABLE, region: { rto: "2 hours", rpo: "10 minutes" } },
    recovery: {
      region: "eu-central-1",
      state: {
        bucket: "orders-prod-state-333333333333-eu-central-1",
        key: "arn:aws:kms:eu-central-1:333333333333:alias/bootstrap-prod-recovery-state-bucket-key",
        region: "eu-central-1",
      },
      image: "ami-08192a3b4c5d6e7f0",
      share: 1 / 3,
    },
  },
];
