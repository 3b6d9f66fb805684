import { Queries } from "../../core/query";
import { logName } from "./cache-group";

/**
 * What is worth asking the logs of a cache.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Log_Delivery.html
 */
export function cacheQueries(identifier: string) {
  return {
    slowCommands: {
      asks: "which commands took longest, and from where they came",
      query:
        "fields @timestamp, CacheClusterId, `Duration (us)` as us, Command, ClientAddress | sort us desc | limit 20",
      logGroups: [logName(identifier, "slow-log")],
    },
    engineNews: {
      asks: "what the engine says of failovers, snapshots and its replicas",
      query: "fields @timestamp, CacheClusterId, @message | sort @timestamp desc | limit 50",
      logGroups: [logName(identifier, "engine-log")],
    },
  } satisfies Queries;
}
