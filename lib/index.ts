export * from "./alerting";
export * from "./core";
export * from "./data";
export * from "./security";
export * from "./stack";
export * from "./state";
