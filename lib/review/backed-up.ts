import { Rule } from "./rule";

/** Everything that holds data is in a backup plan, unless it says why it need not be. */
export const BACKED_UP: Rule = {
  safeguard: "backed-up",
  reads: [],
  judge: ({ constructs }) =>
    constructs
      .filter(({ protects }) => protects?.some(({ backUp }) => backUp === true))
      .map(({ path, is, kept }) =>
        kept["backed-up"]
          ? { path, kept: true, message: `backed up by ${kept["backed-up"]}` }
          : {
              path,
              kept: false,
              message: `${path}: '${is}' must be backed up, got no plan; add it to new Backups(…, { of: [it] }), or waive(it, "backed-up", { waived: "why" })`,
            },
      ),
};
