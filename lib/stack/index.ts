export { provide } from "./provide";
export type { Provided } from "./provide";
