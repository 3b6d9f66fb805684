import { CloudwatchQueryDefinition } from "@cdktf/provider-aws/lib/cloudwatch-query-definition";
import { Construct } from "constructs";
import { requireThat } from "../core/guard";
import { kebab } from "../core/naming";
import { Queries, Query } from "../core/query";

/** Questions, and the log groups that they are put to. */
export interface Asked {
  /** Names that are known at synthesis. */
  readonly logGroups: readonly string[];
  /** The same by reference, where this stack makes them. @default - the names */
  readonly references?: readonly string[];
  readonly asked: Readonly<Record<string, Omit<Query, "logGroups">>>;
}

/** Saves questions to logs under the path of a construct, where the console finds them, and declares them. */
export function saveQueries(scope: Construct, { logGroups, references = logGroups, asked }: Asked): Queries {
  const names = Object.keys(asked);
  const must = "differ in their letters and digits";
  requireThat(scope, new Set(names.map(kebab)).size === names.length, { prop: "queries", must, got: names });
  for (const [name, { asks, query }] of Object.entries(asked)) {
    const mend = "it is what somebody looks for at night";
    const said = { prop: `queries.${name}.asks`, must: "say what is asked", got: asks, mend };
    requireThat(scope, asks.trim() !== "", said);
    requireThat(scope, query.trim() !== "", { prop: `queries.${name}.query`, must: "hold a query", got: query });
    new CloudwatchQueryDefinition(scope, `query-${kebab(name)}`, {
      name: `${scope.node.path}/${kebab(name)}`,
      logGroupNames: [...references],
      queryString: query.replaceAll(" | ", "\n| "),
    });
  }
  return Object.fromEntries(Object.entries(asked).map(([name, each]) => [name, { ...each, logGroups }]));
}
