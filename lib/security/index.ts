export { Key } from "../parts/key";
export type { KeyProps } from "../parts/key";
export type { KeyUser } from "../parts/key-policy";
export { Secret } from "./secret";
export type { SecretKey, SecretProps, SecretRotation } from "./secret-props";
