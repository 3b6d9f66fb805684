import { load, loadAll } from "js-yaml";
import fc from "../property";
import { yaml, yamlDocuments } from "../../lib/review/yaml";

test("what people read has no quotes where none are needed", () => {
  const value = {
    name: "orders",
    rules: [{ expr: "a > 1\nand b", for: "5m" }, "sum(rate(x[5m]))"],
    none: [],
    share: 0.999,
  };
  expect(yaml(value).split("\n")).toEqual([
    "name: orders",
    "rules:",
    "  - expr: |-",
    "      a > 1",
    "      and b",
    '    for: "5m"',
    '  - "sum(rate(x[5m]))"',
    "none: []",
    "share: 0.999",
    "",
  ]);
});

test("several documents stay apart", () => {
  expect(loadAll(yamlDocuments([{ a: 1 }, { b: 2 }]))).toEqual([{ a: 1 }, { b: 2 }]);
});

test("any data is read back as it was", () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme-ascii" }),
    fc.constantFrom(
      "yes",
      "null",
      "1.5",
      "a: b",
      "a #b",
      "- x",
      "*x",
      "&x",
      "!x",
      "%x",
      "@x",
      "`x`",
      "",
      " ",
      "x:",
      "{a}",
      "=",
      "<<",
    ),
  );
  const data = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      text,
      fc.integer(),
      fc.boolean(),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(
        text.filter((key) => key !== "__proto__" && key !== "<<"),
        tie("value"),
        { maxKeys: 4 },
      ),
    ),
  })).value;
  fc.assert(fc.property(data, (value) => expect(load(yaml(value))).toEqual(value)));
});
