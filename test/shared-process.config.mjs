import base from "../jest.config.js";

// `npm test`: all tests in one process, in a thread a core, so that engine, provider and library are loaded once a thread and
// not for each file (docs/decisions/013-one-process-for-tests.md).
export default {
  ...base,
  rootDir: "..",
  runner: "jest-light-runner",
  setupFiles: ["<rootDir>/test/shared-process.setup.mjs"],
  // It builds and compiles for a minute: `npm run test:package`.
  testPathIgnorePatterns: ["<rootDir>/test/package/"],
};
