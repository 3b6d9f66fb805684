import { TerraformElement, TerraformResource, TerraformStack } from "cdktf";
import { Reference } from "../review/manifest";
import { ResourceConfig } from "../review/rule";
import { keptOf, plannedIn } from "./planned";
import { resolved } from "./tokens";

/** `${aws_db_instance.database_EBDE4557.identifier}`: one attribute of one address. */
const ATTRIBUTE = /\$\{((?:data\.)?[a-z0-9_]+\.[A-Za-z0-9_-]+)\.([A-Za-z0-9_.[\]"]+)\}/;

/** The resources of a plan, by type and name. */
type Resources = Readonly<Record<string, Readonly<Record<string, ResourceConfig>>>>;

/** The elements of a stack by Terraform address. */
export class Elements {
  private readonly byAddress = new Map<string, TerraformResource>();
  private readonly configs = new Map<string, ResourceConfig>();
  private readonly planned: Resources | undefined;

  constructor(private readonly stack: TerraformStack) {
    this.planned = plannedIn(stack)?.resource;
    for (const element of stack.node.findAll()) {
      if (TerraformElement.isTerraformElement(element) && TerraformResource.isTerraformResource(element)) {
        this.byAddress.set(addressOf(element), element);
      }
    }
  }

  /** How many resources there are of each type, in alphabetical order. */
  get counts(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { terraformResourceType: type } of this.byAddress.values()) counts[type] = (counts[type] ?? 0) + 1;
    return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** The resources of one type by name, as Terraform reads them. */
  ofType(type: string): Record<string, ResourceConfig> {
    const found: Record<string, ResourceConfig> = {};
    for (const [address, element] of this.byAddress) {
      if (element.terraformResourceType === type) found[element.friendlyUniqueId] = this.config(address) ?? {};
    }
    return found;
  }

  /** A value without process-local tokens: known values are written out, others become {@link Reference}s. */
  written(value: unknown): unknown {
    return this.refer(resolved<unknown>(this.stack, value));
  }

  private refer(value: unknown): unknown {
    if (typeof value === "string") return value.includes("${") ? this.text(value) : value;
    if (Array.isArray(value)) return value.map((item) => this.refer(item));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.refer(item)]));
  }

  private text(text: string): unknown {
    const match = ATTRIBUTE.exec(text);
    if (!match) return text;
    const [whole, address, attribute] = match;
    const known = this.config(address)?.[attribute];
    const isKnown = typeof known === "number" || (typeof known === "string" && !known.includes("${"));
    if (isKnown) return this.refer(text.replace(whole, () => String(known)));
    const reference: Reference = { address, attribute };
    if (whole === text) return reference;
    const before = text.slice(0, match.index);
    const after = this.refer(text.slice(match.index + whole.length));
    const rest = typeof after === "object" && after !== null && "join" in after ? (after.join as unknown[]) : [after];
    return { join: [before, reference, ...rest].filter((part) => part !== "") };
  }

  private config(address: string): ResourceConfig | undefined {
    const element = this.byAddress.get(address);
    if (!element) return undefined;
    const { terraformResourceType: type, friendlyUniqueId: name } = element;
    if (this.planned) return this.planned[type]?.[name];
    let config = this.configs.get(address);
    if (!config) {
      const { resource = {} } = keptOf(element) ?? resolved<{ resource: Resources }>(this.stack, element.toTerraform());
      config = resource[type][name];
      this.configs.set(address, config);
    }
    return config;
  }
}

/** The Terraform address of a resource, such as `aws_db_instance.database_EBDE4557`. */
export function addressOf(element: TerraformResource): string {
  return `${element.terraformResourceType}.${element.friendlyUniqueId}`;
}
