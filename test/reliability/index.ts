import { Check } from "./check";
import { COMPUTE } from "./compute";
import { DATABASES } from "./databases";
import { GAPS } from "./gaps";
import { SERVICES } from "./services";
import { STORES } from "./stores";

/** Every check of the list, in its order. */
export const CHECKS: readonly Check[] = [...DATABASES, ...STORES, ...COMPUTE, ...SERVICES, ...GAPS];
