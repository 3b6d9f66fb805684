import { Duration } from "../core/duration";
import { Hours } from "./coverage";

/** People who take turns, always or in given hours. */
export interface Layer {
  /** The ids of PagerDuty users, in the order of their turns: at least two, and each is called some time. */
  readonly people: readonly string[];
  /** How long one of them is on call. @default "7 days" */
  readonly turn?: Duration;
  /** When somebody of this layer is on call. @default - around the clock */
  readonly hours?: Hours;
}

/** What a {@link Rotation} can be told. */
export interface RotationProps {
  /** By name; together they cover the whole week. Where two are on call, the one that is named later is called. */
  readonly layers: Readonly<Record<string, Layer>>;
  /**
   * The first handover, with the offset of the time zone: `"2027-01-04T09:00:00+01:00"`. Every other one follows from it, at
   * the same time of day. There is no clock here: what begins in the past began then, and until then nobody is on call.
   */
  readonly start: string;
  /** The time zone of handovers and hours: `"Europe/Berlin"`. */
  readonly timeZone: string;
}
