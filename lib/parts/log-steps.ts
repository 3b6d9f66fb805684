/** The ARN of the key that a log group is under, in a command. */
function keyOf(group: string): string {
  return `$(aws logs describe-log-groups --log-group-name-prefix ${group} --query 'logGroups[0].kmsKeyId' --output text)`;
}

/** Whether the key of a log group lets it be written and read. */
export function keyState(group: string): string {
  return `aws kms describe-key --key-id ${keyOf(group)} --query KeyMetadata.KeyState --output text`;
}

/** What relieves a log group whose key does not. */
export function enableKey(group: string): string {
  return `The key is Disabled: aws kms enable-key --key-id ${keyOf(group)}.`;
}

/** The newest lines of a level. */
export function linesOf(group: string, level: string): string {
  return `aws logs tail ${group} --since 15m --format short --filter-pattern '{ $.level = "${level}" }'`;
}

/** Which log groups of the region took most in the last hour. */
export const LOUDEST = `aws cloudwatch get-metric-data --metric-data-queries '[{"Id":"loudest","Period":3600,"Expression":"SELECT SUM(IncomingBytes) FROM SCHEMA(\\"AWS/Logs\\", LogGroupName) GROUP BY LogGroupName ORDER BY SUM() DESC LIMIT 10"}]' --start-time $(($(date +%s) - 3600)) --end-time $(date +%s) --query 'MetricDataResults[].[Label,sum(Values)]' --output text`;
