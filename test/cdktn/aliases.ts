/** cdktn, the living fork of cdktf, under the names that this library imports: two lines of a user's `package.json`. */
export const CDKTN = {
  cdktf: "npm:cdktn@0.24.0",
  "@cdktf/provider-aws": "npm:@cdktn/provider-aws@25.7.0",
} as const;

/** Providers that are not published for the fork: npm is told that cdktf's binding may stand on it. */
export const OVERRIDES = { "@cdktf/provider-pagerduty": { cdktf: "$cdktf" } } as const;
