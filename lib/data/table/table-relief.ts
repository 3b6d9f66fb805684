import { FirstAid, asEver } from "../../parts/first-aid";
import { WatchedTable, tableMetric } from "./table-measures";

/** What takes a part of the load away, where there is too much of it. */
const BACK =
  "Take back the rollout that asks so much, or stop the job: clients that are turned away try again by themselves.";

/** Which keys were throttled most in the last hour, as commands; the pattern turns the rule on. */
function throttledKeys(name: string, index?: string): string {
  const of = `--table-name ${name}${index === undefined ? "" : ` --index-name ${index}`}`;
  const rule = `RULE=$(aws dynamodb describe-contributor-insights ${of} --query "ContributorInsightsRuleList[?contains(@, '-PKT-')] | [0]" --output text)`;
  const report = `aws cloudwatch get-insight-rule-report --rule-name "$RULE" --start-time $(($(date +%s) - 3600)) --end-time $(date +%s) --period 300 --max-contributor-count 10 --query 'Contributors[].[Keys[0],ApproximateAggregateValue]' --output text`;
  return `\`${rule}\`, \`${report}\``;
}

/** How the table may be asked more, as steps, by how its capacity is paid for. */
export function moreCapacity({ name, capacity, most }: WatchedTable): string[] {
  const { reads = 0, writes = 0 } = most;
  if (capacity === "provisioned") {
    const [more, moreWrites] = [Math.ceil(reads * 1.5), Math.ceil(writes * 1.5)];
    const target = (kind: string, units: number) =>
      `\`aws application-autoscaling register-scalable-target --service-namespace dynamodb --resource-id table/${name} --scalable-dimension dynamodb:table:${kind}CapacityUnits --max-capacity ${units}\``;
    return [
      `It has less than it may scale to: give it all at once, and scaling takes back what is not needed: \`aws dynamodb update-table --table-name ${name} --provisioned-throughput ReadCapacityUnits=${reads},WriteCapacityUnits=${writes}\`.`,
      `It has all that it may: let it scale further. It is paid for by the hour; write it as provisioned.reads.max and provisioned.writes.max in the code afterwards, or the next apply takes it back: ${target("Read", more)}, ${target("Write", moreWrites)}.`,
      `That is too slow: let it be on demand, within minutes and without an outage. A request costs several times as much, and it can be turned four times a day; leave provisioned out of the code afterwards: \`aws dynamodb update-table --table-name ${name} --billing-mode PAY_PER_REQUEST\`.`,
    ];
  }
  if (capacity === "limited") {
    return [
      `The load is real: let the table be asked twice as much, at once. Each request is paid for; write it as onDemandLimit in the code afterwards, or the next apply takes it back: \`aws dynamodb update-table --table-name ${name} --on-demand-throughput MaxReadRequestUnits=${2 * reads},MaxWriteRequestUnits=${2 * writes}\`.`,
    ];
  }
  const warm = (kind: string) =>
    `$(aws dynamodb describe-table --table-name ${name} --query 'Table.WarmThroughput.${kind}UnitsPerSecond' --output text)`;
  return [
    `All keys are asked, and the load rose to more than twice its peak: warm the table for twice of what it takes now. It is paid for once, is never less again, and takes minutes to hours; a table takes 40,000 by the quota. Terraform leaves it: \`READS=${warm("Read")}\`, \`WRITES=${warm("Write")}\`, \`aws dynamodb update-table --table-name ${name} --warm-throughput ReadUnitsPerSecond=$((READS * 2)),WriteUnitsPerSecond=$((WRITES * 2))\`.`,
  ];
}

/** Requests that the table turns away. */
export function throttled(watched: WatchedTable): FirstAid {
  const { name, capacity } = watched;
  const of = tableMetric(name);
  return {
    firstSteps: [
      `One key, or all? Those that were turned away most in the last hour: ${throttledKeys(name)}.`,
      "One: it is asked more than 3000 reads or 1000 writes a second, which no capacity raises. Spread it over several keys, or keep it in the clients for some seconds.",
      `All: is it read more than ever, in units? In this hour, and in the same one a week ago: ${asEver(of("ConsumedReadCapacityUnits", "Sum"))}.`,
      `Or written more? ${asEver(of("ConsumedWriteCapacityUnits", "Sum"))}.`,
      ...(capacity === "provisioned" ? [`And what has it now? ${capacityNow(name)}.`] : []),
    ],
    mitigate: [BACK, ...moreCapacity(watched)],
  };
}

/** Requests that an index turns away. */
export function indexThrottled(watched: WatchedTable): FirstAid {
  const { name, indexes } = watched;
  return {
    firstSteps: [
      ...indexes.map(
        (index) => `Which keys of the index ${index} in the last hour, if any? ${throttledKeys(name, index)}.`,
      ),
      "One key: many items share it, such as a status or a day. Add a number to it, so that they are spread.",
      "Many keys: the index takes more than before; did a rollout bring another query, or a job that writes much?",
    ],
    mitigate: [BACK, ...moreCapacity(watched)],
  };
}

/** A table that is asked almost as much as it may be. */
export function asked(watched: WatchedTable, metric: string): FirstAid {
  const { name, capacity } = watched;
  return {
    firstSteps: [
      `Is the load real, in units? In this hour, and in the same one a week ago: ${asEver(tableMetric(name)(metric, "Sum"))}.`,
      ...(capacity === "provisioned" ? [`What has it now? ${capacityNow(name)}.`] : []),
      "As much as ever: the limit is too low. Much more: does a job scan the table, or does a client try again without a pause?",
    ],
    mitigate: [BACK, ...moreCapacity(watched)],
  };
}

function capacityNow(name: string): string {
  return `aws dynamodb describe-table --table-name ${name} --query 'Table.ProvisionedThroughput.[ReadCapacityUnits,WriteCapacityUnits]' --output text`;
}
