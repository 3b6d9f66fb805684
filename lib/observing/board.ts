import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { Lazy, TerraformElement, TerraformStack } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { isWatchable } from "../core/declarations";
import { kebab, nameOf } from "../core/naming";
import { note } from "../core/notes";
import { placeOf } from "../core/place";
import { oncePerSynthesis } from "../core/planned";
import { cloudWatchBody } from "../review/dashboards/cloudwatch";
import { DeclaredDashboard, EventRule, Slice } from "../review/dashboards/declared";
import { boardOf } from "../review/dashboards/service-board";
import { Elements } from "../core/resolve";
import { BoardProps } from "./dashboard-props";
import { reachOf } from "./slices";

/** What a dashboard is made of. */
export interface Plan extends BoardProps, Pick<DeclaredDashboard, "shows" | "also"> {
  readonly title: string;
  /** Read when the stack is written: services, parts and what they declare may come after the dashboard. */
  readonly services: () => readonly IConstruct[];
  /** The services and all that is shown of them. */
  readonly shown: () => readonly IConstruct[];
}

/** A dashboard whose body is read from the declarations when the stack is written. */
export function board(scope: Construct, plan: Plan): CloudwatchDashboard {
  // Links to alarms and the region of each metric need it.
  placeOf(scope);
  const body = () => oncePerSynthesis(scope, () => drawn(scope, plan));
  note(scope, "dashboard", Lazy.anyValue({ produce: () => body().declared }));
  return new CloudwatchDashboard(scope, "Resource", {
    dashboardName: nameOf(scope, "dashboard"),
    // While the stack is prepared nothing is to be found in it: the body refers to no other stack.
    dashboardBody: Lazy.stringValue({ produce: ({ preparing }) => (preparing ? "" : bodyOf(body())) }),
  });
}

/** A dashboard as it is now, and what its own stack declares of it. */
interface Drawn {
  readonly declared: DeclaredDashboard;
  readonly own: Slice;
}

function drawn(scope: Construct, { title, shows, also, runbooks, services, shown }: Plan): Drawn {
  const stack = TerraformStack.of(scope);
  const parts = shown();
  const { own, others, leftOut } = reachOf(scope, parts);
  const declared = {
    path: scope.node.path,
    name: nameOf(scope, "dashboard"),
    title,
    shows,
    services: services().map(({ node }) => node.path),
    also,
    ...(runbooks !== undefined && { runbooks: runbooks.replace(/\/$/, "") }),
    rules: rulesOf(
      parts.filter((part) => TerraformStack.of(part) === stack),
      stack,
    ),
    leftOut,
    others,
  };
  return { declared, own };
}

/** Every rule of EventBridge that stands under a part tells of it, whoever made it. */
function rulesOf(parts: readonly IConstruct[], stack: TerraformStack): EventRule[] {
  const rules = parts.flatMap((part) =>
    part.node.findAll().flatMap((construct) => {
      if (!TerraformElement.isTerraformElement(construct) || !isRule(construct)) return [];
      return [{ path: part.node.path, rule: construct.name, says: meant(part, construct.node.id) }];
    }),
  );
  return new Elements(stack).written(rules) as EventRule[];
}

/** What a rule that was made from a signal means; of another one its id must do. */
function meant(part: IConstruct, id: string): string {
  const signals = isWatchable(part) ? Object.entries(part.signals) : [];
  return signals.find(([name]) => kebab(name) === id)?.[1].means ?? id.replaceAll("-", " ");
}

/** By its type, not by `instanceof`: another copy of the provider makes rules as well. */
function isRule(element: TerraformElement): element is CloudwatchEventRule {
  return "terraformResourceType" in element && element.terraformResourceType === CloudwatchEventRule.tfResourceType;
}

function bodyOf({ declared, own }: Drawn): string {
  const board = boardOf(declared, [own, ...declared.others]);
  return cloudWatchBody(board, ({ address, attribute }) => `\${${address}.${attribute}}`);
}
