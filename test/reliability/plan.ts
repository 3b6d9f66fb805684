/** The configuration of one resource, as it stands in the synthesized JSON. */
export type Config = Readonly<Record<string, unknown>>;

/** Resources by type and name. */
export type Resources = Readonly<Record<string, Readonly<Record<string, Config>>>>;

/** One resource of a plan. */
export interface Resource {
  readonly type: string;
  /** `<type>.<name>`. */
  readonly address: string;
  readonly config: Config;
}

/** Addresses in expressions, of this stack and of what others tell. */
const REFERENCES = /\b(?:data\.terraform_remote_state\.[\w-]+\.outputs|aws_\w+|terraform_data)\.[\w-]+/g;

/** What a resource is called by, where it is not called by a reference. */
const NAMES = ["name", "alarm_name", "bucket"];

/** Whether a value is known at apply only. */
export function isToken(value: unknown): value is string {
  return typeof value === "string" && value.includes("${");
}

/** Whether a text is one of a kind, as far as is known. */
export function mayBe(value: unknown, kind: RegExp): boolean {
  return isToken(value) || kind.test(String(value));
}

/** A text that is known already. */
export function literal(value: unknown): string | undefined {
  return typeof value === "string" && !isToken(value) ? value : undefined;
}

/** What stands at a path such as `rule.0.lifecycle.delete_after`; a list of one block is entered as the block. */
export function read(value: unknown, path: string): unknown {
  return path.split(".").reduce((at: unknown, key) => {
    const entered = Array.isArray(at) && at.length === 1 && !(key in at) ? (at as unknown[])[0] : at;
    return (entered as Config | null | undefined)?.[key];
  }, value);
}

/** The blocks of a name: one may stand without a list around it. */
export function blocks(config: Config, name: string): Config[] {
  return [config[name] ?? []].flat() as Config[];
}

function references(text: string): string[] {
  return [...new Set([...text.matchAll(REFERENCES)].map(([address]) => address))];
}

/** Plans that differ in one resource share the others: each is read once. */
const READ = new WeakMap<Config, { readonly text: string; readonly refersTo: readonly string[] }>();

function reading(config: Config) {
  const known = READ.get(config);
  if (known) return known;
  // A text of JSON in a text names things in quotes as well.
  const text = JSON.stringify(config).replaceAll('\\"', '"');
  const made = { text, refersTo: references(text) };
  READ.set(config, made);
  return made;
}

/** What is known of things that are in no plan, or in that of another stack. */
export interface Surroundings {
  /** The zones of subnets, by id. @default - none is known */
  readonly zones?: Readonly<Record<string, string>>;
  /** Resources of other stacks, by what refers to them: `data.terraform_remote_state.<name>.outputs.<name>`. @default - none */
  readonly beyond?: Readonly<Record<string, Resource>>;
}

/** The resources of one stack, with the references between them. */
export class Plan {
  private readonly byAddress: ReadonlyMap<string, Resource>;
  private readonly byReference = new Map<string, Resource[]>();

  constructor(
    resources: Resources,
    private readonly around: Surroundings = {},
  ) {
    const all = Object.entries(resources).flatMap(([type, named]) =>
      Object.entries(named).map(([name, config]): Resource => ({ type, address: `${type}.${name}`, config })),
    );
    this.byAddress = new Map(all.map((each) => [each.address, each]));
    for (const each of all) {
      for (const { address } of this.resolved(reading(each.config).refersTo)) {
        this.byReference.set(address, [...(this.byReference.get(address) ?? []), each]);
      }
    }
  }

  /** The resources of some types. */
  all(...types: readonly string[]): Resource[] {
    return [...this.byAddress.values()].filter(({ type }) => types.includes(type));
  }

  /** The resources that a value refers to, at any depth. */
  named(value: unknown): Resource[] {
    return this.resolved(references(JSON.stringify(value) ?? ""));
  }

  private resolved(addresses: readonly string[]): Resource[] {
    return addresses.flatMap((address) => this.byAddress.get(address) ?? this.around.beyond?.[address] ?? []);
  }

  /** Those of a type that refer to a resource, by one attribute or by any. */
  about({ address }: Resource, type: string, attribute?: string): Resource[] {
    const all = (this.byReference.get(address) ?? []).filter((each) => each.type === type);
    if (attribute === undefined) return all;
    return all.filter(({ config }) => this.named(read(config, attribute)).some((each) => each.address === address));
  }

  /** Those of a type that refer to a resource, or name it as it is named. */
  naming(resource: Resource, type: string): Resource[] {
    const name = NAMES.map((attribute) => resource.config[attribute]).find((each) => typeof each === "string");
    const about = this.about(resource, type);
    if (name === undefined || isToken(name)) return about;
    const isNaming = ({ config }: Resource) => reading(config).text.includes(`"${String(name)}"`);
    return this.all(type).filter((each) => about.includes(each) || isNaming(each));
  }

  /** The zone of a subnet. */
  zoneOf(subnet: unknown): string | undefined {
    return this.around.zones?.[String(subnet)] ?? literal(read(this.named(subnet)[0]?.config, "availability_zone"));
  }
}
