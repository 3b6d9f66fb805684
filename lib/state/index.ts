export { RemoteState } from "./remote-state";
export type { RemoteStateProps, StateStore } from "./remote-state";
export { StateBucket } from "./state-bucket";
export type { StateBucketProps } from "./state-bucket";
