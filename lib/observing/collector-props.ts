/** The settings of one component, in its own words; `{}` for those that need none. */
export type Component = Readonly<Record<string, unknown>>;

/** Components by id: their type, and a name behind a slash where there are several of it (`batch/traces`). */
export type Components = Readonly<Record<string, Component>>;

/** The way of one kind of telemetry through a collector, by the ids of its components. */
export interface Pipeline {
  /** Receivers, and connectors that end another pipeline. */
  readonly receivers: readonly string[];
  /** In the order in which they work. @default - nothing is changed */
  readonly processors?: readonly string[];
  /** Exporters, and connectors that begin another pipeline. */
  readonly exporters: readonly string[];
}

/** What an OpenTelemetry collector does, as data: its configuration file, with the names of its format. */
export interface CollectorConfig {
  readonly receivers: Components;
  /** @default - none */
  readonly processors?: Components;
  readonly exporters: Components;
  /** What ends one pipeline and begins another. @default - none */
  readonly connectors?: Components;
  /** What belongs to no pipeline, such as a health check. @default - none */
  readonly extensions?: Components;
  readonly service: {
    /** The ids of the extensions that run. @default - none */
    readonly extensions?: readonly string[];
    /** By what they carry, and a name where there are several: `traces`, `metrics/application`. */
    readonly pipelines: Readonly<Record<string, Pipeline>>;
    /** What the collector tells of itself. @default - as the collector has it */
    readonly telemetry?: Component;
  };
}
