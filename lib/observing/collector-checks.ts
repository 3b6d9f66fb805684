import { cycleIn } from "../review/alarms/cycle";
import { Complaint } from "../review/complaint";
import { CollectorConfig, Components, Pipeline } from "./collector-props";

const KINDS = ["receivers", "processors", "exporters", "connectors", "extensions"] as const;

type Kind = (typeof KINDS)[number];

/** Type and name: `batch/traces`. */
const ID = /^[A-Za-z]\w*(\/\S+)?$/;
const PIPELINE = /^(traces|metrics|logs|profiles)(\/\S+)?$/;

/** Which components may stand in which list of a pipeline: a connector ends one and begins another. */
const LISTS = {
  receivers: ["receivers", "connectors"],
  processors: ["processors"],
  exporters: ["exporters", "connectors"],
} as const satisfies Partial<Record<Kind, readonly Kind[]>>;

const LIST_NAMES = ["receivers", "processors", "exporters"] as const;

/**
 * Why a collector would not start, or would do nothing with what it is given: each pipeline names components that are
 * defined, each defined component is in use, and a connector joins two pipelines.
 *
 * @see https://opentelemetry.io/docs/collector/configuration/
 */
export function collectorFaults(config: CollectorConfig): Complaint[] {
  const pipelines = Object.entries(config.service.pipelines);
  const none: Complaint = { prop: "service.pipelines", must: "be one at least", got: {}, mend: "write one: traces" };
  return [
    ...idFaults(config),
    ...(pipelines.length === 0 ? [none] : []),
    ...pipelines.flatMap(([name, pipeline]) => pipelineFaults(config, name, pipeline)),
    ...unknown(config, ["extensions"], "service.extensions", config.service.extensions ?? []),
    ...connectorFaults(config),
    ...unused(config),
  ];
}

function idsOf(config: CollectorConfig, kind: Kind): string[] {
  return Object.keys((config[kind] ?? {}) satisfies Components);
}

function idFaults(config: CollectorConfig): Complaint[] {
  const malformed = KINDS.flatMap((kind) => idsOf(config, kind).map((id) => ({ kind, id })))
    .filter(({ id }) => !ID.test(id))
    .map(({ kind, id }) => {
      const must = "have ids of a type and, behind a slash, a name";
      return { prop: kind, must, got: id, mend: "write it as batch or batch/traces" };
    });
  const both = idsOf(config, "connectors").filter((id) =>
    [...ends(config, "receivers"), ...ends(config, "exporters")].includes(id),
  );
  const ambiguous = both.map((id): Complaint => {
    const must = "have ids that no receiver or exporter has";
    return { prop: "connectors", must, got: id, mend: `name one of them, such as ${id}/between` };
  });
  return [...malformed, ...ambiguous];
}

function ends(config: CollectorConfig, kind: "receivers" | "exporters"): string[] {
  return idsOf(config, kind);
}

function pipelineFaults(config: CollectorConfig, name: string, pipeline: Pipeline): Complaint[] {
  const at = `service.pipelines.${name}`;
  const kind: Complaint = {
    prop: at,
    must: "be named by what it carries: traces, metrics, logs or profiles",
    got: name,
    mend: "write traces, or traces/checkout where there are several",
  };
  return [
    ...(PIPELINE.test(name) ? [] : [kind]),
    ...LIST_NAMES.flatMap((list) => listFaults(config, `${at}.${list}`, list, pipeline[list] ?? [])),
  ];
}

function listFaults(config: CollectorConfig, prop: string, list: keyof typeof LISTS, ids: readonly string[]) {
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  const empty = list !== "processors" && ids.length === 0;
  const mend = `name one of ${known(config, LISTS[list])}`;
  return [
    ...(empty ? [{ prop, must: "name one at least", got: ids, mend }] : []),
    ...(twice === undefined ? [] : [{ prop, must: "name each once", got: twice, mend: "leave the second out" }]),
    ...unknown(config, LISTS[list], prop, ids),
  ];
}

/** What is named and not defined. */
function unknown(config: CollectorConfig, kinds: readonly Kind[], prop: string, ids: readonly string[]): Complaint[] {
  const defined = kinds.flatMap((kind) => idsOf(config, kind));
  return ids
    .filter((id) => !defined.includes(id))
    .map((id) => {
      const mend = `define it under ${kinds[0]}, or name one of ${known(config, kinds)}`;
      return { prop, must: "name what is defined", got: id, mend };
    });
}

function known(config: CollectorConfig, kinds: readonly Kind[]): string {
  return kinds.flatMap((kind) => idsOf(config, kind)).join(", ") || `those to be defined under ${kinds[0]}`;
}

/** A connector that only ends a pipeline loses what it takes; one that only begins one has nothing to give. */
function connectorFaults(config: CollectorConfig): Complaint[] {
  const pipelines = Object.values(config.service.pipelines);
  const single = idsOf(config, "connectors").flatMap((id) => {
    const isExporter = pipelines.some(({ exporters }) => exporters.includes(id));
    const isReceiver = pipelines.some(({ receivers }) => receivers.includes(id));
    if (isExporter === isReceiver) return [];
    const [has, lacks] = isExporter ? ["exporters", "receivers"] : ["receivers", "exporters"];
    const must = "end one pipeline and begin another";
    return [
      { prop: `connectors.${id}`, must, got: `only under ${has}`, mend: `name it under ${lacks} of another pipeline` },
    ];
  });
  return [...single, ...circular(config)];
}

/** A collector does not start where connectors lead from a pipeline back to itself. */
function circular({ service: { pipelines }, connectors = {} }: CollectorConfig): Complaint[] {
  const named = Object.entries(pipelines);
  const next = named.map(([name, { exporters }]): [string, string[]] => {
    const ends = exporters.filter((id) => id in connectors);
    return [name, named.filter(([, { receivers }]) => receivers.some((id) => ends.includes(id))).map(([id]) => id)];
  });
  const circle = cycleIn(new Map(next));
  if (!circle) return [];
  const must = "not lead back to itself by connectors";
  return [{ prop: "service.pipelines", must, got: circle.join(" → "), mend: "take one of the connectors out" }];
}

/** What is defined and not named: the collector would leave it out without a word. */
function unused({ service, ...config }: CollectorConfig): Complaint[] {
  const named = new Set([
    ...(service.extensions ?? []),
    ...Object.values(service.pipelines).flatMap(({ receivers, processors = [], exporters }) => [
      ...receivers,
      ...processors,
      ...exporters,
    ]),
  ]);
  return KINDS.flatMap((kind) => {
    const where = kind === "extensions" ? "service.extensions" : "a pipeline";
    return idsOf({ service, ...config }, kind)
      .filter((id) => !named.has(id))
      .map((id) => ({
        prop: `${kind}.${id}`,
        must: "be in use",
        got: "it in none",
        mend: `name it in ${where}, or leave it out`,
      }));
  });
}
