import { MINUTE, lookedAtAfter } from "../alarms/window";
import { complain } from "../complaint";
import { inWords, seconds } from "../duration";
import { Facts } from "../rule";
import { DeclaredRecovery } from "./declared";
import { survives } from "./noticed";
import { Outcome, told } from "./reckon";

/** What tells people of a loss: the alarms of a stack, its services and their objectives of availability. */
export type Told = Pick<Facts, "alarms" | "objectives" | "services">;

/** An alarm that pages, and how soon. */
interface FirstPage {
  readonly name: string;
  readonly seconds: number;
}

/**
 * What is wrong with a stated detection: no page rings so soon. Bad data are another matter, which a person or a check
 * notices; so is the loss of what takes its alarms along. Where nobody has to notice, nothing is wrong.
 */
export function hasty(declared: DeclaredRecovery, { scenario, schedule }: Outcome, facts: Told): string[] {
  const detection = declared.goals[scenario]?.detection;
  const counts = schedule.some(({ what, way }) => !way && what === "detection");
  if (detection === undefined || !counts || scenario === "corruption") return [];
  const first = firstPage(declared, scenario, facts);
  if (!first || seconds(detection) >= first.seconds) return [];
  return [
    complain(declared.path, {
      prop: `${scenario}.detection`,
      must: `be at least ${told(first.seconds)}, in which the first page rings, ${first.name}`,
      got: detection,
      mend: `let that alarm ring sooner (period, breaches), or state ${inWords(first.seconds)}`,
    }),
  ];
}

/** The page of the service that rings first, or of what is no part of another one: a canary, an objective. */
function firstPage(declared: DeclaredRecovery, scenario: string, facts: Told): FirstPage | undefined {
  const own = declared.components.map(({ path }) => path);
  const others = facts.services
    .flatMap(({ entrance, runs, needs }) => [entrance, ...runs, ...needs])
    .filter((path) => path !== undefined && !own.includes(path));
  const pages: FirstPage[] = facts.alarms.flatMap((alarm) => {
    const { name, path, urgency, soonest = alarm.seconds } = alarm;
    const rings = urgency === "page" && soonest !== undefined && survives(alarm, scenario) && !others.includes(path);
    return rings ? [{ name, seconds: soonest }] : [];
  });
  return [...pages, ...burnsOf(declared, scenario, facts)].sort((a, b) => a.seconds - b.seconds)[0];
}

/** Objectives of availability see an outage without an alarm on its cause; their alarms are lost with their region. */
function burnsOf({ of, components }: DeclaredRecovery, scenario: string, { objectives }: Told): FirstPage[] {
  if (!survives({}, scenario)) return [];
  return objectives.flatMap(({ service, measures, windows, alarms: { page } }) => {
    const isOwn = service === of || components.some(({ path }) => path === measures?.path);
    const fires = windows.filter(({ urgency }) => urgency === "page").map(({ firesAfter }) => Math.ceil(firesAfter));
    return isOwn && page !== undefined ? [{ name: page, seconds: Math.min(...fires) + lookedAtAfter(MINUTE) }] : [];
  });
}
