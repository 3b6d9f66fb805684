import { TerraformStack } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { Alarms, Channel, Chat, Escalation, Incidents, SilentAlarms } from "../../../lib/alerting";
import { Experiments, LoadTest } from "../../../lib/chaos";
import {
  Placement,
  ServiceGraph,
  Signals,
  Stateful,
  Tuning,
  Waiver,
  isBreakable,
  isLimited,
  isMeasurable,
  isStateful,
} from "../../../lib/core";
import { Queue } from "../../../lib/data";
import { Network } from "../../../lib/network";
import { Dashboard, QuotaUsage, ServicesDashboard } from "../../../lib/observing";
import { BackupAudit, Backups, Objectives, RestoreProof } from "../../../lib/recovery";
import { ErrorBudget, Slo } from "../../../lib/slo";
import { provide } from "../../../lib/stack";
import { LoadBalancer } from "../../../lib/traffic";
import { NOTIFY, PLACE, inApp, notifyBeyond, plainRoom, unwatched } from "../case";
import { BESIDE, STORES, fleetIn, isReachable, standing } from "../service-parts";
import { Service, service } from "../service-props";

const DOMAIN = { name: "orders.example.com", zoneId: "Z0123456789ABCDEFGHIJ" };
const ELSEWHERE = notifyBeyond(PLACE.region);
const PEOPLE = { emails: ["orders@example.com"] };

/** What a service is made of. */
interface Parts {
  readonly network: Placement;
  readonly entrance?: LoadBalancer;
  readonly stores: readonly Construct[];
  readonly graph: ServiceGraph;
  /** All of it, in the order in which it is watched. */
  readonly all: readonly Construct[];
}

function partsIn(room: Construct, told: Service): Parts {
  const network = told.network ? new Network(room, "network", { cidr: "10.20.0.0/16" }) : standing();
  const stores = told.stores.map((name) => STORES[name]({ room, network, far: told.far }));
  const entrance = told.entrance ? new LoadBalancer(room, "entrance", { network, domain: DOMAIN }) : undefined;
  const fleet = fleetIn(room, network, entrance, told.peak);
  for (const store of stores) if (isReachable(store)) fleet.connectTo(store, `${store.node.id} keeps orders`);
  const last = told.soft ? stores.at(-1) : undefined;
  const graph = new ServiceGraph(room, "orders", {
    entrance,
    runs: fleet,
    needs: stores.filter((store) => store !== last),
    prefers: last ? [{ on: last, because: "answers are older" }] : [],
  });
  const around = told.network ? [network as Network] : [];
  return { network, entrance, stores, graph, all: [...around, ...(entrance ? [entrance] : []), fleet, ...stores] };
}

/** How fast it must be back, and what it comes back from; and whether that works. */
function keep(room: Construct, { network, graph }: Parts, told: Service): Construct[] {
  const { objectives } = told;
  const goals = objectives && new Objectives(room, "objectives", { of: graph, ...objectives });
  const of = room.node.findAll().filter(isStateful).filter(needsBackup);
  if (of.length === 0) return [];
  const { proof, audit, ...given }: NonNullable<Service["backups"]> = told.backups ?? { proof: false, audit: false };
  const backups = new Backups(room, "backups", { of, ...given });
  if (audit) {
    const copies = [...(given.copyTo ? ["region" as const] : []), ...(given.copyToVault ? ["account" as const] : [])];
    const audited = { of: backups, copies, keepDays: 1 };
    new BackupAudit(room, "audit", { ...audited, objectives: objectives?.corruption && goals });
  }
  return proof ? [backups, new RestoreProof(room, "proof", { of: backups, network })] : [backups];
}

function needsBackup({ protects }: Stateful): boolean {
  return protects.some(({ backUp }) => backUp === true);
}

/** The tunings of a part: signals by their place, thresholds by their multiple. */
function tuningsOf(signals: Signals, part: number, { tunings }: Service): Record<string, Tuning | Waiver> {
  const names = Object.keys(signals);
  const own = names.length === 0 ? [] : tunings.filter((each) => each.part === part);
  return Object.fromEntries(
    own.map(({ signal, by }) => {
      const name = names[signal % names.length];
      if ("waived" in by) return [name, by];
      const { factor, ...others } = by;
      const { page, ticket } = signals[name];
      const times = (of: number | undefined) => (of === undefined || factor === undefined ? of : of * factor);
      const thresholds = {
        ...(page !== undefined && { page: times(page) }),
        ...(ticket !== undefined && { ticket: times(ticket) }),
      };
      return [name, { ...others, ...thresholds } as Tuning];
    }),
  );
}

