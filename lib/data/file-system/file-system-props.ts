import { Placement } from "../../core/network";

/** A part of a file system that clients see as the whole of it, as one user. */
export interface AccessPoint {
  /** Who its clients are to the files, whoever they are on their machine; not 0, which is root. */
  readonly uid: number;
  readonly gid: number;
  /** Where it begins; it is made with `permissions` where it is not there. @default - the name of the access point */
  readonly path?: string;
  /** In octal. @default "0750" */
  readonly permissions?: string;
}

/**
 * How fast it is: as fast as it is asked, as its size and its credits allow, or as fast as it is paid for.
 *
 * @see https://docs.aws.amazon.com/efs/latest/ug/performance.html#throughput-modes
 */
export type Throughput = "elastic" | "bursting" | { readonly provisionedMibps: number };

/** A second region that has all files some minutes later. */
export interface FileReplica {
  readonly region: string;
  /** Where its mount targets stand, in that region. */
  readonly network: Placement;
}

/** What a file system is where nobody says so. */
export const FILE_SYSTEM_DEFAULTS = { throughput: "elastic", sizeGib: 100, infrequentAfterDays: 30 } as const;

/** What a `FileSystem` can be told. */
export interface FileSystemProps {
  /** It has a mount target in the data subnet (else the private one) of each zone. */
  readonly network: Placement;
  /** Access points by name. @default - clients mount the root */
  readonly accessPoints?: Readonly<Record<string, AccessPoint>>;
  /** @default "elastic" */
  readonly throughput?: Throughput;
  /** Days without a read after which a file moves to cheaper storage; the first read brings it back. @default 30 */
  readonly infrequentAfterDays?: number;
  /** Days without a read after which a file moves to the cheapest storage; elastic throughput only. @default - never */
  readonly archiveAfterDays?: number;
  /** Whether root on a client is root to the files, where its role may. @default false */
  readonly rootAccess?: boolean;
  /**
   * How large it is expected to get, in GiB: what a restore takes follows from it, and how long its credits last where
   * it bursts.
   *
   * @default 100
   */
  readonly sizeGib?: number;
  /** The ARN of a KMS key. @default - a key of its own */
  readonly key?: string;
  /** @default - one region */
  readonly replicateTo?: FileReplica;
}
