import { summary } from "../lib/review/summary";
import { lastManifests } from "../lib/review/last-manifests";

/** Prints what the last synthesis left, from the manifests alone: `npm run synth`. */
console.log(summary(lastManifests()));
