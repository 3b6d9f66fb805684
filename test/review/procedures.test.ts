import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Procedural, Procedures, register } from "../../lib/core";
import { runbooks } from "../../lib/review/runbooks";
import { synth } from "../synth";

const PROCEDURES: Procedures = {
  rotation: {
    title: "Change the seal",
    why: "Once a year, before it is brittle.",
    steps: [
      { do: "Close the valve.", sh: "valve close\nvalve status" },
      { do: "Write down the pressure.", sql: "SELECT pressure FROM valves;" },
      { do: "Change the seal." },
    ],
    source: "https://example.com/seals",
  },
};

/** A pattern that this library has never heard of. */
class Valve extends Construct implements Procedural {
  readonly procedures = PROCEDURES;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    register(this);
  }
}

const pages = (fill: (stack: TerraformStack) => void) => runbooks(synth(fill).manifest);

test("a procedure of any pattern has a page, with a reason, steps in order and what can be pasted", () => {
  const all = pages((stack) => new Valve(stack, "main"));
  expect(all["main/rotation.md"]).toBe(
    [
      "# Change the seal",
      "",
      "`test/main` (Valve), procedure `rotation`.",
      "",
      "Once a year, before it is brittle.",
      "",
      "1. Close the valve.",
      "",
      "   ```sh",
      "   valve close",
      "   valve status",
      "   ```",
      "",
      "2. Write down the pressure.",
      "",
      "   ```sql",
      "   SELECT pressure FROM valves;",
      "   ```",
      "",
      "3. Change the seal.",
      "",
      "Source: <https://example.com/seals>",
      "",
    ].join("\n"),
  );
});

test("the index leads to it, though nobody is alarmed", () => {
  const all = pages((stack) => {
    new Valve(stack, "main");
    new Valve(stack, "spare");
  });
  expect(all["README.md"]).toContain("## main\n\n- [rotation](main/rotation.md): Change the seal (procedure)");
  expect(Object.keys(all)).toEqual(["README.md", "main/rotation.md", "spare/rotation.md"]);
});

test("a stack without alarms and procedures has no runbooks", () => {
  expect(pages((stack) => register(new Construct(stack, "nothing")))).toEqual({});
});
