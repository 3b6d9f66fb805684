import { Construct, IConstruct } from "constructs";
import { isRecoverable } from "../core/declarations";
import { Fault } from "../core/fault";
import { refuse, requireForm, requireThat } from "../core/guard";
import { Recovery } from "../core/recovery";
import { GRANTS } from "./action-grants";

/** The claim that a fault puts to the test; refuses one that the construct does not make. */
export function claimOf(
  scope: Construct,
  prop: string,
  construct: IConstruct,
  { scenario, mechanism = "" }: Fault,
): Recovery {
  const ways = (isRecoverable(construct) && construct.recovers[scenario]) || [];
  const claim = ways.find((way) => way.mechanism === mechanism);
  if (claim) return claim;
  const known = ways.map((way) => way.mechanism);
  const mend = "an experiment without a claim proves nothing: declare the recovery, or take the fault out";
  return refuse(scope, {
    prop: `${prop}.mechanism`,
    must: known.length > 0 ? `be one of ${known.join(", ")}` : `be a way back from the loss of ${scenario}`,
    got: mechanism,
    mend,
  });
}

const COMMAND = "aws:ssm:send-command";

/** Documents that the role may run are those of AWS, and of these only the one that is named. */
function requireCommand(scope: Construct, prop: string, { action, command }: Pick<Fault, "action" | "command">): void {
  const goes = (action === COMMAND) === (command !== undefined);
  const must = `be given with ${COMMAND}, and with nothing else`;
  requireThat(scope, goes, { prop: `${prop}.command`, must, got: action });
  if (!command) return;
  const form = /^AWSFIS-Run-[A-Za-z-]+$/;
  requireForm(scope, `${prop}.command.document`, command.document, form, "one of AWS, such as AWSFIS-Run-CPU-Stress");
}

/** Refuses a fault that the service would not bring about, or whose rights nobody knows. */
export function requireFault(
  scope: Construct,
  prop: string,
  { scenario, action, command, target, zone, region }: Fault,
): void {
  const must = `be one of ${Object.keys(GRANTS).join(", ")}`;
  const mend = "lib/chaos/action-grants.ts says what each needs to be allowed";
  requireThat(scope, action in GRANTS, { prop: `${prop}.action`, must, got: action, mend });
  const part = zone === undefined || scenario === "zone";
  requireThat(scope, part, { prop: `${prop}.scenario`, must: `be "zone" for the outage of one`, got: scenario });
  const away = region === undefined || scenario === "region";
  requireThat(scope, away, { prop: `${prop}.scenario`, must: `be "region" for one that is cut off`, got: scenario });
  requireCommand(scope, prop, { action, command });
  if (!target) return;
  const { arns = [], tags = {}, parameters = {}, selection } = target;
  const form = /^(ALL|COUNT\([1-9]\d*\)|PERCENT\(([1-9]\d?|100)\))$/;
  const selected = "be ALL, COUNT(n) or PERCENT(n)";
  requireThat(scope, form.test(selection), { prop: `${prop}.target.selection`, must: selected, got: selection });
  const named = [arns.length > 0, Object.keys(tags).length > 0].filter(Boolean).length;
  // Pods are found by parameters alone.
  const found = named === 1 || (named === 0 && Object.keys(parameters).length > 0);
  const by = "be found by ARNs or by tags, not by both";
  requireThat(scope, found, { prop: `${prop}.target`, must: by, got: { arns, tags } });
  requireThat(scope, arns.length <= 5, { prop: `${prop}.target.arns`, must: "be at most 5", got: arns.length });
}
