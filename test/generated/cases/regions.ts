import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Fleet } from "../../../lib/compute";
import { Duration, Posture, ServiceGraph, isStateful } from "../../../lib/core";
import { Bucket, Postgres, PostgresProps, RestoreSite, Table } from "../../../lib/data";
import { Network } from "../../../lib/network";
import { Backups, Objectives } from "../../../lib/recovery";
import { Secret } from "../../../lib/security";
import { Here, Parity, Provided, Strategy, TwoRegionsProps, twoRegions } from "../../../lib/stack";
import { LoadBalancer } from "../../../lib/traffic";
import fc from "../../property";
import { PLACE, inApp, plainRoom, rarely, watchAll } from "../case";
import { mostly, placement, props, text, time, whole } from "../values";

const STANDBY = "eu-central-1";

const site = props<
  { network: PostgresProps["network"]; there: PostgresProps["network"] },
  Omit<PostgresProps, "network"> & { cidr: string }
>(
  {
    network: placement(),
    there: placement(STANDBY),
  },
  {
    port: whole(1150, 65_535),
    engineVersion: mostly(fc.constantFrom("15", "18"), ["8.0"]),
    logicalReplication: fc.boolean(),
    cidr: mostly(text("10.0.0.0/8", "2001:db8::/32"), ["10.0.0.1/8"]),
  },
).chain((given) =>
  mostly(fc.constant(STANDBY), ["us-east-1", undefined]).map((replicateBackupsTo) => ({
    ...given,
    replicateBackupsTo,
  })),
);

/** What stands in a region of a service. */
const PARTS = ["network", "traffic", "table", "bucket", "secret", "database"] as const;
type Part = (typeof PARTS)[number];

const parts = fc.subarray([...PARTS], { minLength: 1 });

/** What of these holds data. */
const STORES: readonly Part[] = ["table", "bucket", "database"];

/** What lacks where a part does, by its path; what holds data or secrets is in the other region already. */
const LACKS: Readonly<Partial<Record<Part, readonly string[]>>> = {
  network: ["network"],
  traffic: ["entrance", "fleet"],
};

function lacking(here: readonly Part[], there: readonly Part[]): string[] {
  const isKept = (all: readonly Part[]) => all.some((part) => STORES.includes(part));
  const missing = here.filter((part) => !there.includes(part)).flatMap((part) => LACKS[part] ?? []);
  return [...missing, ...(isKept(here) && !isKept(there) ? ["backups"] : [])];
}

interface Without {
  readonly waived: string;
  readonly paths: readonly string[];
}

/** What a standby of these parts does without; now and then of too much. */
const without = (paths: readonly string[]) =>
  fc.record<Without>({
    waived: text("the standby is not for this"),
    paths: mostly(fc.constant(paths), [[], ["nothing"], [...paths, "alarms"]]),
  });

const parity = fc.record({ here: parts, there: parts, strict: fc.boolean() }).chain((given) => {
  const { here, there } = given;
  return fc.record({ given: fc.constant(given), without: without(lacking(here, there)) });
});

const environment: Provided = {
  name: "prod",
  service: "orders",
  owner: "team-orders",
  costCentre: "retail-4711",
  ...PLACE,
};
const state = (region: string) => ({ bucket: `orders-state-${region}`, region });

const strategy = fc.oneof(
  fc.constant(Strategy.backupAndRestore()),
  fc.constant(Strategy.pilotLight()),
  mostly(fc.constantFrom(0.1, 1 / 3, 0.9), [0, 1, NaN, -1]).map((share) => Strategy.warmStandby({ share })),
  fc.constant(Strategy.activeActive()),
);

const regions = fc.record({ parts, strict: fc.boolean(), alike: fc.boolean() }).chain((given) => {
  const { parts: here, alike } = given;
  // Of a database only what it is restored to stands there.
  const there = alike ? here.filter((part) => part !== "database") : [];
  return props<
    Pick<TwoRegionsProps, "strategy" | "standby"> & { given: typeof given; without: Without },
    { rto: Duration; rpo: Duration }
  >(
    {
      given: fc.constant(given),
      without: without(lacking(here, there)),
      strategy,
      standby: fc.record({
        region: mostly(fc.constant(STANDBY), ["eu-west-1", "EU-CENTRAL-1", ""]),
        state: mostly(fc.constant(state(STANDBY)), [state("eu-west-1"), undefined as never]),
      }),
    },
    { rto: time<Duration>("1 day", "30 days"), rpo: time<Duration>("1 day", "30 days") },
  );
});

interface Made {
  readonly all: Partial<Record<Part, Construct>>;
  readonly graph?: ServiceGraph;
}

