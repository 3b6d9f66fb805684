import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Config } from "../synth";
import { Ended, run } from "./children";

const DOWNLOADS = join(__dirname, "../../.cache/rehearsal/plugins");
/** No service answers here: a plan of new things needs none, nor does fetching a provider. */
export const NOWHERE = "http://localhost:1";

/** The AWS provider that plans are rehearsed on, in a folder that `init` takes it from. */
export interface Plugin {
  readonly version: string;
  readonly folder: string;
}

/** One folder that Terraform works in. */
export class Terraform {
  constructor(
    readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {
    mkdirSync(folder, { recursive: true });
  }

  write(plan: Config): void {
    writeFileSync(join(this.folder, "cdk.tf.json"), JSON.stringify(plan, undefined, 2));
  }

  async init(pluginDir: string | undefined): Promise<void> {
    await this.must("init", ...(pluginDir ? [`-plugin-dir=${pluginDir}`] : []));
  }

  /** Runs a command and does not judge it. */
  run(args: readonly string[], onLine?: (line: string) => void): Promise<Ended> {
    return run("terraform", args, { cwd: this.folder, env: this.env, onLine });
  }

  /** Runs a command that must succeed. */
  async must(command: string, ...args: readonly string[]): Promise<string> {
    return this.watched(command, args);
  }

  /** The same, and each line is told as it comes. */
  async watched(command: string, args: readonly string[], onLine?: (line: string) => void): Promise<string> {
    const quiet = ["-no-color", ...(command === "show" || command === "validate" ? [] : ["-input=false"])];
    const { code, said } = await this.run([command, ...quiet, ...args], onLine);
    if (code !== 0) throw new Error(`terraform ${command} failed:\n${faults(said)}`);
    return said;
  }

  /** What a plan would do, as data. */
  async planned(): Promise<Config> {
    await this.must("plan", "-out=next.tfplan");
    return json(await this.must("show", "-json", "next.tfplan"));
  }

  /** The addresses of what is there. */
  async addresses(): Promise<string[]> {
    const said = await this.must("show", "-json");
    const resources = (json(said).values?.root_module?.resources ?? []) as Config[];
    return resources.filter(({ mode }) => mode === "managed").map(({ address }) => address as string);
  }
}

/**
 * The environment of Terraform: nothing of the user's AWS settings, and whatever service the plan's `endpoints` forget
 * still goes to the emulator and never to AWS.
 */
export function environmentFor(endpoint: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(AWS|TF)_/.test(name) || name === "TF_CLI_CONFIG_FILE");
  return {
    ...Object.fromEntries(own),
    ...(process.env.TF_PLUGIN_DIR && { TF_CLI_CONFIG_FILE: "/dev/null" }),
    AWS_ENDPOINT_URL: endpoint,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    CHECKPOINT_DISABLE: "1",
  };
}

/** Finds the provider: whatever version `TF_PLUGIN_DIR` holds, else what the plans ask for, downloaded once. */
export async function plugin(folder: string, asked: string): Promise<Plugin> {
  const mirror = process.env.TF_PLUGIN_DIR;
  mkdirSync(DOWNLOADS, { recursive: true });
  const terraform = new Terraform(folder, {
    ...environmentFor(NOWHERE),
    ...(!mirror && { TF_PLUGIN_CACHE_DIR: DOWNLOADS, TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "true" }),
  });
  const aws = { source: "hashicorp/aws", version: mirror ? ">= 5.0" : asked };
  terraform.write({ terraform: { required_providers: { aws } } });
  await terraform.init(mirror).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") throw new Error("terraform is not on the PATH; install Terraform 1.11 or newer");
    throw error;
  });
  const providers = join(folder, ".terraform/providers");
  const [version] = readdirSync(join(providers, "registry.terraform.io/hashicorp/aws"));
  return { version, folder: providers };
}

function json(said: string): Config {
  return JSON.parse(said.slice(said.indexOf("{"))) as Config;
}

/** What went wrong, without what went well. */
export function faults(said: string): string {
  const [, ...errors] = said.split(/^(?=Error: )/m);
  return (errors.length > 0 ? errors.join("") : said.split("\n").slice(-20).join("\n")).trim();
}
