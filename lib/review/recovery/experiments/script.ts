import { inWords, seconds } from "../../duration";
import { Manifest } from "../../manifest";
import { shell, table } from "../../markdown";
import { Way } from "../declared";
import { isAt } from "../measured";
import { DeclaredExperiment, DeclaredFault, DeclaredStop } from "./declared";

/** What people do on the day: look whether all is quiet, start it, look on, measure, and write it down. */
export function script(manifest: Manifest, experiment: DeclaredExperiment, number: number): string {
  const { name, hypothesis, stopOn } = experiment;
  return [
    `## ${number}. ${name}`,
    `**Hypothesis.** ${hypothesis}`,
    broken(experiment),
    ...shared(manifest, experiment),
    expected(manifest, experiment),
    `It ends at once when one of these rings:\n\n${stopOn.map(stop).join("\n")}`,
    ...commands(manifest, experiment),
    outcome(experiment),
    "Write each that was put to the test into the file that `Objectives` reads as `measured`, the worst number of the day, and what surprised as an issue with an owner:",
    ["```json", ...records(experiment), "```"].join("\n"),
  ].join("\n\n");
}

function broken({ faults }: DeclaredExperiment): string {
  const rows = faults.map(({ path, does, action, target, after }) => {
    const then = after === undefined ? "" : `, after \`${after}\``;
    return [path, `${does}${then}`, `\`${action}\``, target ? target.selection : ""];
  });
  return table(["what is broken", "how", "action", "how many"], rows).join("\n");
}

/** Other services of the stack that consist of what is broken: their people would take it for an incident. */
function shared({ services }: Manifest, { of, faults }: DeclaredExperiment): string[] {
  const paths = new Set(faults.map(({ path }) => path));
  const others = services.filter(({ path, entrance = "", runs, needs }) => {
    return path !== of && [entrance, ...runs, ...needs].some((each) => paths.has(each));
  });
  if (others.length === 0) return [];
  return [`It breaks a part of ${others.map(({ path }) => path).join(", ")} as well: tell their people first.`];
}

function expected({ recoveries }: Manifest, { of, faults, claimedSeconds }: DeclaredExperiment): string {
  const measured = recoveries.flatMap((each) => each.measured);
  const rows = tested(faults).map(({ path, claim: way }) => {
    const own = measured.filter(({ construct, mechanism }) => mechanism === way.mechanism && isAt(path, construct));
    const [worst] = own
      .filter(({ rto }) => rto !== undefined)
      .sort((a, b) => seconds(b.rto ?? "0 seconds") - seconds(a.rto ?? "0 seconds"));
    const before = worst ? `${worst.rto} on ${worst.on} (${worst.evidence})` : "not yet";
    return [path, way.mechanism, claimed(way), `${way.rto.basis}: ${way.rto.source}`, before, ""];
  });
  const all = claimedSeconds === 0 ? "users notice nothing" : inWords(claimedSeconds);
  const service = [of, "all of it, for users", all, "the longest path of what is lost", "", ""];
  return table(
    ["part", "comes back by", "claimed", "rests on", "measured before", "measured today"],
    [...rows, service],
  ).join("\n");
}

/** Each claim once, whatever puts it to the test. */
function tested(faults: readonly DeclaredFault[]): { path: string; claim: Way }[] {
  const seen = new Set<string>();
  return faults.flatMap(({ path, claim }) => {
    const key = `${path} ${claim?.mechanism}`;
    if (!claim || seen.has(key)) return [];
    seen.add(key);
    return [{ path, claim }];
  });
}

/** What a part claims, in one cell. */
export function claimed({ rto, rpo, scaleUp }: Way): string {
  const load = scaleUp ? `, ${scaleUp.value} more to carry the load` : "";
  return `${rto.value}, losing ${rpo.value} of data${load}`;
}

function stop({ name, seconds: length, insteadOf }: DeclaredStop): string {
  const when =
    length === undefined
      ? "nothing here says after how long"
      : length === 0
        ? "with the first bad minute"
        : `after ${inWords(length)} of outage at the earliest`;
  const instead = insteadOf === undefined ? "" : `, in place of \`${insteadOf}\`, which would end it too early`;
  return `- \`${name}\`: ${when}${instead}`;
}

/** Each block can be pasted whole: what stops the experiment stands apart from what starts it. */
function commands({ place }: Manifest, { tag, stopOn, logGroup }: DeclaredExperiment): string[] {
  const region = place ? ` --region ${place.region}` : "";
  const get = `aws fis get-experiment${region} --id "$experiment"`;
  const names = stopOn.map(({ name }) => name).join(" ");
  const first = stopOn[0].insteadOf ?? stopOn[0].name;
  return [
    "All must be quiet, or it fails as it begins. This prints nothing where it is:",
    shell(
      `aws cloudwatch describe-alarms${region} --alarm-types MetricAlarm CompositeAlarm --alarm-names ${names} --query "[MetricAlarms,CompositeAlarms][] | [?StateValue!='OK'].[AlarmName,StateValue]" --output text`,
    ),
    "Start it, and note the time:",
    shell(
      `template=$(aws fis list-experiment-templates${region} --query "experimentTemplates[?tags.Name=='${tag}'].id" --output text)`,
      `experiment=$(aws fis start-experiment${region} --experiment-template-id "$template" --query experiment.id --output text)`,
    ),
    "Look on, until its state is `completed`, `stopped` or `failed`:",
    shell(
      `${get} --query experiment.state`,
      `aws logs tail${region} "${logGroup}" --since 1h --format short | grep "$experiment"`,
    ),
    "Stop it, when whoever watches users says so. What was stopped or cut off comes back; a failover stays:",
    shell(`aws fis stop-experiment${region} --id "$experiment"`),
    "Measure: from the time at which an action began to the first minute in which users are served as before. The dashboard says when that was; these say when each action began, and what an alarm saw:",
    shell(
      `${get} --query "experiment.actions.*.[actionId,state.status,startTime,endTime]" --output table`,
      `aws cloudwatch describe-alarm-history${region} --alarm-name "${first}" --history-item-type StateUpdate --max-records 10 --query "AlarmHistoryItems[].[Timestamp,HistorySummary]" --output text`,
    ),
  ];
}

function outcome({ takesMinutes, claimedSeconds, stopOn }: DeclaredExperiment): string {
  const late = Math.max(0, ...stopOn.map(({ seconds: length }) => length ?? 0));
  const most = claimedSeconds === 0 ? "nobody noticed" : `${inWords(claimedSeconds)} at most were measured`;
  const slow = late > claimedSeconds ? `: the last alarm tells after ${inWords(late)} only` : "";
  return [
    `1. \`completed\`, after about ${takesMinutes} minutes, and ${most}: the hypothesis holds.`,
    `2. \`completed\`, and more was measured: it does not hold${slow}.`,
    "3. `stopped` or `failed`: it does not hold, or an alarm was on before, or a target was not there; `experiment.state.reason` says which. Mend the last two, and start again.",
  ].join("\n");
}

/** What records look like; their numbers are those of the day. */
function records({ faults }: DeclaredExperiment): string[] {
  return tested(faults).map(({ path, claim: { mechanism } }) => {
    const construct = path.split("/").slice(1).join("/");
    const rest = { on: "YYYY-MM-DD", evidence: "EXP…, and who led", rto: "… seconds" };
    return JSON.stringify({ construct, mechanism, ...rest });
  });
}