/** Parts of a service in one region, for a share of the load; the database of the other one comes back here. */
function made(room: Construct, region: string, parts: readonly Part[], share = 1, database?: Postgres): Made {
  const has = (part: Part) => parts.includes(part);
  const other = region === PLACE.region ? STANDBY : PLACE.region;
  const network = has("network")
    ? new Network(room, "network", { cidr: region === PLACE.region ? "10.20.0.0/16" : "10.21.0.0/16" })
    : standing(region);
  const all: Partial<Record<Part, Construct>> = {};
  const image = region === PLACE.region ? "ami-0a1b2c3d" : "ami-1b2c3d4e";
  if (has("database")) {
    all.database = database
      ? new RestoreSite(room, "database", { of: database, network })
      : new Postgres(room, "database", { network, replicateBackupsTo: other });
  }
  if (has("table")) {
    all.table = new Table(room, "table", {
      partitionKey: { name: "id", type: "S" },
      ...(!database && { replicas: [other] }),
    });
  }
  if (has("bucket")) all.bucket = new Bucket(room, "bucket", { replicateTo: other });
  if (has("secret")) all.secret = new Secret(room, "secret", { replicateTo: [other] });
  const kept = Object.values(all).filter(isStateful);
  const of = kept.filter(({ protects }) => protects.some(({ backUp }) => backUp === true));
  if (of.length > 0) new Backups(room, "backups", { of });
  if (!has("traffic")) return { all };
  const entrance = new LoadBalancer(room, "entrance", {
    network,
    domain: { name: "orders.example.com", zoneId: "Z0123456789ABCDEFGHIJ", record: false },
  });
  const load = { peakRequestsPerSecond: Math.max(1, 900 * share), perInstance: 150 };
  const runs = new Fleet(room, "fleet", { network, behind: entrance, image, load, max: 30 });
  all.traffic = entrance;
  return {
    all,
    graph: new ServiceGraph(room, "orders", {
      entrance,
      runs,
      needs: Object.values(all).filter((each) => each !== entrance),
    }),
  };
}

function standing(region: string) {
  const zone = { public: "subnet-1a", private: "subnet-2b", data: "subnet-3c" };
  return { vpcId: "vpc-0a1b2c3d", zones: Object.fromEntries([..."abc"].map((letter) => [region + letter, zone])) };
}

function waivers(name: string, { waived, paths }: Without) {
  return Object.fromEntries(paths.map((path) => [`${name}/${path}`, { waived }]));
}

const strictly = (posture: Posture, strict: boolean): Posture => ({ ...posture, enforce: strict ? "fail" : "warn" });

export const REGIONS = [
  rarely(
    0.5,
    inApp("RestoreSite", site, (app, name, { there, cidr, ...given }, posture) => {
      const of = new Postgres(plainRoom(app, "generated", name, posture), "database", given);
      const made = new RestoreSite(plainRoom(app, "generated-there", name, posture, STANDBY), "database", {
        of,
        network: there,
      });
      made.allowFrom({ cidr: cidr ?? "10.0.0.0/8" }, "orders are stored here");
      watchAll(of.node.scope as Construct);
    }),
  ),
  rarely(
    0.25,
    inApp("Parity", parity, (app, name, { given: { here, there, strict }, without }, posture) => {
      const rooms = [
        plainRoom(app, "generated", name, posture),
        plainRoom(app, "generated-there", name, strictly(posture, strict), STANDBY),
      ];
      made(rooms[0], PLACE.region, here);
      made(rooms[1], STANDBY, there);
      new Parity(rooms[1], "parity", { of: TerraformStack.of(rooms[0]), without: waivers(name, without) });
      for (const room of rooms) watchAll(room);
    }),
  ),
  rarely(
    0.5,
    inApp(
      "TwoRegions",
      regions,
      (app, name, { given: { parts, strict, alike }, without, rto, rpo, ...given }, posture) => {
        const settled = { ...environment, posture: strictly(posture, strict) };
        const fill = (stack: TerraformStack, { region, role, share }: Here, database?: Postgres) => {
          const room = new Construct(stack, name);
          const all = made(room, region, role === "primary" || alike ? parts : [], share, database);
          const { graph } = all;
          if (role === "primary" && graph && rto && rpo)
            new Objectives(room, "objectives", { of: graph, region: { rto, rpo } });
          watchAll(room);
          return all;
        };
        twoRegions(
          app,
          { ...given, name: "generated", environment: settled, without: waivers(name, without) },
          (stack, here) => fill(stack, here),
          (stack, here, { all }) => fill(stack, here, all.database as Postgres | undefined),
        );
      },
    ),
  ),
];
