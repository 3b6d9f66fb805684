export type { PolicyStep, Releases } from "./budget-policy";
export type { BurnPair, Period, Slowest } from "./burn-windows";
export { ErrorBudget } from "./error-budget";
export type { ErrorBudgetProps } from "./error-budget";
export { Slo } from "./slo";
export type { SloProps } from "./slo-props";
