// Tests are transpiled, never type-checked: types are checked once, by `tsc` (npm test).
module.exports = {
  // The default leaves a core to a person; on two that is half the machine.
  maxWorkers: "100%",
  testEnvironment: "<rootDir>/test/environment.mjs",
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  roots: ["<rootDir>/examples", "<rootDir>/lib", "<rootDir>/stacks", "<rootDir>/test"],
  // Examples are written as users write them.
  moduleNameMapper: { "^sre-constructs$": "<rootDir>/lib", "^sre-constructs/(.*)$": "<rootDir>/lib/$1" },
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } } }] },
};
