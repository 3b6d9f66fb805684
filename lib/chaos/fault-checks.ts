import { Construct, IConstruct } from "constructs";
import { isRecoverable } from "../core/declarations";
import { Fault } from "../core/fault";
import { refuse, requireForm, requireThat } from "../core/guard";
import { placeOf } from "../core/place";
import { Recovery } from "../core/recovery";
import { GRANTS } from "./action-grants";
import { requireParameters } from "./parameter-checks";
import { requireTarget } from "./target-checks";

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

/** A zone of another region has nothing in it: all would be skipped, and the experiment would come to a good end. */
function requireZones(scope: Construct, prop: string, zones?: readonly string[]): void {
  if (zones === undefined) return;
  const { region } = placeOf(scope);
  const must = `name one or more zones of ${region}`;
  requireThat(scope, zones.length > 0 && zones.every((zone) => zone.startsWith(region)), { prop, must, got: zones });
}

/** Refuses a fault that the service would not bring about, or whose rights nobody knows. */
export function requireFault(scope: Construct, prop: string, fault: Fault): void {
  const { scenario, action, zone, region } = fault;
  const must = `be one of ${Object.keys(GRANTS).join(", ")}`;
  const mend = "lib/chaos/action-grants.ts says what each needs to be allowed";
  requireThat(scope, action in GRANTS, { prop: `${prop}.action`, must, got: action, mend });
  const part = zone === undefined || scenario === "zone";
  requireThat(scope, part, { prop: `${prop}.scenario`, must: `be "zone" for the outage of one`, got: scenario });
  const away = region === undefined || scenario === "region";
  requireThat(scope, away, { prop: `${prop}.scenario`, must: `be "region" for one that is cut off`, got: scenario });
  requireZones(scope, `${prop}.zone.zones`, zone?.zones);
  requireCommand(scope, prop, fault);
  requireParameters(scope, `${prop}.parameters`, fault);
  requireTarget(scope, `${prop}.target`, fault);
}
