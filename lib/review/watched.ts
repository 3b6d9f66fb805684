import { Rule } from "./rule";

/** Every construct that says what is worth watching is watched by somebody. */
export const WATCHED: Rule = {
  safeguard: "watched",
  reads: [],
  judge: ({ constructs }) =>
    constructs
      .filter(({ signals }) => signals !== undefined && Object.keys(signals).length > 0)
      .map(({ path, is, kept }) =>
        kept.watched
          ? { path, kept: true, message: `watched by ${kept.watched}` }
          : {
              path,
              kept: false,
              message: `${path}: '${is}' must be watched, got nobody; call alarms.watch(it), or waive(it, "watched", { waived: "why" })`,
            },
      ),
};
