import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { Construct } from "constructs";
import { refuse } from "../core/guard";

/**
 * The package that `functions/restore-query.js` connects by.
 *
 * RDS has no data API for instances, the runtime no client, and TLS with SCRAM is nothing to write again. Of the two
 * clients that are cared for this one has no dependencies and stands as plain files: what is installed is what is zipped,
 * byte for byte, without a bundler. It is an optional peer: whoever asks no restored database does without.
 */
const CLIENT = "postgres";

/** The files of the PostgreSQL client, for the zip of a function. */
export function postgresClient(scope: Construct, client = CLIENT): Readonly<Record<string, string>> {
  let folder: string;
  try {
    folder = dirname(require.resolve(client));
  } catch {
    const mend = `npm install --save-exact ${client}@3.4.9`;
    return refuse(scope, { prop: "query", must: `come with the package ${client}`, got: "none installed", mend });
  }
  const names = readdirSync(folder).filter((name) => name.endsWith(".js"));
  return Object.fromEntries(names.map((name) => [`${client}/${name}`, readFileSync(join(folder, name), "utf8")]));
}
