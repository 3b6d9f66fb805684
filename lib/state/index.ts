export { RemoteState } from "./remote-state";
export type { RemoteStateProps, StateStore } from "./remote-state";
