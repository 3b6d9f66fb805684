import { Queries, Query } from "../core/query";

/** A service, and the alarms that page for it. */
export interface PagedService {
  /** In the names of its queries, such as `orders`. */
  readonly name: string;
  /** All that page by themselves. */
  readonly pages: readonly string[];
  /** Those of metrics: CloudWatch says of them when the breach began. */
  readonly timed: readonly string[];
}

const SECONDS_A_DAY = 86_400;

const piped = (...commands: readonly string[]) => commands.join(" | ");

/** Whether an event is of one of these alarms; where there are none, of no alarm. */
function among(names: readonly string[]): string {
  if (names.length === 0) return 'detail.alarmName = ""';
  return `detail.alarmName in [${names.map((name) => `"${name}"`).join(", ")}]`;
}

/** A time of day as a pattern of three fields. */
function time(prefix: string): string {
  return `(?<${prefix}Hour>\\d{2}):(?<${prefix}Minute>\\d{2}):(?<${prefix}Second>\\d{2})`;
}

/** The same three fields as seconds. */
function ofDay(prefix: string): string {
  return `(${prefix}Hour * 3600 + ${prefix}Minute * 60 + ${prefix}Second)`;
}

/**
 * What state changes of alarms tell of the incidents of a service, by month. A page is an incident; two that ring for one
 * cause are two.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 */
export function incidentQueries({ name, pages, timed }: PagedService, logGroup: string): Queries {
  const logGroups = [logGroup];
  const query = (asks: string, ...commands: readonly string[]): Query => ({
    asks,
    query: piped(...commands),
    logGroups,
    shows: "incidents",
  });
  return {
    [`${name}TimeToDetect`]: query(
      `how long it took until ${name} paged, by month, in seconds (MTTD): from the first moment that the alarm looked at`,
      `filter ${among(timed)} and detail.state.value = "ALARM"`,
      // The data of the reason is a text in a text: between key and value stand quotes, perhaps with backslashes.
      `parse detail.state.reasonData /startDate\\W+[-\\d]{10}T${time("begun")}/`,
      `parse detail.state.timestamp /^(?<month>\\d{4}-\\d{2})-\\d{2}T${time("rung")}/`,
      "filter ispresent(begunHour)",
      // A day is longer than any alarm that pages looks back.
      `fields (${ofDay("rung")} - ${ofDay("begun")} + ${SECONDS_A_DAY}) % ${SECONDS_A_DAY} as seconds`,
      "stats count(*) as pages, avg(seconds) as mean, max(seconds) as longest by month",
      "sort month",
    ),
    [`${name}TimeToRecover`]: query(
      `how long incidents of ${name} lasted, by month, in minutes (MTTR): from the page until its alarm was OK`,
      `filter ${among(pages)}`,
      ...alarmedAt(),
      "stats min(at) as begun, max(at) as ended, count_distinct(detail.state.value) as states by detail.alarmName as alarm, alarmedAt, month",
      // One that is still on has no second state.
      "filter states > 1",
      "stats count(*) as incidents, avg((ended - begun) / 60000) as mean, max((ended - begun) / 60000) as longest by month",
      "sort month",
    ),
    [`${name}Incidents`]: query(
      `how many incidents ${name} had, by month and alarm`,
      `filter ${among(pages)} and detail.state.value = "ALARM"`,
      "parse detail.state.timestamp /^(?<month>\\d{4}-\\d{2})/",
      // EventBridge may tell of one twice.
      "stats count_distinct(detail.state.timestamp) as incidents by month, detail.alarmName as alarm",
      "sort month",
    ),
  };
}

/**
 * When an alarm began to ring, in its first event and in the one that ends it: the time of whichever state is ALARM, the
 * new one or the one before.
 */
function alarmedAt(): string[] {
  const states = ["detail.state.value", "detail.state.timestamp", "detail.previousState.value"];
  const all = [...states, "detail.previousState.timestamp"].join(', ";", ');
  return [
    `fields toMillis(@timestamp) as at, concat(${all}) as changed`,
    // To the second: that is enough to tell two apart.
    "parse changed /ALARM;(?<alarmedAt>[^;.+]+)/",
    "filter ispresent(alarmedAt)",
    "parse alarmedAt /^(?<month>\\d{4}-\\d{2})/",
  ];
}
