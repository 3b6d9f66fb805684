import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Config } from "../synth";

const load = createRequire(__filename);

/** Arguments that are maps: their keys are the user's, not the provider's. */
const MAPS = ["tags", "dimensions"];

/** Arguments that the bindings call otherwise, as the name is taken. */
const RENAMED: Readonly<Record<string, string>> = { software: "softwareAttribute" };

/** Terraform's own resource, which belongs to no provider. */
const DATA = "terraform_data";

/** `${aws_vpc.network_39EEAA36.id}` */
const REFERENCE = /\$\{([a-z0-9_]+\.[A-Za-z0-9_-]+)\.([a-z0-9_]+)\}/g;
/** What the engine writes for a reference to another stack. */
const ACROSS = /\$\{data\.terraform_remote_state\.cross-stack-reference-input-([\w-]+)\.outputs\.([\w-]+)\}/g;

interface Resource {
  readonly stack: string;
  readonly address: string;
  readonly type: string;
  readonly config: Config;
}

/**
 * Writes plans as a program on the provider's own classes: the same resources at the same addresses, with references
 * where the plans have them, and nothing else.
 */
export function rawProgram(outdir: string, stacks: readonly string[]): string {
  const program = new RawProgram(stacks.map((stack) => [stack, planOf(outdir, stack)]));
  return program.text;
}

/** The plan of a stack. */
export function planOf(outdir: string, stack: string): Config {
  return JSON.parse(readFileSync(join(outdir, "stacks", stack, "cdk.tf.json"), "utf8")) as Config;
}

class RawProgram {
  private readonly imports = new Map<string, string>();
  private readonly lines: string[] = [];
  private readonly resources = new Map<string, Resource>();
  /** The variables that hold what has been defined, by stack and address, or by path. */
  private readonly variables = new Map<string, string>();
  /** References that stacks offer to others, by stack and output. */
  private readonly offered = new Map<string, string>();

  constructor(plans: readonly (readonly [string, Config])[]) {
    for (const [stack, plan] of plans) {
      for (const [type, named] of Object.entries(plan.resource as Config)) {
        for (const [name, config] of Object.entries(named as Config)) {
          const address = `${type}.${name}`;
          this.resources.set(`${stack}/${address}`, { stack, address, type, config });
        }
      }
      for (const [name, { value }] of Object.entries((plan.output ?? {}) as Config)) {
        if (name.startsWith("cross-stack-output-")) this.offered.set(`${stack}/${name}`, value);
      }
    }
    // All stacks stand before the first resource, which may refer to any of them.
    for (const [stack, plan] of plans) this.stack(stack, plan);
    for (const resource of this.resources.values()) this.resource(resource);
    for (const [stack, plan] of plans) this.outputs(stack, plan);
  }

  get text(): string {
    const imports = [...this.imports].map(([name, from]) => `const { ${name} } = require("${from}");`);
    return [
      ...imports,
      `const { App, TerraformStack, TerraformOutput } = require("cdktf");`,
      `const { Construct } = require("constructs");`,
      "exports.run = (outdir) => {",
      "const app = new App({ outdir });",
      ...this.lines,
      "app.synth();",
      "};",
      "",
    ].join("\n");
  }

  private stack(stack: string, { provider, terraform }: Config): void {
    const variable = this.define(stack, `new TerraformStack(app, "${stack}")`);
    const aws = this.imported("AwsProvider", "@cdktf/provider-aws/lib/provider");
    this.lines.push(`new ${aws}(${variable}, "aws", ${this.object(stack, provider.aws[0])});`);
    const required = JSON.stringify(terraform.required_providers.aws);
    this.lines.push(`${variable}.addOverride("terraform.required_providers.aws", ${required});`);
    const [[kind, backend]] = Object.entries(terraform.backend as Config);
    const type = this.imported(kind === "s3" ? "S3Backend" : "LocalBackend", "cdktf");
    this.lines.push(`new ${type}(${variable}, ${this.object(stack, backend)});`);
  }

  private outputs(stack: string, { output = {} }: Config): void {
    const variable = this.variables.get(stack);
    for (const [name, config] of Object.entries(output as Config)) {
      if (this.offered.has(`${stack}/${name}`)) continue;
      this.lines.push(`new TerraformOutput(${variable}, "${name}", ${this.object(stack, config)});`);
    }
  }

