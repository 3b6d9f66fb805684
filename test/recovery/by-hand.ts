import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Duration, PRODUCTION, Recoverable, Recoveries, Recovery } from "../../lib/core";
import { Objective } from "../../lib/recovery";
import { provide } from "../../lib/stack";
import { Verdict } from "../../lib/review/manifest";
import { inFolder, read } from "../synth";

export const DOMAIN = { name: "orders.example.com", zoneId: "Z0123456789ABCDEFGHIJ", record: false };
export const TOPIC = "arn:aws:sns:eu-west-1:111122223333:page";
export const IMAGE = "ami-0a1b2c3d4e5f60718";
export const SECOND = 1;
export const MINUTE = 60;
export const HOUR = 3600;

/** What is stated of one loss, and what it is stated of. */
interface Stated {
  readonly rto: number;
  readonly rpo: number;
}
export type Build = (app: App, goal: Objective) => void;

export const environment = {
  name: "prod",
  service: "orders",
  owner: "team",
  costCentre: "1",
  account: "111122223333",
  region: "eu-west-1",
  posture: { ...PRODUCTION, enforce: "warn" },
} as const;

export function stackOf(app: App, region: string = environment.region): TerraformStack {
  const stack = new TerraformStack(app, "service");
  provide(stack, { ...environment, region });
  return stack;
}

export function verdictOf(build: Build, { rto, rpo }: Stated): Verdict[] {
  return inFolder((outdir) => {
    const app = new App({ outdir });
    build(app, { rto: `${rto} seconds`, rpo: `${rpo} seconds` });
    app.synth();
    const { verdicts } = read(outdir, "service").manifest;
    return verdicts.filter(({ safeguard }) => safeguard === "recovery-objective");
  });
}

/** Just inside, and just outside of RTO and RPO. */
export function reckonedByHand(build: Build, { rto, rpo }: Stated): void {
  expect(verdictOf(build, { rto, rpo })).toMatchObject([{ outcome: "kept" }]);
  expect(verdictOf(build, { rto: rto - SECOND, rpo })).toMatchObject([
    { outcome: "warned", message: expect.stringContaining(".rto' must be at least") as string },
  ]);
  if (rpo === 0) return;
  expect(verdictOf(build, { rto, rpo: rpo - SECOND })).toMatchObject([
    { outcome: "warned", message: expect.stringContaining(".rpo' must be at least") as string },
  ]);
}

/** A network in the other region. */
export const THERE = {
  vpcId: "vpc-2",
  zones: Object.fromEntries(
    ["a", "b", "c"].map((letter) => [
      `eu-central-1${letter}`,
      { public: `public-${letter}`, private: `private-${letter}`, data: `data-${letter}` },
    ]),
  ),
};

/** What a way back takes, of something that is made up. */
interface Takes {
  readonly rto: Duration;
  readonly rpo?: Duration;
  readonly scaleUp?: Duration;
  readonly byItself?: boolean;
  readonly mechanism?: string;
}

/** Something that has ways back from the loss of a zone, by hand unless they say otherwise. */
export class Zonal extends Construct implements Recoverable {
  readonly recovers: Recoveries;

  constructor(scope: Construct, id: string, ...ways: readonly Takes[]) {
    super(scope, id);
    this.recovers = { zone: ways.map(wayOf) };
  }
}

function wayOf({ rto, rpo = "0 seconds", scaleUp, byItself = false, mechanism = "the handbook" }: Takes): Recovery {
  const figure = (value: Duration) => ({ value, basis: "assumed" as const, source: "the handbook" });
  return {
    mechanism,
    rto: figure(rto),
    rpo: figure(rpo),
    selfHealing: byItself,
    ...(scaleUp && { scaleUp: figure(scaleUp) }),
  };
}
