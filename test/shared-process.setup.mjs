import { register as registerCommonJs } from "tsx/cjs/api";
import { register } from "tsx/esm/api";

// A thread inherits no loader.
registerCommonJs();
register();
// cdktf notes where each token was made and reads that trace at once: to map each frame takes longer than the synthesis.
process.setSourceMapsEnabled(false);
