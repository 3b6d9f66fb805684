import fc from "../property";
import { OTHER_REGIONS } from "./case";

/** One in so many values is one that should be refused: enough of the others make whole cases that are accepted. */
const SELDOM = 60;

/** Mostly what is allowed, at its edges, and now and then what is not, whatever its type. */
export function mostly<T>(good: fc.Arbitrary<T>, bad: readonly unknown[]): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: SELDOM, arbitrary: good },
    { weight: bad.length > 0 ? 1 : 0, arbitrary: fc.constantFrom(...bad) as fc.Arbitrary<T> },
  );
}

/** One of these; now and then another casing, or nothing of the kind. */
export function one<T extends string>(...words: readonly T[]): fc.Arbitrary<T> {
  const [first] = words;
  return mostly(fc.constantFrom(...words), [first.toUpperCase(), `${first}x`, "", " "]);
}

/** A whole number at both ends of its range and within; now and then beyond, a fraction, or none. */
export function whole(min: number, max: number): fc.Arbitrary<number> {
  const bad = [min - 1, max + 1, min + 0.5, 0, -1, NaN, Infinity, -Infinity, 1e300, String(min)];
  return mostly(fc.oneof(fc.constantFrom(min, Math.min(min + 1, max), max), fc.integer({ min, max })), bad);
}

/** A number without a bound that is known: small, large, and now and then larger than any service can mean. */
export function atLeast(min: number): fc.Arbitrary<number> {
  const large = [2 ** 31, 2 ** 53, 1e21, 1e300];
  return mostly(fc.oneof(fc.integer({ min, max: min + 1000 }), fc.constantFrom(min, 1e6)), [
    ...large,
    min - 1,
    -1,
    0.5,
    NaN,
    Infinity,
    String(min),
  ]);
}

/** A length of time; now and then one that nobody can read. */
export function time<T extends string>(...lengths: readonly T[]): fc.Arbitrary<T> {
  const bad = [
    "0 seconds",
    "1.5 seconds",
    "90 seconds",
    "1 millisecond",
    "9999 days",
    "soon",
    "",
    "1 week",
    "-1 hours",
  ];
  return mostly(fc.constantFrom(...lengths), bad);
}

/** One of these texts; now and then one that is empty, long, of many lines, or of other characters. */
export function text<T extends string>(...texts: readonly T[]): fc.Arbitrary<T> {
  const bad = ["", " ", "x".repeat(300), "a\nb", "Grüße 🚀", '"', "a..b", "-", "x".repeat(70)];
  return mostly(fc.constantFrom(...texts), bad);
}

/** A list of several; now and then none, or the same one twice. */
export function some<T>(each: fc.Arbitrary<T>, least = 1, most = 3): fc.Arbitrary<T[]> {
  return fc.oneof(
    { weight: SELDOM, arbitrary: fc.uniqueArray(each, { minLength: least, maxLength: most }) },
    { weight: 1, arbitrary: fc.constant<T[]>([]) },
    { weight: 1, arbitrary: each.map((twice) => [twice, twice]) },
  );
}

/** Some values by name. */
export function named<T>(
  names: fc.Arbitrary<string>,
  each: fc.Arbitrary<T>,
  most = 3,
): fc.Arbitrary<Record<string, T>> {
  return fc.dictionary(names, each, { maxKeys: most, noNullPrototype: true });
}

/** The same, and at least one. */
export function someNamed<T>(names: fc.Arbitrary<string>, each: fc.Arbitrary<T>, most = 3) {
  const all = fc.dictionary(names, each, { minKeys: 1, maxKeys: most, noNullPrototype: true });
  return fc.oneof({ weight: SELDOM, arbitrary: all }, { weight: 1, arbitrary: fc.constant<Record<string, T>>({}) });
}

type Arbitraries<T> = { readonly [name in keyof T]: fc.Arbitrary<T[name]> };

/** Props of which some are required, and each of the others is there in one case of three. */
export function props<R extends object, O extends object = object>(
  required: Arbitraries<R>,
  optional: Arbitraries<O> = {} as Arbitraries<O>,
): fc.Arbitrary<R & Partial<O>> {
  const seldom = Object.entries(optional).map(([name, arbitrary]) => [
    name,
    fc.oneof(
      { weight: 2, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: arbitrary as fc.Arbitrary<unknown> },
    ),
  ]);
  return fc.record({ ...required, ...Object.fromEntries(seldom) }).map((all) => {
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as R & Partial<O>;
  });
}

/** Props that depend on each other, beside others. */
export function both<A extends object, B extends object>(some: fc.Arbitrary<A>, others: fc.Arbitrary<B>) {
  return fc.tuple(some, others).map(([one, other]) => ({ ...one, ...other }));
}

/** Where something stands: some zones of a region, of which one may lack a subnet. */
export function placement(region = "eu-west-1", lettered = ["abc", "ab", "ac"]) {
  const zone = fc.record(
    { public: fc.constant("subnet-1a"), private: fc.constant("subnet-2b"), data: fc.constant("subnet-3c") },
    { requiredKeys: ["private"] },
  );
  const whole = fc.constant({ public: "subnet-1a", private: "subnet-2b", data: "subnet-3c" });
  const each = fc.oneof({ weight: SELDOM, arbitrary: whole }, { weight: 1, arbitrary: zone });
  const letters = mostly(fc.constantFrom(...lettered), ["a", "", "abcdef"]);
  return fc.tuple(letters, fc.array(each, { minLength: 6, maxLength: 6 })).map(([found, subnets]) => ({
    vpcId: "vpc-0a1b2c3d",
    zones: Object.fromEntries([...found].map((letter, index) => [region + letter, subnets[index]])),
  }));
}

const KEY = "key/1234abcd-12ab-34cd-56ef-1234567890ab";

/** The ARN of a key; now and then of an alias, of another region, or of something else. */
export const key = mostly(fc.constant(`arn:aws:kms:eu-west-1:111122223333:${KEY}`), [
  "arn:aws:kms:eu-west-1:111122223333:alias/orders",
  `arn:aws:kms:us-east-1:111122223333:${KEY}`,
  KEY,
  "",
]);

/** The ARN of a topic; now and then of something else. */
export const topic = mostly(fc.constant("arn:aws:sns:eu-west-1:111122223333:told"), [
  "arn:aws:sqs:eu-west-1:111122223333:told",
  "arn:aws:sns:us-east-1:111122223333:told",
  "told",
  "",
]);

/** Another region; now and then the same one, or none. */
export const otherRegion = mostly(fc.constantFrom(...OTHER_REGIONS), ["eu-west-1", "EU-WEST-2", "mars-1", ""]);

/** Where the networks of followers stand; now and then another region, where they do not, or none. */
export const followersRegion = mostly(fc.constant("eu-central-1"), [
  "eu-west-1",
  "eu-west-2",
  "EU-WEST-2",
  "mars-1",
  "",
]);

/** The name of a bucket. */
export const bucketName = text("orders-111122223333", "abc", "a.b-c", "x".repeat(63));
