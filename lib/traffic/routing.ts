import { requireKind } from "../core/props";

/** How requests are shared among the regions that are healthy. */
export class Routing {
  private constructor(
    readonly kind: "failover" | "weighted" | "latency",
    /** The region that gets everything while it is healthy. @default - there is none */
    readonly primary?: string,
    /** The share of each region. @default - by the kind */
    readonly weights?: Readonly<Record<string, number>>,
  ) {}

  /** All to the primary region; to the other one while it is unhealthy. */
  static failover(primary: string): Routing {
    return new Routing("failover", primary);
  }

  /** To each region its share, by weights of 1 to 255; what is unhealthy gets none. */
  static weighted(weights: Readonly<Record<string, number>>): Routing {
    requireKind("Routing.weighted", "weights", weights, { "*": "number" });
    return new Routing("weighted", undefined, weights);
  }

  /** To the region that is nearest to who asks, of those that are healthy. */
  static latency(): Routing {
    return new Routing("latency");
  }
}
