import { writeFileSync } from "node:fs";
import { format } from "prettier";
import { FILE, kinds } from "./kinds";

/** Rewrites the kinds of what the library is told, from its types: `npm run kinds`. */
void format(JSON.stringify(kinds()), { parser: "json", printWidth: 120 }).then((text) => writeFileSync(FILE, text));
