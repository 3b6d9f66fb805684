import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Manifest } from "../lib/review/manifest";
import { Posture, PRODUCTION, setPlace, setPosture } from "../lib/core";

/** A resource class of the provider, which knows its Terraform type. */
interface ResourceClass {
  readonly tfResourceType: string;
}

/** The configuration of one resource, as it stands in the plan. */
export type Config = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- plans are data

/** What one synthesis left behind. */
export class Synthesized {
  constructor(
    readonly json: Config,
    readonly manifest: Manifest,
    /** What the CLI would print. */
    readonly warnings: string[],
  ) {}

  /** The resources of a type, by construct path without the stack. */
  all({ tfResourceType }: ResourceClass): Record<string, Config> {
    const found = Object.values((this.json.resource?.[tfResourceType] ?? {}) as Record<string, Config>);
    return Object.fromEntries(
      found.map((config) => [config["//"].metadata.path.split("/").slice(1).join("/") as string, config]),
    );
  }

  /** The only resource of a type. */
  the(type: ResourceClass): Config {
    const found = Object.entries(this.all(type));
    if (found.length !== 1) {
      throw new Error(
        `expected one ${type.tfResourceType}, got ${found.length}: ${found.map(([path]) => path).join(", ")}`,
      );
    }
    return found[0][1];
  }

  /** The resource of a type at a construct path. */
  at(type: ResourceClass, path: string): Config {
    const config = this.all(type)[path];
    if (!config)
      throw new Error(`no ${type.tfResourceType} at ${path}; there are ${Object.keys(this.all(type)).join(", ")}`);
    return config;
  }

  /** How many resources of each type there are. */
  get counts(): Readonly<Record<string, number>> {
    return this.manifest.resources;
  }
}

/** What a test sets up around a pattern. */
export interface Setting {
  readonly posture?: Partial<Posture>;
  readonly region?: string;
  /** Whether broken promises fail: single patterns are tested without what surrounds them. @default false */
  readonly checks?: boolean;
}

/** Fills a stack, runs the full `app.synth()` into a temporary folder, and reads what it wrote. */
export function synth(fill: (stack: TerraformStack) => void, setting: Setting = {}): Synthesized {
  return synthAll({ test: fill }, setting).test;
}

/** The same for several stacks of one app. */
export function synthAll(
  stacks: Record<string, (stack: TerraformStack) => void>,
  { posture = {}, region = "eu-west-1", checks = false }: Setting = {},
): Record<string, Synthesized> {
  return inFolder((outdir) => {
    const app = new App({ outdir, context: { targetVersions: { terraform: ">=1.11.0" } } });
    for (const [name, fill] of Object.entries(stacks)) {
      const stack = new TerraformStack(app, name);
      setPlace(stack, { account: "111122223333", region });
      setPosture(stack, { ...PRODUCTION, ...(checks ? {} : { enforce: "warn" }), ...posture });
      new AwsProvider(stack, "aws", { region });
      fill(stack);
    }
    app.synth();
    return Object.fromEntries(Object.keys(stacks).map((name) => [name, read(outdir, name)]));
  });
}

/** In memory where the system has such a folder: a disk takes longer to forget what a test wrote than the test takes. */
const TEMPORARY = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/** Runs with a temporary folder that is gone afterwards. */
export function inFolder<T>(run: (folder: string) => T): T {
  const folder = mkdtempSync(join(TEMPORARY, "sre-constructs-"));
  try {
    return run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What one stack left in an output folder. */
export function read(outdir: string, stack: string): Synthesized {
  const json = JSON.parse(readFileSync(join(outdir, "stacks", stack, "cdk.tf.json"), "utf8")) as Config;
  const { stacks } = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")) as Config;
  const warnings = (stacks[stack].annotations as Config[]).map(({ message }) => message as string);
  const reliability = join(outdir, "reliability");
  const kept = readdirSync(outdir).includes("reliability") && readdirSync(reliability).includes(stack);
  const manifest = kept ? JSON.parse(readFileSync(join(reliability, stack, "manifest.json"), "utf8")) : undefined;
  return new Synthesized(json, manifest as Manifest, warnings);
}

/** The same of each stack, by its id. */
export function readAll(outdir: string): Record<string, Synthesized> {
  const { stacks } = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")) as Config;
  return Object.fromEntries(Object.keys(stacks as Config).map((stack) => [stack, read(outdir, stack)]));
}

/** A network that exists already, over zones of a region. */
export function network(letters = "abc", region = "eu-west-1") {
  return {
    vpcId: "vpc-1",
    zones: Object.fromEntries(
      [...letters].map((letter) => [
        `${region}${letter}`,
        { public: `subnet-public-${letter}`, private: `subnet-private-${letter}`, data: `subnet-data-${letter}` },
      ]),
    ),
  };
}

/** A construct that only has a place in a tree. */
export function group(scope: Construct, id: string): Construct {
  return new Construct(scope, id);
}
