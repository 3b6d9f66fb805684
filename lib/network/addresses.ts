import { isIPv4 } from "node:net";
import { IConstruct } from "constructs";
import { Complaint, refuse, requireThat } from "../core/guard";
import { Zone } from "../core/network";

/** A block of IPv4 addresses. */
export interface Block {
  /** The first address as a number. */
  readonly first: number;
  /** The length of the prefix, in bits. */
  readonly prefix: number;
}

/**
 * Letters that have a place in the address plan, each its own: an eighth of the network.
 *
 * A zone's addresses follow from its letter, not from how many zones there are, so that a zone added later moves none.
 */
const SLOTS = "abcdefgh";

/** Prefixes that AWS accepts and that leave every subnet room: eight load-balancer addresses need a /27. */
const WIDEST = 16;
const NARROWEST = 22;

/**
 * Where each tier lies in the slot of a zone: its size as bits more than the network's prefix, and which block of that
 * size. Half is for what runs, a quarter for entrances, an eighth for data; the last eighth is kept free.
 */
const TIERS = {
  private: { bits: 4, block: 0 },
  public: { bits: 5, block: 2 },
  data: { bits: 6, block: 6 },
} as const;

/** The kinds of subnets, by what may reach them. */
export type Tier = keyof typeof TIERS;

/** Reads a network's CIDR; refuses what is none, is too small or large, or does not begin at its first address. */
export function networkBlock(scope: IConstruct, prop: string, cidr: string): Block {
  const block = parsed(cidr);
  const must = "be IPv4 addresses such as 10.20.0.0/16";
  if (!block) return refuse(scope, { prop, must, got: cidr });
  const { prefix } = block;
  const fits = prefix >= WIDEST && prefix <= NARROWEST;
  const mend = "zones are kept free for later, so a network needs at least a /22";
  requireThat(scope, fits, { prop, must: `have a prefix between /${WIDEST} and /${NARROWEST}`, got: cidr, mend });
  requireAligned(scope, block, { prop, must: "begin at its first address", got: cidr });
  return block;
}

/** Refuses networks whose addresses overlap: traffic between them could go nowhere. */
export function requireApart(scope: IConstruct, own: string, others: readonly string[]): void {
  const mine = parsed(own);
  for (const other of others) {
    const theirs = parsed(other);
    const must = "be IPv4 addresses such as 10.30.0.0/16";
    if (!theirs) refuse(scope, { prop: "connectedTo", must, got: other });
    const mend = "take addresses that neither uses";
    const apart = !mine || !theirs || !overlap(mine, theirs);
    requireThat(scope, apart, { prop: "cidr", must: `not overlap ${other}, which it is connected to`, got: own, mend });
  }
}

/** The addresses of one tier in one zone. */
export function subnetCidr(network: Block, zone: Zone, tier: Tier): string {
  const { bits, block } = TIERS[tier];
  const slot = SLOTS.indexOf(zone.slice(-1));
  const prefix = network.prefix + bits;
  const first = network.first + slot * size(network.prefix + 3) + block * size(prefix);
  return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join(".")}/${prefix}`;
}

function requireAligned(scope: IConstruct, { first, prefix }: Block, what: Complaint): void {
  requireThat(scope, first % size(prefix) === 0, what);
}

function parsed(cidr: string): Block | undefined {
  const [address, length, more] = String(cidr).split("/");
  if (more !== undefined || !isIPv4(address) || !/^\d{1,2}$/.test(length ?? "") || Number(length) > 32)
    return undefined;
  return { first: address.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0), prefix: Number(length) };
}

function overlap(a: Block, b: Block): boolean {
  return a.first < b.first + size(b.prefix) && b.first < a.first + size(a.prefix);
}

function size(prefix: number): number {
  return 2 ** (32 - prefix);
}