  /** Defines a resource after those it refers to; the variable that holds it is returned. */
  private resource({ stack, address, type, config }: Resource): string {
    const key = `${stack}/${address}`;
    const known = this.variables.get(key);
    if (known) return known;
    const path = config["//"].metadata.path as string;
    const scope = this.scope(path.slice(0, path.lastIndexOf("/")));
    const id = path.slice(path.lastIndexOf("/") + 1);
    if (type === DATA) return this.data(key, `${scope}, "${id}"`, stack, config);
    const given = this.object(stack, config);
    return this.define(key, `new ${this.classOf(type)}(${scope}, "${id}", ${given})`);
  }

  /** cdktf's own class for it asks the terraform binary for its version: the bench needs node alone. */
  private data(key: string, where: string, stack: string, config: Config): string {
    const type = this.imported("TerraformResource", "cdktf");
    const variable = this.define(key, `new ${type}(${where}, { terraformResourceType: "${DATA}" })`);
    for (const [name, value] of Object.entries(config).filter(([name]) => name !== "//")) {
      this.lines.push(`${variable}.addOverride("${name}", ${this.map(stack, value as Config)});`);
    }
    return variable;
  }

  private scope(path: string): string {
    const known = this.variables.get(path);
    if (known) return known;
    const cut = path.lastIndexOf("/");
    return this.define(path, `new Construct(${this.scope(path.slice(0, cut))}, "${path.slice(cut + 1)}")`);
  }

  private define(key: string, expression: string): string {
    const variable = `v${this.variables.size}`;
    this.variables.set(key, variable);
    this.lines.push(`const ${variable} = ${expression};`);
    return variable;
  }

  private classOf(type: string): string {
    const from = `@cdktf/provider-aws/lib/${type.slice("aws_".length).replaceAll("_", "-")}`;
    const exported = Object.entries(load(from) as Record<string, { readonly tfResourceType?: string }>);
    const [name] = exported.find(([, { tfResourceType }]) => tfResourceType === type)!;
    return this.imported(name, from);
  }

  private imported(name: string, from: string): string {
    this.imports.set(name, from);
    return name;
  }

  private object(stack: string, config: Config): string {
    const entries = Object.entries(config).filter(([key]) => key !== "//");
    const written = entries.map(([key, value]) => {
      const isMap = MAPS.includes(key);
      if (key === "depends_on") return `dependsOn: [${(value as string[]).map((each) => this.named(stack, each))}]`;
      return `${camel(key)}: ${isMap ? this.map(stack, value as Config) : this.value(stack, value)}`;
    });
    return `{ ${written.join(", ")} }`;
  }

  private map(stack: string, config: Config): string {
    const entries = Object.entries(config).map(([key, value]) => `${JSON.stringify(key)}: ${this.value(stack, value)}`);
    return `{ ${entries.join(", ")} }`;
  }

  private value(stack: string, value: unknown): string {
    if (Array.isArray(value)) return `[${value.map((each) => this.value(stack, each)).join(", ")}]`;
    if (typeof value === "object" && value !== null) return this.object(stack, value as Config);
    return typeof value === "string" ? this.string(stack, value) : JSON.stringify(value);
  }

  private string(stack: string, value: string): string {
    const parts: string[] = [];
    let literal = value.replace(ACROSS, (_, from: string, name: string) => {
      const reference = this.offered.get(`${from}/${name}`)!;
      return `\u0000${parts.push(this.references(from, reference)) - 1}\u0000`;
    });
    literal = literal.replace(REFERENCE, (whole, address: string, attribute: string) =>
      this.resources.has(`${stack}/${address}`)
        ? `\u0000${parts.push(`\${${this.reference(stack, address, attribute)}}`) - 1}\u0000`
        : whole,
    );
    if (parts.length === 0) return JSON.stringify(value);
    const escaped = literal.replace(/[\\`]|\$\{/g, (found) => `\\${found}`);
    return `\`${escaped.replace(/\u0000(\d+)\u0000/g, (_, index: string) => parts[Number(index)])}\``;
  }

  private references(stack: string, value: string): string {
    return value.replace(
      REFERENCE,
      (_, address: string, attribute: string) => `\${${this.reference(stack, address, attribute)}}`,
    );
  }

  private reference(stack: string, address: string, attribute: string): string {
    const named = this.named(stack, address);
    return address.startsWith(DATA) ? `${named}.getStringAttribute("${attribute}")` : `${named}.${camel(attribute)}`;
  }

  private named(stack: string, address: string): string {
    return this.resource(this.resources.get(`${stack}/${address}`)!);
  }
}

function camel(name: string): string {
  return RENAMED[name] ?? name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
