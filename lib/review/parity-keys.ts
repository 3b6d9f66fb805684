import { Own, Side } from "./parity-sides";
import { ResourceConfig, pathOf } from "./rule";

const VAULT = "aws_backup_vault";

/** Whether what a key is for can be read in another region: by a replica of it, by another key, or not by it at all. */
export function isKeyThere(own: Own, region: string): boolean {
  return hasReplicaKey(own, region) || hasKeyBeside(own, region) || isOfDataAlone(own, region);
}

function hasReplicaKey({ address, sides }: Own, region: string): boolean {
  const named = letters(`${address}.arn`);
  return sides.some((side) =>
    Object.values(side.resources.aws_kms_replica_key ?? {}).some(
      (replica) =>
        (replica.region ?? side.region) === region && letters(String(replica.primary_key_arn)).includes(named),
    ),
  );
}

/** A reference across stacks names an output, in which the address stands without its dots. */
function letters(text: string): string {
  return text.replace(/\W/g, "");
}

/** What a construct keeps in the other region lies under a key of there: a vault of copies, replicated backups. */
function hasKeyBeside({ config, primary }: Own, region: string): boolean {
  return keysBelow(primary, region, ownerOf(config));
}

/**
 * A key that encrypts nothing but data of this region: recovery points, which are of no use without it, and stores whose
 * replicas bring keys of their own.
 */
function isOfDataAlone({ address, primary }: Own, region: string): boolean {
  const encrypted = Object.entries(primary.resources).flatMap(([type, named]) =>
    Object.values(named).flatMap((config) => (names(config, address) ? [{ type, config }] : [])),
  );
  const bringsItsOwn = (config: ResourceConfig) => keysBelow(primary, region, constructOf(config));
  return encrypted.length > 0 && encrypted.every(({ type, config }) => type === VAULT || bringsItsOwn(config));
}

/** Whether something in a configuration lies under the key at an address. */
function names(config: object, address: string): boolean {
  return Object.entries(config).some(([name, value]) => {
    if (typeof value === "string") return name.includes("kms") && value.startsWith(`\${${address}.`);
    return typeof value === "object" && value !== null && names(value as object, address);
  });
}

/** Whether a construct has a key in another region. */
function keysBelow({ resources }: Side, region: string, path: string | undefined): boolean {
  if (path === undefined) return false;
  return Object.values(resources.aws_kms_key ?? {}).some(
    (key) => key.region === region && pathOf(key)?.startsWith(`${path}/`),
  );
}

/** The construct that a key is of; a key that stands by itself in its stack is of nothing. */
function ownerOf(config: ResourceConfig): string | undefined {
  const path = constructOf(config)?.split("/").slice(0, -1) ?? [];
  return path.length > 1 ? path.join("/") : undefined;
}

function constructOf(config: ResourceConfig): string | undefined {
  return pathOf(config)?.replace(/\/Resource$/, "");
}
