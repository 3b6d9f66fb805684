export { Fleet } from "./fleet";
export type { FleetProps, Load, ScaleOn, SpotShare } from "./fleet-props";
export { ImageCopy } from "./image-copy";
export type { ImageCopyProps } from "./image-copy-props";
export { ImageReplication } from "./image-replication";
export type { ImageReplicationProps } from "./image-replication-props";
export { ImageRepository } from "./image-repository";
export type { ImageRepositoryProps } from "./image-repository-props";
