/** The configuration of one alarm as Terraform reads it: from synthesized JSON, or the `values` of a plan. */
export type AlarmConfig = Readonly<Record<string, unknown>>;

/** Why CloudWatch would refuse an alarm. */
export interface AlarmFault {
  /** The attribute, in Terraform's spelling. */
  readonly prop: string;
  /** What must hold, so that it reads after "must". */
  readonly must: string;
  readonly got: unknown;
  /** What to write instead. */
  readonly mend: string;
}

/** One thing that CloudWatch asks of an alarm. */
export type AlarmCheck = (config: AlarmConfig) => AlarmFault[];

/** Whether a value is known at apply only: it holds a Terraform expression. */
export function isUnknown(value: unknown): boolean {
  return typeof value === "string" && /(?<!\$)\$\{|(?<!%)%\{/.test(value);
}

/** Whether an attribute says something. A plan writes out what was left out: as null, or empty. */
export function isGiven(config: AlarmConfig, key: string): boolean {
  const value = config[key];
  if (value === undefined || value === null || value === "") return false;
  return typeof value !== "object" || Object.keys(value).length > 0;
}

/** A text that is known now. */
export function textOf(config: AlarmConfig, key: string): string | undefined {
  const value = config[key];
  return isGiven(config, key) && typeof value !== "object" && !isUnknown(value) ? String(value) : undefined;
}

/** A number that is known now, NaN where it is none. Terraform takes `"60"` for 60. */
export function numberOf(config: AlarmConfig, key: string): number | undefined {
  const value = config[key];
  if (!isGiven(config, key) || isUnknown(value)) return undefined;
  return typeof value === "number" || typeof value === "string" ? Number(value) : NaN;
}

/** Whether a flag is set; nothing where that is not known now. */
export function flagOf(config: AlarmConfig, key: string): boolean | undefined {
  return isUnknown(config[key]) ? undefined : String(config[key]) === "true";
}

/** A list; nothing where it is not known now. */
export function listOf(config: AlarmConfig, key: string): readonly unknown[] | undefined {
  const value = config[key];
  if (!isGiven(config, key)) return [];
  return Array.isArray(value) ? value : undefined;
}

/** The blocks of a name, in JSON one or a list of them; nothing where they are not known now. */
export function blocksOf(config: AlarmConfig, key: string): readonly AlarmConfig[] | undefined {
  const dynamic = config.dynamic as AlarmConfig | undefined;
  if (dynamic && key in dynamic) return undefined;
  if (!isGiven(config, key)) return [];
  const blocks: unknown[] = [config[key]].flat();
  return blocks.every(isBlock) ? blocks : undefined;
}

function isBlock(value: unknown): value is AlarmConfig {
  return typeof value === "object" && value !== null;
}
