export * from "./manifest";
export * from "./rule";
export * from "./rules";
export { VALID_ALARM } from "./valid-alarm";
