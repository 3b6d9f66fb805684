import { Metric, Signals } from "../../core/signal";
import { asEver } from "../../parts/first-aid";
import { CONNECTED, OPEN, endIdle, endOpen } from "../rds/rds-relief";
import { Engine } from "../rds/rds-settings";
import { rdsMetric } from "../rds/rds-signals";

const METRICS = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.monitoring.html";

/** What a pool may take, where nothing else must connect. */
const MOST_PERCENT = 95;

/** What the signals of a pool are found by, and computed from. */
export interface WatchedPool {
  readonly name: string;
  readonly engine: Engine;
  readonly maxConnectionsPercent: number;
  /** Connections of all clients at full scale. */
  readonly clients: number;
}

/** How clients get connections again, as steps. */
function reliefOf({ name, engine, maxConnectionsPercent }: WatchedPool): string[] {
  const raised = `Let the pool take nearly all connections of the database; people and migrations have few left. Write it as maxConnectionsPercent in the code afterwards, or the next apply takes it back: \`aws rds modify-db-proxy-target-group --db-proxy-name ${name} --target-group-name default --connection-pool-config MaxConnectionsPercent=${MOST_PERCENT}\`.`;
  return [endOpen(engine), ...(maxConnectionsPercent < MOST_PERCENT ? [raised] : [])];
}

/**
 * What is worth watching about a pool. That it does not reach the database is a page; what leads to waiting is a
 * ticket.
 */
export function poolSignals(watched: WatchedPool) {
  const { name, engine, clients } = watched;
  const proxy = { ProxyName: name };
  const of = rdsMetric(proxy);
  const relief = reliefOf(watched);
  const metric = (metricName: string, statistic: string): Metric => of(metricName, statistic).metric;
  const target = rdsMetric({ ...proxy, TargetGroup: "default", TargetRole: "READ_WRITE" });
  const targets = `aws rds describe-db-proxy-targets --db-proxy-name ${name} --query 'Targets[].[RdsResourceId,Role,TargetHealth.State,TargetHealth.Reason,TargetHealth.Description]' --output text`;
  const log = `aws logs tail /aws/rds/proxy/${name} --since 30m --format short`;
  const secrets = `aws rds describe-db-proxies --db-proxy-name ${name} --query 'DBProxies[0].Auth[].SecretArn' --output text | tr '\\t' '\\n' | while read -r SECRET; do aws secretsmanager describe-secret --secret-id "$SECRET" --query '[Name,LastChangedDate,LastRotatedDate]' --output text; done`;
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
        `What does the pool say of the database? ${targets}.`,
        "UNREACHABLE or CONNECTION_FAILED: is it failing over, or down? Its own alarms tell; a failover is over within two minutes. Else a firewall between the two has changed.",
        `AUTH_FAILURE: was a password rotated, or changed in the database alone? ${secrets}.`,
        `PENDING_PROXY_CAPACITY: wait, it comes by itself. Anything else: what does its log say? ${log}.`,
      ],
      mitigate: [
        "Did a change of a secret, a role or a firewall come before it? Take it back.",
        "The database is well, and its clients are few: let them connect to its own address for now; they sign in with the password of the secret. It must let in all of them, and a failover is felt again.",
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
        `Is more asked than ever? Requests in this hour, and in the same one a week ago: ${asEver(metric("QueryRequests", "Sum"))}.`,
        `Not more: are transactions open for long? In the database, the oldest first: ${OPEN[engine]}`,
        `None is: is each connection pinned to one client alone? ${asEver(metric("DatabaseConnectionsCurrentlySessionPinned", "Maximum"))}.`,
      ],
      mitigate: relief,
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
      firstSteps: [
        `How many are borrowed at most? In this hour, and in the same one a week ago: ${asEver(metric("DatabaseConnectionsCurrentlyBorrowed", "Maximum"))}.`,
        `And how many may be? ${asEver(metric("MaxDatabaseConnectionsAllowed", "Maximum"))}.`,
        `As many: are transactions open for long? In the database, the oldest first: ${OPEN[engine]}`,
        "Far fewer: the database is slow to let new ones in. Its CPU and its connections have pages of their own.",
      ],
      mitigate: relief,
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
      firstSteps: [
        `How many connect at most? In this hour, and in the same one a week ago: ${asEver(of("ClientConnections", "Maximum").metric)}.`,
        `Do they need connections of the database, too? Most that were borrowed: ${asEver(metric("DatabaseConnectionsCurrentlyBorrowed", "Maximum"))}.`,
        "They do not: the pool does what it is for. State them in load, and the sizes are checked again. They do: borrowed has a page of its own.",
      ],
      mitigate: ["Did a rollout bring more clients, or larger pools in each? Take it back.", ...relief],
      source: METRICS,
    },
    refusedClients: {
      kind: "errors",
      means: "clients are refused for who they say they are, or for no TLS",
      measure: of("ClientConnectionsSetupFailedAuth", "Sum"),
      bad: "above",
      unit: "connections a minute",
      ticket: 0,
      firstSteps: [
        `When was each secret changed last? ${secrets}.`,
        `Just when it began: clients must read it again. Not then: what does the log of the pool say? ${log}.`,
        "It names no user, or another one: it must be that of one of the secrets. It says TLS: the client connects without.",
      ],
      mitigate: [
        "Restart the clients one after the other: they read the secret again.",
        "Did a rollout of the clients start when it began? Take it back.",
      ],
      source: METRICS,
    },
    refusedByDatabase: {
      kind: "errors",
      means: "the database refuses the pool",
      measure: of("DatabaseConnectionsSetupFailed", "Sum"),
      bad: "above",
      unit: "connections a minute",
      ticket: 0,
      firstSteps: [
        `What does the pool say of the database? ${targets}.`,
        `AUTH_FAILURE: when was each secret changed last? ${secrets}.`,
        `AVAILABLE: has the database connections left? Who has them, in the database: ${CONNECTED[engine]}`,
      ],
      mitigate: [
        "A password that was changed in the database alone: write it into the secret as well; the pool reads it within minutes.",
        endIdle(engine),
      ],
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
        `Since when? Pinned at most in this hour, and in the same one a week ago: ${asEver(metric("DatabaseConnectionsCurrentlySessionPinned", "Maximum"))}.`,
        `What pins them? The log of the pool says so: ${log}.`,
        "Mostly SET, temporary tables, advisory locks or prepared statements: which client was rolled out when it began?",
      ],
      mitigate: [
        "Take that rollout back. A pin ends with its session: restart those clients, one after the other.",
        ...relief,
      ],
      source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-pinning.html",
    },
  } satisfies Signals;
}
