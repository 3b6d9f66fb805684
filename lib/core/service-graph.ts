import { Construct, IConstruct } from "constructs";
import { DeclaredEdge, DeclaredService } from "../review/manifest";
import { refuse, requireThat } from "./guard";
import { register } from "./hook";
import { note } from "./notes";
import { announce, servicesOf } from "./service-news";
import { cycleOf, inRecoveryOrder, neededBy } from "./service-order";

/** A dependency without which the service is worse, not down. */
export interface SoftDependency {
  readonly on: IConstruct;
  /** What is worse without it, in a sentence. */
  readonly because: string;
}

/** What a {@link ServiceGraph} can be told. */
export interface ServiceGraphProps {
  /** Where requests come in. @default - the service takes no requests: it works by itself, or off a queue */
  readonly entrance?: IConstruct;
  /** What does the work: one construct, or several. */
  readonly runs: IConstruct | readonly IConstruct[];
  /** What it cannot work without; another service is named by its graph. @default - nothing */
  readonly needs?: readonly IConstruct[];
  /** What it works worse without. @default - nothing */
  readonly prefers?: readonly SoftDependency[];
}

/** One dependency, between constructs. */
interface Edge {
  readonly from: IConstruct;
  readonly to: IConstruct;
  readonly hard: boolean;
  readonly because?: string;
}

/** Marks what is a graph, across copies of this package. */
const GRAPH = Symbol.for("sre-constructs/service-graph");

/**
 * What a service is made of: the one place where it is said what needs what. Objectives, suppression of alarms, the
 * order of recovery, the diagram and the scope of experiments all read it; an edge that is not declared does not exist.
 *
 * The entrance needs what runs, and what runs needs all of `needs`. A service that needs another one needs that one's
 * entrance, or what it runs where it has none.
 *
 * @throws where a construct is named twice, a soft dependency has no reason, or dependencies run in a circle
 */
export class ServiceGraph extends Construct {
  readonly entrance?: IConstruct;
  readonly runs: readonly IConstruct[];
  /** What the service cannot work without, as it was given: constructs, and the graphs of other services. */
  readonly needs: readonly IConstruct[];
  readonly prefers: readonly SoftDependency[];
  /** The dependencies of this service alone. */
  readonly edges: readonly Edge[];

  constructor(scope: Construct, id: string, props: ServiceGraphProps) {
    super(scope, id);
    register(this, props, "ServiceGraphProps");
    Object.defineProperty(this, GRAPH, { value: true });
    const { entrance, runs, needs = [], prefers = [] } = props;
    this.entrance = entrance;
    this.runs = Array.isArray(runs) ? runs : [runs as IConstruct];
    this.needs = needs;
    this.prefers = prefers;
    requireThat(this, this.runs.length > 0, { prop: "runs", must: "name at least one construct", got: [] });
    this.refuseTwice();
    for (const { on, because } of prefers) {
      const must = "say what is worse without it, in a sentence";
      if (!because?.trim()) refuse(this, { prop: `prefers.${on.node.id}.because`, must, got: because });
    }
    this.edges = this.drawn();
    this.refuseCircle();
    note(this, "service", this.declared());
    announce(this);
  }

  /** Everything without which the service is down: entrance, what runs, what it needs, and what those services need. */
  get hard(): readonly IConstruct[] {
    const own = [...(this.entrance ? [this.entrance] : []), ...this.runs];
    return [...new Set([...own, ...this.needs.flatMap((each) => (isServiceGraph(each) ? each.hard : [each]))])];
  }

  /** What a construct of the service cannot work without, near and far: it is down when one of these is. */
  neededBy(construct: IConstruct): readonly IConstruct[] {
    return neededBy(construct, this.allEdges);
  }

  /** What can come back at the same time, in steps: data first, entrances last. */
  get recoveryOrder(): readonly (readonly IConstruct[])[] {
    return inRecoveryOrder(this.hard, this.allEdges);
  }

  /** The dependencies of this service and of those that it needs. */
  get allEdges(): readonly Edge[] {
    return [...this.edges, ...this.needs.filter(isServiceGraph).flatMap(({ allEdges }) => allEdges)];
  }

  private refuseTwice(): void {
    const named = [this.entrance, ...this.runs, ...this.needs, ...this.prefers.map(({ on }) => on)];
    const seen = new Set<IConstruct>();
    for (const each of named.filter((construct) => construct !== undefined)) {
      const mend = "a construct is entrance, runs, is needed or is preferred: name it once";
      if (seen.has(each)) refuse(this, { prop: "needs", must: "name each construct once", got: each.node.path, mend });
      seen.add(each);
    }
  }

  private drawn(): Edge[] {
    const inside = this.entrance ? this.runs.map((to) => ({ from: this.entrance as IConstruct, to, hard: true })) : [];
    return [
      ...inside,
      ...this.runs.flatMap((from) => [
        ...this.needs.flatMap((need) => doorsOf(need).map((to) => ({ from, to, hard: true }))),
        ...this.prefers.flatMap(({ on, because }) => doorsOf(on).map((to) => ({ from, to, hard: false, because }))),
      ]),
    ];
  }

  private refuseCircle(): void {
    const circle = cycleOf([...servicesOf(this), this].flatMap(({ edges }) => edges ?? []));
    if (!circle) return;
    const got = circle.map(({ node }) => node.path).join(" → ");
    const mend = "nothing in a circle can be the first to come back: take one dependency out";
    refuse(this, { prop: "needs", must: "not run in a circle", got, mend });
  }

  private declared(): DeclaredService {
    const { entrance } = this;
    return {
      path: this.node.path,
      ...(entrance && { entrance: entrance.node.path }),
      runs: this.runs.map(({ node }) => node.path),
      needs: this.needs.map(({ node }) => node.path),
      prefers: this.prefers.map(({ on, because }) => ({ on: on.node.path, because })),
      edges: this.allEdges.map(({ from, to, hard, because }): DeclaredEdge => ({
        from: from.node.path,
        to: to.node.path,
        hard,
        ...(because !== undefined && { because }),
      })),
      recoveryOrder: this.recoveryOrder.map((step) => step.map(({ node }) => node.path)),
    };
  }
}

/** Whether a construct is the graph of a service. */
export function isServiceGraph(construct: IConstruct): construct is ServiceGraph {
  return GRAPH in construct;
}

/** Where others reach a dependency: the entrance of a service, or the construct itself. */
function doorsOf(construct: IConstruct): readonly IConstruct[] {
  if (!isServiceGraph(construct)) return [construct];
  return construct.entrance ? [construct.entrance] : construct.runs;
}
