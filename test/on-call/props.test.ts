import { TerraformStack } from "cdktf";
import { OnCall, Rotation } from "../../lib/on-call";
import { synth } from "../synth";

/** Values of the wrong kind, as a program without types may give them. */
const WRONG: Readonly<Record<string, (stack: TerraformStack) => void>> = {
  "levels: ": (stack) => new OnCall(stack, "it", { levels: "me" as never }),
  "levels[1].tell: ": (stack) =>
    new OnCall(stack, "it", { levels: [{ tell: ["PABC123"] }, { tell: "PABC124" as never }] }),
  "support.timeZone: none": (stack) => {
    const levels = [{ tell: ["PABC123"] }, { tell: ["PABC124", "PABC125"] }] as const;
    new OnCall(stack, "it", { levels, support: { from: "09:00", to: "17:00" } as never });
  },
  "levels: nobody": (stack) => new OnCall(stack, "it", { levels: [] as never }),
  "layers: ": (stack) =>
    new Rotation(stack, "it", { layers: "us" as never, start: "2027-01-04T09:00:00Z", timeZone: "Europe/Berlin" }),
};

test.each(Object.entries(WRONG))("fails where a value is of the wrong kind: %s", (said, make) => {
  expect(() => synth(make)).toThrow(`test/it: '${said.split(":")[0]}' must`);
});
