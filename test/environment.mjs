import { TestEnvironment } from "jest-environment-node";

/**
 * cdktf notes where each token was made and reads that trace at once, on an object that is no error. Jest maps every frame
 * of it to its source, which takes longer than the synthesis itself, and no test reads it.
 */
export default class extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.Error.prepareStackTrace = (error, frames) => ("message" in error ? mapped(error, frames) : "");
  }
}

function mapped(error, frames) {
  return Error.prepareStackTrace?.(error, frames) ?? [String(error), ...frames].join("\n    at ");
}
