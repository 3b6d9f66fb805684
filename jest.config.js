// Tests are transpiled, never type-checked: types are checked once, by `tsc` (npm run check).
module.exports = {
  testEnvironment: "node",
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  roots: ["<rootDir>/examples", "<rootDir>/lib", "<rootDir>/stacks", "<rootDir>/test"],
  // Examples are written as users write them.
  moduleNameMapper: { "^sre-constructs$": "<rootDir>/lib", "^sre-constructs/(.*)$": "<rootDir>/lib/$1" },
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } } }] },
};
