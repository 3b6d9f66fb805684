import { ImageReplication, ImageReplicationProps, ImageRepository, ImageRepositoryProps } from "../../../lib/compute";
import fc from "../../property";
import { generated } from "../case";
import { key, mostly, named, otherRegion, props, some, text, whole } from "../values";

const principal = mostly(
  fc.constantFrom("222222222222", "arn:aws:iam::333333333333:role/pipeline", "arn:aws:iam::333333333333:user/a/b"),
  ["*", "1234", "arn:aws:iam::aws:policy/ReadOnlyAccess"],
);

const name = mostly(fc.constantFrom("shop/orders", "a-b_c.d", "o".repeat(256)), ["Orders", "a..b", "o", "/o", ""]);

const repository = props<object, ImageRepositoryProps>(
  {},
  {
    name,
    key: fc.oneof(key, fc.record({ waived: text("the images are public") })),
    mutableTags: some(mostly(fc.constantFrom("latest", "dev-*", "*-rc*"), ["*", "a*b*c*", "a b", ""]), 1, 3),
    keep: named(mostly(fc.constantFrom("v*", "pr-*", "*.*-*_*"), ["v 1", ""]), whole(3, 100_000)),
    untaggedDays: whole(30, 3650),
    pulledBy: some(principal),
    pulledByFunctions: some(
      mostly(fc.constant("arn:aws:lambda:eu-west-1:222222222222:function:orders"), [
        "orders",
        "arn:aws:lambda:ap-south-1:222222222222:function:orders",
      ]),
      1,
      1,
    ),
    pushedBy: some(principal),
    mayErase: some(mostly(fc.constant("arn:aws:iam::111122223333:role/cleaner"), ["111122223333", ""]), 1, 1),
    replicateTo: otherRegion,
  },
);

interface Replicated {
  readonly names: readonly string[];
  readonly to: string;
}

const replication = props<Replicated, Pick<ImageReplicationProps, "also">>(
  { names: some(fc.constantFrom("orders", "bills", "shop/orders"), 1, 3), to: otherRegion },
  {
    also: named(
      mostly(fc.constantFrom("eu-central-1", "us-east-1"), ["eu-west-1", "mars-1"]),
      some(mostly(fc.constantFrom("legacy/", "old-"), ["", "Legacy", "o"])),
    ),
  },
);

export const IMAGES = [
  generated("ImageRepository", repository, (scope, id, given) => new ImageRepository(scope, id, given)),
  generated("ImageReplication", replication, (scope, id, { names, to, also }) => {
    const made = [...new Set(names)].map(
      (each) => new ImageRepository(scope, `images-${each.replaceAll("/", "-")}`, { name: each, replicateTo: to }),
    );
    // A name that is told twice is one repository twice.
    const of = names.map((each) => made.find((repository) => repository.name === each)!);
    return new ImageReplication(scope, id, { of, also });
  }),
];
