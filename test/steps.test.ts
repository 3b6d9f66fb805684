import { App } from "cdktf";
import { isFenceable, recoveriesOf } from "../lib/core";
import { knownPlace } from "../lib/core/place";
import { resolved } from "../lib/core/tokens";
import { parcels } from "./parcels";
import { exampleNames } from "./plans/examples";
import { example } from "./plans/plans";
import { inFolder } from "./synth";

/** What a person follows after a loss: the steps of one way back, or of what keeps a region out. */
interface Followed {
  readonly of: string;
  /** Where its construct stands. */
  readonly region: string | undefined;
  readonly steps: readonly string[];
}

let followed: Followed[] = [];
beforeAll(() => {
  followed = inFolder((outdir) => {
    const app = new App({ outdir });
    for (const name of exampleNames()) example(app, name);
    parcels(app);
    return app.node.findAll().flatMap((construct) => {
      const ways = Object.entries(recoveriesOf(construct) ?? {}).flatMap(([scenario, list]) =>
        list.flatMap(({ mechanism, steps = [], failback = [] }) => [
          { of: `${construct.constructor.name}, ${scenario}, ${mechanism}`, steps },
          { of: `${construct.constructor.name}, failback of ${mechanism}`, steps: failback },
        ]),
      );
      const fence = isFenceable(construct)
        ? [{ of: `${construct.constructor.name}, fence`, steps: [...construct.fence.steps, construct.fence.holds] }]
        : [];
      const region = construct === app ? undefined : knownPlace(construct)?.region;
      return [...ways, ...fence].map(({ of, steps }) => ({ of, region, steps: resolved<string[]>(construct, steps) }));
    });
  });
});

const commandsOf = (steps: readonly string[]) =>
  steps.flatMap((step) => [...step.matchAll(/`([^`]+)`/g)].map(([, command]) => command));

/** What does not hold, each once: an empty list is a plan that can be followed. */
const faults = (judge: (steps: readonly string[]) => readonly string[]) => [
  ...new Set(followed.flatMap(({ of, steps }) => judge(steps).map((fault) => `${of}: ${fault}`))),
];

/** Services that stand in no region. */
const GLOBAL = /^(iam|sts|route53|cloudfront|organizations|s3)$/;

test("there are steps to follow", () => {
  expect(followed.length).toBeGreaterThan(20);
});

test("every command says which region it is for: who follows has another one set, or the lost one", () => {
  const judge = (steps: readonly string[]) =>
    commandsOf(steps).flatMap((command) =>
      command
        .split(/(?=\baws [a-z0-9-]+ [a-z])/)
        .filter((part) => part.startsWith("aws ") && !GLOBAL.test(part.split(" ")[1]) && !part.includes("--region"))
        .map((part) => part.slice(0, 60)),
    );
  expect(faults(judge)).toEqual([]);
});

test("every variable is set by a command before it", () => {
  const judge = (steps: readonly string[]) => {
    const set = new Set<string>();
    return commandsOf(steps).flatMap((command) => {
      const missing = [...command.matchAll(/\$([A-Z]+)\b|\$\{([A-Z]+)\}/g)]
        .map(([, bare, braced]) => bare ?? braced)
        .filter((name) => !set.has(name) && !new RegExp(`^${name}=`).test(command));
      for (const [, name] of command.matchAll(/(?:^|; ?)([A-Z]+)=/g)) set.add(name);
      for (const name of /read -r ([A-Z ]+)/.exec(command)?.[1].split(" ") ?? []) set.add(name);
      return missing;
    });
  };
  expect(faults(judge)).toEqual([]);
});

test("every command stands as one, with all that it takes: none is only named", () => {
  const judge = (steps: readonly string[]) =>
    steps.filter((step) => /\baws [a-z0-9-]+ [a-z]/.test(step.replace(/`[^`]*`/g, "")));
  expect(faults(judge)).toEqual([]);
});

test("after the loss of a region nobody is asked in it", () => {
  const judge =
    ({ of, region }: Followed) =>
    (steps: readonly string[]) =>
      of.includes(", region, ") && region !== undefined
        ? commandsOf(steps).filter((command) => command.includes(`--region ${region} `))
        : [];
  expect(followed.flatMap((one) => judge(one)(one.steps))).toEqual([]);
});

test("nothing gives its name away before what takes the name is there", () => {
  const judge = (steps: readonly string[]) =>
    commandsOf(steps)
      .filter((command) => /-identifier \S+-bad /.test(command) && /--new-db/.test(command))
      .filter((command) => !/^aws rds wait \S+ [^&]+-restored && /.test(command));
  expect(faults(judge)).toEqual([]);
});

test("no command is of one system alone, or has a word in it that the reader must replace", () => {
  const judge = (steps: readonly string[]) =>
    commandsOf(steps).filter((command) => /date -u? ?-d|^[A-Z]+=(arn|name|id|sg-id)$|<[a-z-]+>/.test(command));
  expect(faults(judge)).toEqual([]);
});
