import { ENVIRONMENTS } from "../../stacks/environments";
import { stacks } from "../../stacks/main";
import { countFaults } from "./children";
import { rehearse } from "./rehearse";
import { STORES, stores } from "./stores";

/** The real provider applies `dev`, `prod` and the examples of stores to an emulated AWS: `npm run rehearse`. */
const REHEARSED = [...ENVIRONMENTS.filter(({ name }) => ["dev", "prod"].includes(name)), STORES];

countFaults(() => rehearse((app) => stores(stacks(app)), REHEARSED));
