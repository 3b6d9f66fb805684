import { parseArgs } from "node:util";
import { OLDEST, agedFigures, figuresTable, outdated } from "../lib/review/figures";
import { lastManifests } from "../lib/review/last-manifests";

/**
 * Lists the figures that the stacks rest on, oldest first, and fails where a source has not been read for too long:
 * `npm run figures`, or `npm run figures -- --on 2027-06-01`. A command, not a test: a build must not break by the calendar.
 */
const { on = new Date().toISOString().slice(0, 10) } = parseArgs({ options: { on: { type: "string" } } }).values;
if (!/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(on))
  throw new Error(`--on must be a day, YYYY-MM-DD, got ${on}`);
const figures = agedFigures(lastManifests(), on);
const old = outdated(figures);
console.log(figuresTable(figures));
if (old.length > 0) {
  console.error(
    `${old.length} figures are ${OLDEST} months old or more on ${on}: read their sources again, and set asOf`,
  );
  process.exitCode = 1;
}
