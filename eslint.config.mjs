import tseslint from "typescript-eslint";

// The layers of docs/architecture.md: examples, stacks → lib/stack → lib/<area> → lib/parts → lib/core → lib/review.
const AREAS =
  "network|compute|traffic|data|kubernetes|alerting|observing|on-call|slo|recovery|delivery|security|cost|chaos|automation|state";
const BARREL = {
  regex: "^@cdktf/provider-[^/]+$",
  message: "import one resource, @cdktf/provider-aws/lib/<resource>: the index costs seconds and half a gigabyte",
};
const TERRAFORM_NEEDED = {
  regex: "^cdktf$",
  importNames: ["DataResource"],
  message: "it asks the terraform binary for its version: synthesis needs node only",
};
const EVERYWHERE = [BARREL, TERRAFORM_NEEDED];
const layer = (files, regex, message) => ({
  files: [`lib/${files}`],
  rules: { "no-restricted-imports": ["error", { patterns: [...EVERYWHERE, { regex, message }] }] },
});

export default tseslint.config(
  { ignores: ["dist", "cdktf.out", "node_modules", ".cache"] },
  ...tseslint.configs.strict,
  {
    files: ["**/*.ts"],
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: { "no-restricted-imports": ["error", { patterns: [BARREL] }] },
  },
  {
    files: ["lib/**"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector:
            "ClassDeclaration[superClass.name=/^(Construct|BehindFirewall)$/] > ClassBody > MethodDefinition[kind='constructor'] > FunctionExpression[params.length!=3]",
          message: "constructors take (scope, id, props)",
        },
        { selector: "TSEnumDeclaration", message: "use a union of string literals" },
        { selector: "ExportDefaultDeclaration", message: "export by name" },
        {
          selector: "CallExpression[callee.object.name='Date']",
          message: "no clock: the same input gives the same bytes",
        },
        { selector: "NewExpression[callee.name='Date']", message: "no clock: the same input gives the same bytes" },
        {
          selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
          message: "no randomness",
        },
      ],
      "no-console": "error",
      // Each default of a destructured prop counts as a branch.
      complexity: ["error", 16],
      "max-lines": ["error", { max: 200, skipComments: true, skipBlankLines: true }],
    },
  },
  // However deep a file of lib/review stands, it does not leave the folder.
  ...["review/*.ts", "review/*/*.ts", "review/*/*/*.ts"].map((files, depth) =>
    layer(
      files,
      `^(cdktf|constructs|@cdktf/.*|(\\.\\./){${depth + 1}}.*)$`,
      "lib/review is data in, verdicts out: it imports nothing",
    ),
  ),
  layer("core/**", "^(@cdktf/.*|\\.\\./(?!review/))", "lib/core imports cdktf, constructs and lib/review: no provider"),
  layer("parts/**", "^\\.\\./(?!core/|review/)", "lib/parts imports lib/core and lib/review"),
  // An area may have rooms of its own.
  ...["*.ts", "*/*.ts"].map((files, depth) =>
    layer(
      `{${AREAS.replaceAll("|", ",")}}/${files}`,
      `^(\\.\\./){${depth + 1}}(?!core/|parts/|review/)`,
      "an area imports what lies below and itself, never another area: compose in stacks/",
    ),
  ),
  {
    // A test may look into anything, and says what must not compile.
    files: ["test/**"],
    rules: { "@typescript-eslint/no-non-null-assertion": "off", "@typescript-eslint/ban-ts-comment": "off" },
  },
);