function promised(
  room: Construct,
  { graph, all }: Parts,
  alarms: Alarms,
  { promises, concerns }: Service,
): Construct[] {
  const indicators = all.filter(isMeasurable).flatMap((part) => Object.values(part.indicators));
  if (indicators.length === 0) return [];
  const slos = promises.map(({ indicator, objective, within }, index) => {
    const measured = indicators[indicator % indicators.length];
    const limit = measured.kind === "latency" ? { within } : {};
    return new Slo(room, `promise-${index}`, { objective, ...limit, of: graph, indicator: measured, alarms });
  });
  if (!concerns.includes("budget") || slos.length === 0) return slos;
  return [...slos, new ErrorBudget(room, "budget", { of: slos, alarms })];
}

function breaks(room: Construct, parts: Parts, alarms: Alarms, told: Service): void {
  const { entrance, graph, network, all, stores } = parts;
  const pages = alarms.pagesOf(entrance ?? graph.runs[0]).slice(0, 5);
  if (pages.length === 0) return;
  if (told.concerns.includes("loadTest")) {
    new LoadTest(room, "load-test", {
      network,
      target: "https://orders.example.com",
      script: "export default () => {};",
      peakRequestsPerSecond: told.peak,
      stopOn: pages,
    });
  }
  if (!told.experiments || !all.some(isBreakable)) return;
  const { isolates, ...given } = told.experiments;
  const follows = told.far && told.stores.some((name, index) => name === "table" && isNeeded(graph, stores[index]));
  new Experiments(room, "experiments", {
    ...given,
    on: graph,
    ...(told.network && { standsOn: [network as Network] }),
    stopOn: pages,
    isolate: isolates && follows ? ["eu-central-1"] : [],
  });
}

function isNeeded({ needs }: ServiceGraph, part: IConstruct): boolean {
  return needs.includes(part);
}

/** What looks at the service as it is by now. */
function look(room: Construct, { graph, all }: Parts, also: readonly Construct[], { concerns }: Service): void {
  const runbooks = "https://runbooks.example.com";
  const makes: Partial<Record<Service["concerns"][number], () => void>> = {
    dashboard: () => new Dashboard(room, "dashboard", { of: graph, also, runbooks }),
    services: () => new ServicesDashboard(room, "services", { runbooks }),
    incidents: () => new Incidents(room, "incidents", { of: [graph] }),
    silent: () => new SilentAlarms(room, "silent"),
    quotas: () => new QuotaUsage(room, "quotas", { of: all.filter(isLimited) }),
  };
  for (const concern of concerns) makes[concern]?.();
}

/** A second service, which needs the first one. */
function neighbourOf(room: Construct, graph: ServiceGraph): void {
  const runs = new Queue(room, "reports", { messagesPerSecond: 1 });
  const of = new ServiceGraph(room, "reporting", { runs, needs: [graph] });
  const alarms = new Alarms(room, "alarms", { notify: NOTIFY, elsewhere: ELSEWHERE });
  new Objectives(room, "objectives", { of, zone: { rto: "2 days", rpo: "1 day" } });
  new Slo(room, "fresh", { objective: 95, of, indicator: runs.indicators.freshness, alarms });
  new Dashboard(room, "dashboard", { of });
  for (const each of unwatched(room)) alarms.watch(each);
}

function fill(room: Construct, told: Service, neighbour: () => Construct): void {
  const parts = partsIn(room, told);
  const escalation = told.escalated ? new Escalation(room, "escalation", { page: PEOPLE, ticket: PEOPLE }) : undefined;
  if (escalation && told.concerns.includes("chat")) {
    const channel = Channel.slack({ workspaceId: "T0123ABCD", channelId: "C0123ABCD" });
    new Chat(room, "chat", { channel, hears: [escalation.topics.ticket] });
  }
  const alarms = new Alarms(room, "alarms", { notify: escalation?.notify ?? NOTIFY, elsewhere: ELSEWHERE });
  const beside = told.beside.map((name) => BESIDE[name](room));
  const backups = keep(room, parts, told);
  const watched = unwatched(room);
  for (const [index, each] of watched.entries()) alarms.watch(each, tuningsOf(each.signals, index, told));
  promised(room, parts, alarms, told);
  breaks(room, parts, alarms, told);
  look(room, parts, [...beside, ...backups], told);
  for (const each of unwatched(room)) alarms.watch(each);
  if (told.neighbour) neighbourOf(neighbour(), parts.graph);
}

const ENVIRONMENT = { name: "prod", service: "orders", owner: "team-orders", costCentre: "retail-4711", ...PLACE };

export const SERVICES = [
  inApp("Service", service, (app, name, told) => {
    const { provided, posture, neighbour } = told;
    const roomOf = (id: string) => {
      if (!provided) return plainRoom(app, id, name, posture);
      const stack = new TerraformStack(app, id);
      provide(stack, { ...ENVIRONMENT, posture, state: { bucket: "orders-state" } });
      return new Construct(stack, name);
    };
    const room = roomOf("generated");
    const beside = () => (neighbour === "apart" ? roomOf("generated-beside") : new Construct(room, "reporting"));
    fill(room, told, beside);
  }),
];
