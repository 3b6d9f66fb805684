import { isIPv4, isIPv6 } from "node:net";

/** Whether a text is a block of IPv4 or IPv6 addresses that begins at its first one: EC2 refuses any other. */
export function isBlock(cidr: string): boolean {
  const [, address, length] = /^([\d.]+|[0-9a-f:]+)\/(0|[1-9]\d{0,2})$/i.exec(cidr) ?? [];
  if (address === undefined || !(isIPv4(address) || isIPv6(address))) return false;
  const bits = bytesOf(address)
    .map((byte) => byte.toString(2).padStart(8, "0"))
    .join("");
  return Number(length) <= bits.length && !bits.slice(Number(length)).includes("1");
}

function bytesOf(address: string): number[] {
  if (isIPv4(address)) return address.split(".").map(Number);
  const [before, after] = address.split("::").map((half) => half.split(":").filter(Boolean));
  const groups = after ? [...before, ...Array<string>(8 - before.length - after.length).fill("0"), ...after] : before;
  return groups.map((group) => parseInt(group, 16)).flatMap((group) => [group >> 8, group & 255]);
}
