import { ENVIRONMENTS } from "../../stacks/environments";
import { stacks } from "../../stacks/main";
import { endAll } from "./children";
import { rehearse } from "./rehearse";
import { STORES, stores } from "./stores";

/** The real provider applies `dev`, `prod` and the examples of stores to an emulated AWS: `npm run rehearse`. */
const REHEARSED = [...ENVIRONMENTS.filter(({ name }) => ["dev", "prod"].includes(name)), STORES];

process.on("exit", endAll);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(1));

rehearse((app) => stores(stacks(app)), REHEARSED)
  .then((failed) => process.exit(failed > 0 ? 1 : 0))
  .catch((error: Error) => {
    console.error(error.message);
    process.exit(1);
  });
