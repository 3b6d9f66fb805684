import { TerraformStack, Testing, Token } from "cdktf";
import { Construct } from "constructs";
import fc from "../property";
import {
  Duration,
  inShort,
  inWords,
  kebab,
  minutes,
  nameOf,
  requireBetween,
  requireDuration,
  seconds,
  weakest,
} from "../../lib/core";

const at = (path: string) =>
  path
    .split("/")
    .slice(1)
    .reduce<Construct>((scope, id) => new Construct(scope, id), new TerraformStack(Testing.app(), path.split("/")[0]));

test.each<[Duration, number]>([
  ["300 milliseconds", 0.3],
  ["35 milliseconds", 0.035],
  ["30 seconds", 30],
  ["1 minute", 60],
  ["1.5 hours", 5400],
  ["35 days", 3_024_000],
])("%s is %d seconds", (duration, expected) => {
  expect(seconds(duration)).toBe(expected);
});

test("lengths are said in the largest whole unit, and read back as the same", () => {
  expect([inWords(60), inWords(5400), inWords(86_400), inWords(0)]).toEqual([
    "1 minute",
    "90 minutes",
    "1 day",
    "0 seconds",
  ]);
  fc.assert(fc.property(fc.nat(10_000_000), (length) => seconds(inWords(length)) === length));
  fc.assert(fc.property(fc.nat(999), (thousandths) => seconds(inWords(thousandths / 1000)) === thousandths / 1000));
  expect(inWords(0.3)).toBe("300 milliseconds");
  expect(minutes("2 hours")).toBe(120);
});

test.each(["", "5", "5 mins", "five minutes", "-1 days", "1  day", "1 day "])("fails on the duration %j", (text) => {
  expect(() => seconds(text as Duration)).toThrow("a duration is a number and a unit");
});

test("fails on a duration out of range, with the range in words", () => {
  expect(() => requireDuration(at("shop/queue"), "idleTimeout", "2 hours", "1 second", "1 hour")).toThrow(
    "shop/queue: 'idleTimeout' must be between 1 second and 1 hour, got \"2 hours\"",
  );
});

test("what is not known before apply passes every guard", () => {
  expect(() => requireBetween(at("shop/x"), "storageGib", Token.asNumber({ Ref: "x" }), 20, 30)).not.toThrow();
});

test("a report rests on its weakest figure", () => {
  expect(weakest([{ basis: "sla" }, { basis: "assumed" }, { basis: "configured" }])).toBe("assumed");
  expect(weakest([{ basis: "sla" }])).toBe("sla");
});

test("a name is the path, where the service accepts it", () => {
  expect(nameOf(at("orders-prod/database"), "db-instance")).toBe("orders-prod-database");
  expect(nameOf(at("orders-prod/database/Resource"), "db-instance")).toBe("orders-prod-database");
});

test("a name that is too long is cut, and stays apart from its neighbour", () => {
  const name = (tail: string) =>
    nameOf(at(`orders-production/a-very-long-name-of-an-entrance-${tail}`), "load-balancer");
  expect(name("a")).toMatch(/^orders-production-a-ver-[0-9a-f]{8}$/);
  expect(name("a")).not.toBe(name("b"));
});

test("names keep to each service's characters and length, whatever the path", () => {
  const kinds = { "db-instance": /^[a-z](?:-?[a-z0-9])*$/, "target-group": /^[A-Za-z0-9](?:-?[A-Za-z0-9])*$/ } as const;
  const id = fc
    .string({ minLength: 1, maxLength: 60, unit: fc.constantFrom(..."abzAZ09-_. é") })
    .filter((text) => /\S/.test(text));
  fc.assert(
    fc.property(fc.array(id, { minLength: 1, maxLength: 3 }), (ids) => {
      const scope = ids.reduce<Construct>((above, each, depth) => new Construct(above, `${each}${depth}`), at("shop"));
      for (const [kind, form] of Object.entries(kinds)) {
        const name = nameOf(scope, kind as keyof typeof kinds);
        expect(name).toMatch(form);
        expect(name.length).toBeLessThanOrEqual(kind === "target-group" ? 32 : 63);
      }
    }),
    { numRuns: 200 },
  );
});

test("what forces a replacement changes the name of the successor", () => {
  const scope = at("shop/entrance");
  expect(nameOf(scope, "target-group", "", "8080")).not.toBe(nameOf(scope, "target-group", "", "9090"));
});

test("the short form of a length is the one that rules and names have", () => {
  expect([60, 300, 3600, 7200, 86_400, 259_200].map(inShort)).toEqual(["1m", "5m", "1h", "2h", "1d", "3d"]);
});

test("signals are camelCase, ids are kebab-case", () => {
  expect(["freeStorage", "cpu", "elb5xxShare", "CPUCredits"].map(kebab)).toEqual([
    "free-storage",
    "cpu",
    "elb5xx-share",
    "cpucredits",
  ]);
});
