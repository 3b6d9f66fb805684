import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { Arbitrary } from "fast-check";
import { Alarms } from "../../lib/alerting";
import { Posture, Watchable, setPlace, setPosture } from "../../lib/core";
import { Kept } from "../../lib/core/collect";
import { notesOf } from "../../lib/core/notes";
import { placeOf } from "../../lib/core/place";

/** The account and the region that everything generated stands in. */
export const PLACE = { account: "111122223333", region: "eu-west-1" };

/** Topics that stand already, in a region. */
export function notifyIn(region: string) {
  const topic = `arn:aws:sns:${region}:${PLACE.account}`;
  return { page: `${topic}:page`, ticket: `${topic}:ticket` };
}

export const NOTIFY = notifyIn(PLACE.region);

/** Other regions that something may stand in. */
export const OTHER_REGIONS = ["eu-central-1", "us-east-1", "eu-west-2"] as const;
/** The same in each region but this. */
export function notifyBeyond(own: string) {
  const others = OTHER_REGIONS.filter((region) => region !== own);
  return Object.fromEntries(others.map((region) => [region, notifyIn(region)]));
}

/** Something that is tried, and what it is told. */
export interface Case {
  /** What is made: `Postgres`. */
  readonly of: string;
  readonly props: Arbitrary<object>;
  /**
   * Fills an app. In each stack all that it makes stands in a construct of that name, so that the plans of many can be
   * one.
   */
  readonly fill: (app: App, name: string, props: never, posture: Posture) => void;
  /** How many inputs are tried, as a share of what others get. @default 1 */
  readonly share?: number;
}

/** A pattern, made with the least that it needs around it, in the stack of a user; everything in it is watched. */
export function generated<P extends object>(
  of: string,
  props: Arbitrary<P>,
  make: (scope: Construct, id: string, props: P) => Construct,
): Case {
  return inApp(of, props, (app, name, given, posture) => {
    const room = plainRoom(app, "generated", name, posture);
    make(room, "it", given);
    watchAll(room);
  });
}

/** What takes an app of its own: several stacks, or one that is provided. */
export function inApp<P extends object>(
  of: string,
  props: Arbitrary<P>,
  fill: (app: App, name: string, props: P, posture: Posture) => void,
): Case {
  return { of, props, fill };
}

/** What is large is tried less often. */
export function rarely(share: number, of: Case): Case {
  return { ...of, share };
}

/** A room in a stack that has a place and a posture, and a provider of its own. */
export function plainRoom(
  app: App,
  id: string,
  name: string,
  posture: Posture,
  region: string = PLACE.region,
): Construct {
  const stack = new TerraformStack(app, id);
  setPlace(stack, { ...PLACE, region });
  setPosture(stack, posture);
  new AwsProvider(stack, "aws", { region });
  return new Construct(stack, name);
}

/** What has signals in a room and is not watched yet. */
export function unwatched(room: Construct): Watchable[] {
  return room.node
    .findAll()
    .filter((node): node is Watchable => Object.keys((node as Partial<Watchable>).signals ?? {}).length > 0)
    .filter((node) => !notesOf<Kept>(node, "kept").some(({ safeguard }) => safeguard === "watched"));
}

/** Watches all of it. */
export function watchAll(room: Construct): void {
  const open = unwatched(room);
  if (open.length === 0) return;
  const { region } = placeOf(room);
  const alarms = new Alarms(room, "watch", { notify: notifyIn(region), elsewhere: notifyBeyond(region) });
  for (const each of open) alarms.watch(each);
}
