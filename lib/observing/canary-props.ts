import { Content } from "../core/content";
import { Duration } from "../core/duration";
import { Placement } from "../core/network";
import { Statement } from "../parts/policy";

/** One path that is asked, and what a good answer is. */
export interface HttpPath {
  /** From the first slash on: `/health?deep=1`. */
  readonly path: string;
  /** @default 200 */
  readonly status?: number;
  /** What the answer must contain. @default - anything */
  readonly text?: Content;
}

/**
 * One step of a journey: it opens a path, clicks an element (by its CSS selector), types into one, or waits until the page
 * shows a text. What is typed stands in the plan: it is no secret.
 */
export type JourneyStep = { readonly step: string } & (
  | { readonly open: Content }
  | { readonly click: Content }
  | { readonly type: Content; readonly into: Content }
  | { readonly see: Content; readonly within?: string }
);

/** A script of your own for the Puppeteer runtime; `process.env.ADDRESS` tells it the address. */
export interface JourneyScript {
  /** The text of a CommonJS module that exports `handler`. */
  readonly script: Content;
}

/** What a {@link Canary} can be told. */
export interface CanaryProps {
  /** Whom it asks, without a path: `https://orders.example.com`. Inside a network it may be `http`. */
  readonly address: string;
  /** Paths that it asks one after another. @default - it makes a journey */
  readonly paths?: readonly HttpPath[];
  /** What it does in a browser: steps, or a script of your own. @default - it asks paths */
  readonly journey?: readonly JourneyStep[] | JourneyScript;
  /**
   * How often it runs (whole minutes, up to an hour). A run costs 0.0012 US dollars besides its function: 52 a month at
   * every minute, 10 at every five. An objective on it looks at windows of 5 minutes, and refuses one that runs
   * less often: let it run every minute.
   *
   * @default "5 minutes"
   */
  readonly every?: Duration;
  /** How long a run may take (15 seconds to 14 minutes, `every` at most). @default "1 minute" */
  readonly timeout?: Duration;
  /** Where it stands, to reach what is not public; it needs a way out to AWS. @default - outside, as users do */
  readonly network?: Placement;
  /** The runtime: one of those that are supported, or newer. @default "syn-nodejs-puppeteer-15.0" */
  readonly runtime?: string;
  /** Days that pictures, logs and results of runs are kept (1-455). @default 31 */
  readonly keepDays?: number;
  /** What a script of your own may do besides, such as read the password of its user. @default - nothing */
  readonly may?: readonly Statement[];
  /** The name of the bucket of its artifacts. @default - by the construct path, account and region */
  readonly bucket?: string;
  /** The ARN of a KMS key that CloudWatch Logs may use. @default - a key of its own */
  readonly key?: string;
}
