/** What a {@link RealUsers} can be told. */
export interface RealUsersProps {
  /** Where the application is served, up to five: `shop.example.com`, or with all names below it `*.example.com`. */
  readonly domains: readonly string[];
  /**
   * The share of sessions that is measured, from 0 to 1. RUM asks about 1 US dollar for 100,000 events, and a page view is
   * some ten.
   *
   * @default 0.1
   */
  readonly sessionSampleRate?: number;
  /**
   * Page views of all users in the quietest hour of a week: where none is measured for as long as a hundred of them take,
   * that is a ticket. At the rate of the samples, a day must bring a hundred.
   *
   * @default - silence tells nobody
   */
  readonly viewsPerHour?: number;
  /** Pages that are never measured, as addresses in which `*` stands for any characters (50 at most). @default - none */
  readonly excludedPages?: readonly string[];
  /** Whether cookies tell one user from another. Ask your users first. @default false */
  readonly allowCookies?: boolean;
  /** Whether requests of pages begin a trace. They count against the budget of no `Traces`. @default false */
  readonly tracing?: boolean;
}

/**
 * What the web client is told: `new AwsRum(applicationId, version, region, config)`. The client obeys this; what the app
 * monitor says of cookies, samples and pages is what the console writes into its own snippet.
 *
 * @see https://github.com/aws-observability/aws-rum-web/blob/main/docs/configuration.md
 */
export interface WebClient {
  readonly applicationId: string;
  readonly region: string;
  readonly config: {
    readonly identityPoolId: string;
    readonly endpoint: string;
    readonly sessionSampleRate: number;
    readonly allowCookies: boolean;
    readonly enableXRay: boolean;
    readonly telemetries: readonly string[];
    /** Addresses of images and the like may name people. */
    readonly recordResourceUrl: false;
    /** Regular expressions as texts: JSON has no other form. Give each to `new RegExp(…)`. */
    readonly pagesToExclude: readonly string[];
  };
}
