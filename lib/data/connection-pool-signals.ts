import { Metric, Signals } from "../core/signal";
import { rdsMetric } from "./rds-signals";

const METRICS = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.monitoring.html";

/** What the signals of a pool are found by, and computed from. */
export interface WatchedPool {
  readonly name: string;
  /** Connections of all clients at full scale. */
  readonly clients: number;
}

/** What is worth watching about a pool. That it does not reach the database is a page; what leads to waiting is a ticket. */
export function poolSignals({ name, clients }: WatchedPool) {
  const proxy = { ProxyName: name };
  const of = rdsMetric(proxy);
  const metric = (metricName: string, statistic: string): Metric => of(metricName, statistic).metric;
  const target = rdsMetric({ ...proxy, TargetGroup: "default", TargetRole: "READ_WRITE" });
  return {
    database: {
      kind: "traffic",
      means: "the pool does not reach the database",
      measure: target("AvailabilityPercentage"),
      bad: "below",
      unit: "per cent of the time",
      page: 50,
      ticket: 100,
      missing: "missing",
      firstSteps: [
        "Is the database failing over, or down? Look at its own alarms first.",
        `What does the pool say? aws rds describe-db-proxy-targets --db-proxy-name ${name} --query 'Targets[].TargetHealth'.`,
        "AUTH_FAILURE: may its role read the secret, and is the password the one of the database?",
      ],
      source: METRICS,
    },
    borrowed: {
      kind: "saturation",
      means: "soon clients wait for a connection to the database",
      measure: {
        math: {
          expression: "100 * borrowed / allowed",
          metrics: {
            borrowed: metric("DatabaseConnectionsCurrentlyBorrowed", "Sum"),
            allowed: metric("MaxDatabaseConnectionsAllowed", "Sum"),
          },
        },
      },
      bad: "above",
      unit: "per cent",
      ticket: 80,
      missing: "notBreaching",
      firstSteps: [
        "Long transactions, or many? Compare queries a second with last week.",
        "Look at pinned connections: each is for one client alone.",
      ],
      source: METRICS,
    },
    borrowLatency: {
      kind: "latency",
      means: "clients wait for a connection to the database; past borrowTimeout they fail",
      measure: of("DatabaseConnectionsBorrowLatency"),
      bad: "above",
      unit: "microseconds",
      ticket: 100_000,
      breaches: "5 of 5",
      firstSteps: ["Are all connections borrowed? Then as there. Else the database is slow to let new ones in."],
      source: METRICS,
    },
    clients: {
      kind: "saturation",
      means: "more connect than the pool was made for",
      measure: of("ClientConnections", "Maximum"),
      bad: "above",
      unit: "connections",
      ticket: clients,
      missing: "notBreaching",
      firstSteps: ["Did the clients grow, or their own pools? State it in load, and let the sizes be checked again."],
      source: METRICS,
    },
    refusedClients: {
      kind: "errors",
      means: "clients are refused for who they say they are, or for no TLS",
      measure: of("ClientConnectionsSetupFailedAuth", "Sum"),
      bad: "above",
      unit: "connections a minute",
      ticket: 0,
      firstSteps: ["Was a password rotated, and do clients read it again? Is their user one of the secrets?"],
      source: METRICS,
    },
    refusedByDatabase: {
      kind: "errors",
      means: "the database refuses the pool",
      measure: of("DatabaseConnectionsSetupFailed", "Sum"),
      bad: "above",
      unit: "connections a minute",
      ticket: 0,
      firstSteps: ["Was the password rotated just now? Has the database connections left?"],
      source: METRICS,
    },
    pinned: {
      kind: "saturation",
      means: "connections are pinned to one client each, so that the pool shares little",
      measure: {
        math: {
          expression: "100 * pinned / connections",
          metrics: {
            pinned: metric("DatabaseConnectionsCurrentlySessionPinned", "Sum"),
            connections: metric("DatabaseConnections", "Sum"),
          },
        },
      },
      bad: "above",
      unit: "per cent",
      ticket: 30,
      breaches: "15 of 15",
      missing: "notBreaching",
      firstSteps: [
        "Look for SET, temporary tables, advisory locks and prepared statements in the code of the clients.",
      ],
      source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-pinning.html",
    },
  } satisfies Signals;
}
