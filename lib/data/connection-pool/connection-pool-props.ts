import { Duration } from "../../core/duration";
import { Placement, Reachable } from "../../core/network";
import { Engine } from "../rds/rds-settings";

/** A database whose connections can be pooled: our `Postgres` or `Aurora`, or a literal that names one that exists. */
export interface Poolable extends Reachable {
  readonly pooled: {
    readonly engine: Engine;
    /** The identifier of an instance, or of a cluster. */
    readonly target: { readonly instance: string } | { readonly cluster: string };
    /** Connections that it lets in. */
    readonly maxConnections: number;
    /** The secret of its first user. @default - there is none: `secrets` names some */
    readonly secret?: PoolSecret;
  };
}

/** A user of the database and its password, as Secrets Manager keeps them. */
export interface PoolSecret {
  readonly arn: string;
  /** The ARN of the KMS key that encrypts it. @default - the key that AWS manages for secrets */
  readonly key?: string;
}

/** How many connect at full scale. */
export interface PoolLoad {
  /** Instances, tasks or functions that run at the same time: the `max` of a fleet. */
  readonly clients: number;
  /** Connections that each of them opens: the size of its own pool. */
  readonly connectionsPerClient: number;
  /**
   * Per cent of these that are in a transaction at the same time: the others need no connection to the database.
   *
   * @default 100
   */
  readonly busyPercent?: number;
}

/** What a `ConnectionPool` can be told. */
export interface ConnectionPoolProps {
  readonly of: Poolable;
  /** Where it stands: the data subnets (else the private ones) of at least two zones. */
  readonly network: Placement;
  readonly load: PoolLoad;
  /**
   * Per cent of the connections of the database that the pool may take; the rest is for people and migrations.
   *
   * @default 80
   */
  readonly maxConnectionsPercent?: number;
  /**
   * Per cent of the connections of the database that stay open while nobody needs them.
   *
   * @default - half of `maxConnectionsPercent`
   */
  readonly maxIdleConnectionsPercent?: number;
  /** How long a client waits for a connection until it is told that there is none. @default "10 seconds" */
  readonly borrowTimeout?: Duration;
  /** How long a connection of a client stays open without a word. @default "30 minutes" */
  readonly idleClientTimeout?: Duration;
  /** Users that the pool signs in as, one a secret. @default - the first user of the database */
  readonly secrets?: readonly PoolSecret[];
  /** How clients say who they are: by a password of one of the secrets, or by their IAM role. @default "password" */
  readonly signIn?: "password" | "iam";
}
