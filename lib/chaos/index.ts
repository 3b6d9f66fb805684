export { Experiments } from "./experiments";
export type { ExperimentReports, ExperimentSchedule, ExperimentsProps } from "./experiments-props";
export { LoadTest } from "./load-test";
export type { LoadTestProps } from "./load-test-props";
