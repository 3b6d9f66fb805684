import { ElasticacheReplicationGroup } from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { ElasticacheUser } from "@cdktf/provider-aws/lib/elasticache-user";
import { ElasticacheUserGroup } from "@cdktf/provider-aws/lib/elasticache-user-group";
import { Cache, CacheProps } from "../../lib/data";
import { Statement } from "../../lib/parts/policy";
import { Config, network, synth } from "../synth";

function signIn(props: Partial<CacheProps> = {}, ...user: string[]) {
  let made!: Cache;
  let may!: Statement;
  const stack = synth((scope) => {
    made = new Cache(scope, "cache", { network: network(), ...props });
    may = made.mayConnect(...user);
  });
  return { stack, made, may, users: Object.values(stack.all(ElasticacheUser)) };
}

const USERS = { shop: "on ~session:* -@all +@read +@write", support: "on ~session:* -@all +@read" };

test("each user signs in by IAM, which asks for the same id and name, and no secret is in the plan", () => {
  const { users } = signIn({ users: USERS });
  expect(users.map(({ user_id: id, user_name: name }) => [id, name])).toEqual([
    ["test-cache-shop", "test-cache-shop"],
    ["test-cache-support", "test-cache-support"],
  ]);
  for (const user of users) expect(user.authentication_mode).toEqual({ type: "iam" });
  expect(users.flatMap((user) => Object.keys(user))).not.toContain("passwords");
});

test("without a word there is one user, who administers nothing and stops the engine for nobody", () => {
  const [app, ...others] = signIn().users;
  expect(others).toEqual([]);
  const rules = (app.access_string as string).split(" ");
  expect(rules.indexOf("-@admin")).toBeGreaterThan(rules.indexOf("+@all"));
  expect(rules.indexOf("-@dangerous")).toBeGreaterThan(rules.indexOf("+@all"));
});

test("nobody else signs in: Valkey has no default user, that of Redis OSS may nothing", () => {
  expect(signIn().users.map(({ user_name: name }) => name)).not.toContain("default");
  const { stack, users } = signIn({ engine: "redis" });
  const fallback = users.find(({ user_name: name }) => name === "default")!;
  expect(fallback.access_string).toMatch(/^off /);
  const { user_ids: ids } = stack.the(ElasticacheUserGroup);
  expect(ids).toContain(`\${aws_elasticache_user.cache_user-default_${suffixOf(stack.json, "user-default")}.user_id}`);
});

function suffixOf(json: Config, of: string): string {
  const name = Object.keys(json.resource.aws_elasticache_user as Config).find((key) => key.includes(of))!;
  return name.split("_").at(-1)!;
}

test("the cache takes the group of its users, and another engine another group", () => {
  const { stack } = signIn();
  expect(stack.the(ElasticacheReplicationGroup).user_group_ids).toEqual([
    expect.stringMatching(/^\$\{aws_elasticache_user_group\.cache_users_\w+\.user_group_id\}$/),
  ]);
  const group = (props: Partial<CacheProps>) => signIn(props).stack.the(ElasticacheUserGroup);
  expect(group({ engine: "redis" }).user_group_id).not.toBe(group({}).user_group_id);
  expect(group({}).lifecycle).toEqual({ create_before_destroy: true });
});

test("a client needs one statement, for the cache and one user", () => {
  const { may } = signIn({ users: USERS }, "support");
  expect(may).toMatchObject({ Effect: "Allow", Action: "elasticache:Connect" });
  expect(may.Resource).toHaveLength(2);
  expect(may.Resource).toContain("arn:aws:elasticache:*:111122223333:user:test-cache-support");
  expect(signIn({ users: USERS }).may.Resource).toContain("arn:aws:elasticache:*:111122223333:user:test-cache-shop");
});

test("a client signs in to the other region as the same user", () => {
  const globalWith = { region: "eu-central-1", network: network("abc", "eu-central-1") };
  const { users, may } = signIn({ globalWith });
  expect(users.map(({ user_id: id, region }) => [id, region])).toEqual([
    ["test-cache-app", "eu-central-1"],
    ["test-cache-app", undefined],
  ]);
  expect(may.Resource).toHaveLength(3);
});

test("two caches in one policy have statements of different names", () => {
  const sid = (id: string) => {
    let made = "";
    synth((scope) => (made = new Cache(scope, id, { network: network() }).mayConnect().Sid));
    return made;
  };
  expect(sid("carts")).toMatch(/^[A-Za-z0-9]+$/);
  expect(sid("carts")).not.toBe(sid("sessions"));
});

test.each<[string, Partial<CacheProps>, string]>([
  ["nobody who signs in", { users: {} }, "'users' must name at least one"],
  ["the default user", { users: { default: "on ~* +@all" } }, "'users' must be small letters, digits and hyphens, not"],
  ["a user who is off", { users: { shop: "~* +@all" } }, "'users.shop' must be an access string that begins with on"],
])("fails on %s, naming path, prop, value and mend", (_, props, message) => {
  expect(() => signIn(props)).toThrow(message);
  expect(() => signIn(props)).toThrow(/^test\/cache: /);
});

test("fails where a client signs in as nobody it knows", () => {
  expect(() => signIn({ users: USERS }, "app")).toThrow("test/cache: 'user' must be one of shop, support, got");
});
