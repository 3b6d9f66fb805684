import { Manifest } from "../manifest";
import { indented, shell } from "../markdown";
import { capital } from "../words";

/** A service of AWS and what is asked of it, wherever they stand in a command. */
const ASKS = /\baws ([a-z0-9-]+) ([a-z][a-z0-9-]*)/g;

/** A command as it can be pasted by whoever has another region set: each call in it names one. */
export function inRegion({ place }: Pick<Manifest, "place">, command: string): string {
  if (place === undefined) return command;
  return command.replace(ASKS, (asks, _service, _operation, at: number) => {
    const rest = command.slice(at + asks.length);
    const isSaid = rest.includes("--region") && optionsOf(rest).includes("--region");
    return isSaid ? asks : `${asks} --region ${place.region}`;
  });
}

/** The options of a call: what follows up to the next command, without the calls that stand in it. */
function optionsOf(rest: string): string {
  let [depth, quote, options] = [0, "", ""];
  for (const [index, letter] of [...rest].entries()) {
    if (depth > 0) depth += letter === "(" ? 1 : letter === ")" ? -1 : 0;
    else if (letter === "(" && rest[index - 1] === "$" && quote !== "'") depth = 1;
    else if (quote === "" && /[|;&)\n]/.test(letter)) return options;
    else {
      if (letter === quote) quote = "";
      else if (quote === "" && /['"]/.test(letter)) quote = letter;
      options += letter;
    }
  }
  return options;
}

/** A text as one word of a shell, whatever is in it. */
export function word(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** The last so many seconds, as options of a command; a shell counts, so that a page is not out of date. */
export function lately(length: number): string {
  return `--start-time $(($(date +%s) - ${length})) --end-time $(date +%s)`;
}

/** What an instruction may end in, after a colon or a question mark. */
const ENDS_IN_COMMAND = /^(.*?[:?]) (aws [a-z0-9-]+ [^]+?)\.?$/;

const ENDS_IN_QUERY = /^(.*?[:?]) (SELECT [^]+?)\.?$/;

/** A command in backticks that a sentence or a part of one ends in: after a colon, or too long to stand in it. */
const COMMANDS =
  /`((?<=[:?] `|`, `|` and `)(?:(?:aws|terraform|psql|pg_dump|mysql|until|for|curl) |[A-Z]+=)[^`]+|(?:aws|terraform) [^`]{60,})`(?=[.,;]| and `|$)/;

/** An instruction for people; the commands or the query that it ends in stand in blocks of their own, to be pasted. */
export function instruction(manifest: Pick<Manifest, "place">, text: string): string {
  if (COMMANDS.test(text)) return lifted(manifest, text);
  const [, says, command] = ENDS_IN_COMMAND.exec(text) ?? [];
  if (command !== undefined) return `${says}\n\n${indented(shell(inRegion(manifest, command)))}`;
  const [, asks, query] = ENDS_IN_QUERY.exec(text) ?? [];
  return query === undefined ? text : `${asks}\n\n${indented(["```sql", `${query};`, "```"].join("\n"))}`;
}

/** Words and commands by turns, as they stand in the text; commands that follow each other are one block. */
function lifted(manifest: Pick<Manifest, "place">, text: string): string {
  const [first, ...rest] = text.split(COMMANDS);
  const parts = [first.trimEnd()];
  const commands: string[] = [];
  const block = () => commands.length > 0 && parts.push(indented(shell(...commands.splice(0))));
  rest.forEach((part, index) => {
    if (index % 2 === 0) return void commands.push(inRegion(manifest, part));
    const words = part.replace(/^[.,;]\s*/, "").trim();
    if (words === "" || words === "and") return;
    block();
    parts.push(indented(capital(index < rest.length - 1 ? words.replace(/:?$/, ":") : words)));
  });
  block();
  return parts.join("\n\n");
}

/** Every alarm that is on now: by the beginning that their names share, or all of the region. */
export function onNow(
  manifest: Pick<Manifest, "place" | "stack" | "alarms">,
  of: "stack" | "region" = "stack",
): string {
  const { stack, alarms } = manifest;
  const query = "--query '[MetricAlarms,CompositeAlarms][].[AlarmName,StateUpdatedTimestamp]' --output text";
  const types = "--alarm-types MetricAlarm CompositeAlarm --state-value ALARM";
  const prefix = `${stack}-`;
  const shared =
    of === "stack" && alarms.every(({ name }) => name.startsWith(prefix)) ? ` --alarm-name-prefix ${word(prefix)}` : "";
  return shell(inRegion(manifest, `aws cloudwatch describe-alarms ${types}${shared} ${query}`));
}

/**
 * What people and pipelines changed in the last two hours, newest first: CloudTrail tells without a trail, some minutes late.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events-cli.html
 */
export function changes(manifest: Pick<Manifest, "place">): string {
  const command = `aws cloudtrail lookup-events --lookup-attributes AttributeKey=ReadOnly,AttributeValue=false --start-time $(($(date +%s) - 7200)) --max-items 50 --query 'Events[].[EventTime,Username,EventName,Resources[0].ResourceName]' --output text`;
  return shell(inRegion(manifest, command));
}

/** Which of some alarms are on, since when and why. */
export function statesOf(manifest: Pick<Manifest, "place">, names: readonly string[]): string {
  const query = "'[MetricAlarms,CompositeAlarms][].[AlarmName,StateValue,StateUpdatedTimestamp]'";
  const types = "--alarm-types MetricAlarm CompositeAlarm";
  const command = `aws cloudwatch describe-alarms ${types} --query ${query} --output text --alarm-names ${names.map(word).join(" ")}`;
  return shell(inRegion(manifest, command));
}
