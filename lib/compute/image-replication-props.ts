import { ImageRepository } from "./image-repository";

/** What an `ImageReplication` can be told. */
export interface ImageReplicationProps {
  /** Repositories with `replicateTo`, of this stack or another one of the app. */
  readonly of: readonly ImageRepository[];
  /**
   * What else the registry replicates, by the region that it is replicated to: what names of repositories begin with. All that
   * the registry replicates already and is not named here, it does no longer.
   *
   * @default - nothing
   */
  readonly also?: Readonly<Record<string, readonly string[]>>;
}
