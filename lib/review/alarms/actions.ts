import { AlarmCheck, AlarmConfig, AlarmFault, isGiven, isUnknown, listOf, textOf } from "./config";
import { ACTIONS, ACTION_FORMS, LIMITS } from "./limits";

const STATES = ["alarm_actions", "ok_actions", "insufficient_data_actions"];

/** `arn:aws:sns:eu-west-1:111122223333:page`: partition, service, Region, and the rest. */
const ARN = /^arn:(aws[\w-]*):([\w-]+):([\w-]*):(.+)$/;

/** The services through which an alarm acts on an instance. */
const EC2 = /^(automate|swf)$/;

/** The status check on which an instance is recovered. */
const RECOVERED_BY = "StatusCheckFailed_System";

/** What CloudWatch asks of the actions of a metric alarm. */
export const metricActions: AlarmCheck = (config) => [
  ...STATES.flatMap((state) => [
    ...many(config, state),
    ...wrong(config, state, state === "alarm_actions" ? ACTIONS.metric : ACTIONS.metricCalm),
    ...malformed(config, state),
    ...elsewhere(config, state),
  ]),
  ...STATES.flatMap((state) => ownFault(config, state)),
  ...unfit(config, "metric_query", EC2, "EC2 actions take an alarm on one metric"),
  ...unfit(config, "threshold_metric_id", /^autoscaling$/, "scaling takes an alarm with a threshold"),
  ...nobody(config),
];

/** What CloudWatch asks of the actions of a composite alarm. */
export const compositeActions: AlarmCheck = (config) =>
  STATES.flatMap((state) => [
    ...many(config, state),
    ...wrong(config, state, state === "alarm_actions" ? ACTIONS.composite : ACTIONS.compositeCalm),
    ...malformed(config, state),
    ...elsewhere(config, state),
  ]);

function many(config: AlarmConfig, prop: string): AlarmFault[] {
  const got = new Set(listOf(config, prop)).size;
  const must = `have at most ${LIMITS.actions} entries`;
  return got <= LIMITS.actions ? [] : [{ prop, must, got, mend: "notify one topic, and subscribe the others to it" }];
}

function wrong(config: AlarmConfig, prop: string, services: readonly string[]): AlarmFault[] {
  const must = `be ARNs of ${services.join(", ")}`;
  return known(config, prop)
    .filter((action) => !services.includes(ARN.exec(action)?.[2] ?? ""))
    .map((got) => ({ prop, must, got, mend: "notify an SNS topic, and act from there" }));
}

/** Each service has one form: a topic and no subscription of it, a function and no layer. */
function malformed(config: AlarmConfig, prop: string): AlarmFault[] {
  return known(config, prop).flatMap((got) => {
    const [, , service, , rest] = ARN.exec(got) ?? [];
    const [form, such] = ACTION_FORMS[service] ?? [];
    if (!form || (form.test(rest) && got.length <= LIMITS.action)) return [];
    return [
      { prop, must: `be ARNs such as ${such}, at most ${LIMITS.action} characters`, got, mend: "write it like that" },
    ];
  });
}

/**
 * A recovery moves an instance to other hardware. AWS takes it beside any metric of an instance, of the status checks
 * beside the one on that hardware only.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/UsingAlarmActions.html#AddingRecoverActions
 */
function ownFault(config: AlarmConfig, prop: string): AlarmFault[] {
  const recovers = known(config, prop).some((action) => /^arn:[^:]+:automate:.*:recover$/.test(action));
  const got = textOf(config, "metric_name") ?? "";
  if (!recovers || !got.startsWith("StatusCheckFailed") || got === RECOVERED_BY) return [];
  const must = `be ${RECOVERED_BY} beside a recovery`;
  return [{ prop: "metric_name", must, got, mend: "watch that one, or reboot" }];
}

/** An alarm acts in its own Region; Incident Manager has none in its ARNs. */
function elsewhere(config: AlarmConfig, prop: string): AlarmFault[] {
  const region = textOf(config, "region");
  if (region === undefined) return [];
  return known(config, prop)
    .filter((action) => ![region, "", undefined].includes(ARN.exec(action)?.[3]))
    .map((got) => ({ prop, must: `stand in the alarm's own Region ${region}`, got, mend: `use a topic in ${region}` }));
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/UsingAlarmActions.html */
function nobody(config: AlarmConfig): AlarmFault[] {
  const { dimensions } = config;
  const isOpen = isGiven(config, "metric_query") || isUnknown(dimensions);
  if (isOpen || (typeof dimensions === "object" && dimensions !== null && "InstanceId" in dimensions)) return [];
  const acts = STATES.some((prop) => known(config, prop).some((action) => EC2.test(ARN.exec(action)?.[2] ?? "")));
  const must = "have InstanceId beside an EC2 action: it acts on that instance";
  return acts ? [{ prop: "dimensions", must, got: dimensions, mend: "watch a metric of the instance" }] : [];
}

function unfit(config: AlarmConfig, beside: string, services: RegExp, why: string): AlarmFault[] {
  if (!isGiven(config, beside)) return [];
  const must = `have no such action beside ${beside}: ${why}`;
  return STATES.flatMap((prop) =>
    known(config, prop)
      .filter((action) => services.test(ARN.exec(action)?.[2] ?? ""))
      .map((got) => ({ prop, must, got, mend: "give the action an alarm of its own" })),
  );
}

function known(config: AlarmConfig, prop: string): string[] {
  return (listOf(config, prop) ?? []).filter((action) => !isUnknown(action)).map(String);
}
