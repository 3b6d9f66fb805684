import { execFileSync } from "node:child_process";
import { fleetRelief } from "../../lib/compute/fleet-relief";

/** What a group is asked to have by the commands of a step, where it wants and may have so many instances. */
function asked(step: string, { wanted, most }: { wanted: number; most: number }): string {
  const commands = [...step.matchAll(/`([^`]+)`/g)].map(([, command]) => command).filter((each) => each.length > 10);
  const aws = `aws() { case "$*" in *DesiredCapacity*) echo ${wanted};; *MaxSize*) echo ${most};; *) echo "$*";; esac; }`;
  const said = execFileSync("sh", ["-c", [aws, ...commands].join("\n")], { encoding: "utf8" });
  return said.trim().split(" --auto-scaling-group-name orders ")[1];
}

const { grow } = fleetRelief("orders", { min: 6, max: 18 });

test("a fleet that is short of CPU gets half as many more, also where it has one", () => {
  expect(asked(grow, { wanted: 6, most: 18 })).toBe("--min-size 9");
  expect(asked(grow, { wanted: 7, most: 18 })).toBe("--min-size 11");
  expect(asked(grow, { wanted: 1, most: 18 })).toBe("--min-size 2");
});

test("it is never asked for more than it may have: Auto Scaling refuses that", () => {
  expect(asked(grow, { wanted: 14, most: 18 })).toBe("--min-size 18");
  expect(asked(grow, { wanted: 18, most: 18 })).toBe("--min-size 18");
});

test("a fleet of a fixed size gets another fixed size", () => {
  const fixed = fleetRelief("orders", { min: 6, max: 6 }).grow;
  expect(asked(fixed, { wanted: 6, most: 6 })).toBe("--min-size 9 --max-size 9");
});

test("what the next apply takes back says which prop keeps it", () => {
  const { raiseMaximum } = fleetRelief("orders", { min: 6, max: 18 });
  expect(grow).toMatch(/next apply.*`min`/);
  expect(raiseMaximum).toMatch(/next apply.*`max`/);
});
