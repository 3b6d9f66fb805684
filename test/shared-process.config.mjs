import base from "../jest.config.js";

// `npm test`: all tests in one process a core, so that engine, provider and library are loaded once and not for each file
// (docs/decisions/013-one-process-for-tests.md). The processes read TypeScript by tsx.
process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ""} --import ${import.meta.resolve("tsx")}`;

export default {
  ...base,
  rootDir: "..",
  runner: ["jest-light-runner", { runtime: "child_process" }],
  setupFiles: ["<rootDir>/test/shared-process.setup.mjs"],
  // It builds and compiles for a minute: `npm run test:package`.
  testPathIgnorePatterns: ["<rootDir>/test/package/"],
};
