import { TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { constructsOf } from "../core/collect";
import { notesOf } from "../core/notes";
import { ServiceGraph } from "../core/service-graph";
import { DeclaredAlarm } from "../review/manifest";
import { folderOf } from "../review/runbook/path";
import { DeclaredObjective } from "../review/slo/declared";
import { PagedService } from "./incident-queries";

/** What the address of an alarm begins with that is no composite. */
const METRIC_ALARM = "aws_cloudwatch_metric_alarm.";

/** The alarms of a stack that page for a service: of what it is down without, and of its objectives. */
export function pagesOf(graph: ServiceGraph, { node }: IConstruct): PagedService {
  const stack = TerraformStack.of(node.scope as IConstruct);
  const constructs = constructsOf(stack);
  const all = <T>(kind: string) => constructs.flatMap((construct) => notesOf<T>(construct, kind));
  const objectives = all<DeclaredObjective>("objective").filter(({ service }) => service === graph.node.path);
  const own = new Set([...graph.hard.map((part) => part.node.path), ...objectives.map(({ path }) => path)]);
  const pages = all<DeclaredAlarm>("alarm").filter(
    ({ path, urgency, notifies }) => own.has(path) && urgency === "page" && notifies,
  );
  return {
    name: camel(folderOf(stack.node.path, graph.node.path)),
    pages: pages.map(({ name }) => name),
    timed: pages.filter(({ address }) => address.startsWith(METRIC_ALARM)).map(({ name }) => name),
  };
}

function camel(name: string): string {
  return name.replace(/[-_.]+(\w)/g, (_, letter: string) => letter.toUpperCase());
}
