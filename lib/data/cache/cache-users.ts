import { ElasticacheUser } from "@cdktf/provider-aws/lib/elasticache-user";
import { ElasticacheUserGroup } from "@cdktf/provider-aws/lib/elasticache-user-group";
import { Construct } from "constructs";
import { refuse, requireForm, requireThat } from "../../core/guard";
import { nameOf } from "../../core/naming";
import { placeOf } from "../../core/place";
import { Statement } from "../../parts/policy";
import { CacheEngine } from "./cache-props";

/** Reads and writes any key. No administration, and nothing that stops the engine for all: KEYS, FLUSHALL, DEBUG. */
const APP = { app: "on ~* +@all -@admin -@dangerous +info" };

/** Those who may sign in: as they are told, or one for the service. */
export function usersOf(scope: Construct, users: Readonly<Record<string, string>> = APP): Record<string, string> {
  const names = Object.keys(users).sort();
  requireThat(scope, names.length > 0, { prop: "users", must: "name at least one", got: names });
  for (const name of names) {
    // It must have a password or none, and could not sign in by IAM.
    requireForm(
      scope,
      "users",
      name,
      /^(?!default$)[a-z](-?[a-z0-9])*$/,
      "small letters, digits and hyphens, not default",
    );
    requireForm(
      scope,
      `users.${name}`,
      users[name],
      /^on\s/,
      "an access string that begins with on, such as on ~* +@read",
    );
  }
  return Object.fromEntries(names.map((name) => [name, users[name]]));
}

/** Who may sign in to which cache. */
export interface SignIn {
  /** The cache: users have the same names in each of its regions. */
  readonly cache: Construct;
  readonly engine: CacheEngine;
  readonly users: Readonly<Record<string, string>>;
  /** @default - the region of the stack */
  readonly region?: string;
}

/**
 * The group of those who may sign in, each by IAM and nobody else: Valkey turns the default user off, for Redis OSS it is
 * replaced by one that may nothing.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html
 */
export function userGroup(scope: Construct, { cache, engine, users, region }: SignIn): ElasticacheUserGroup {
  const members = Object.entries(users).map(([name, accessString]) => {
    // IAM asks for the same id and name.
    const id = userId(cache, name);
    const authenticationMode = { type: "iam" };
    return new ElasticacheUser(scope, `user-${name}`, {
      userId: id,
      userName: id,
      engine,
      accessString,
      authenticationMode,
      region,
    });
  });
  if (engine === "redis") {
    members.push(
      new ElasticacheUser(scope, "user-default", {
        userId: userId(cache, "default"),
        userName: "default",
        engine,
        accessString: "off ~keys* -@all +get",
        authenticationMode: { type: "no-password-required" },
        region,
      }),
    );
  }
  return new ElasticacheUserGroup(scope, "users", {
    // An engine cannot change in place, and a group in use cannot be deleted.
    userGroupId: nameOf(cache, "cache", "users", engine),
    engine,
    userIds: members.map((member) => member.userId),
    region,
    lifecycle: { createBeforeDestroy: true },
  });
}

/** What the role of a client needs to sign in as a user, the first one if none is named. */
export function mayConnect(
  cache: Construct,
  users: readonly string[],
  arns: readonly string[],
  user = users[0],
): Statement {
  if (!users.includes(user)) return refuse(cache, { prop: "user", must: `be one of ${users.join(", ")}`, got: user });
  const { partition, account } = placeOf(cache);
  const id = userId(cache, user);
  return {
    Sid: `ConnectAs${id.replace(/[^a-z0-9]/g, "")}`,
    Effect: "Allow",
    Action: "elasticache:Connect",
    // Users are in each region that the cache is in.
    Resource: [...arns, `arn:${partition}:elasticache:*:${account}:user:${id}`],
  };
}

function userId(cache: Construct, name: string): string {
  return nameOf(cache, "cache", name);
}
