import { amount } from "../../lib/review/words";

test.each<[number, string | undefined, string]>([
  [5 * 1024 ** 3, "bytes", "5 GiB"],
  [204.8 * 1024 ** 2, "bytes", "204.8 MiB"],
  [0, "bytes", "0 bytes"],
  [1, "instances", "1 instance"],
  [1, "queries a minute", "1 query a minute"],
  [1, "per cent", "1 per cent"],
  [1, "seconds of uptime", "1 second of uptime"],
  [1.5e9, "transactions", "1,500,000,000 transactions"],
  [0.1 + 0.2, "seconds", "0.3 seconds"],
  [3, undefined, "3"],
])("%d %s is said as %s", (value, unit, said) => {
  expect(amount(value, unit)).toBe(said);
});
