import { complain } from "../complaint";
import { Found, ResourceConfig, Rule, pathOf } from "../rule";
import { ALARM_TYPES, alarmsIn } from "../valid-alarm";
import { isGiven, isUnknown, textOf } from "./config";
import { AlarmFamily, StackAlarm } from "./family";

/** What looks at alarms by itself: rules that bring their changes on, and experiments that end by them. */
const LISTENERS = ["aws_cloudwatch_event_rule", "aws_fis_experiment_template", "aws_cloudcontrolapi_resource"];

/**
 * The key that AWS manages for topics: its policy lets no alarm use it, and what is sent is dropped without a word.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
const DEAF_KEY = /(^|:)alias\/aws\/sns$/;

/**
 * Nobody looks at an alarm that tells nobody, and whoever is told must know what to do: each alarm acts, a composite speaks
 * for it, an event rule brings its changes on or an experiment ends by it, and those of this library name their runbook.
 * Those of others are only warned of: a rollout may look at them.
 */
export const ACTIONABLE: Rule = {
  safeguard: "actionable",
  reads: [...ALARM_TYPES, ...LISTENERS, "aws_sns_topic"],
  judge: ({ resources, alarms }) => {
    const all = alarmsIn(resources);
    const family = new AlarmFamily(all);
    const spokenFor = new Set(
      family.composites.flatMap((each) => family.references(each).flatMap(({ alarm }) => alarm ?? [])),
    );
    const heard = LISTENERS.flatMap((type) => Object.values(resources[type] ?? {}).map(listened));
    const isTold = ({ address, config }: StackAlarm) =>
      heard.some((each) => each.includes(`"${textOf(config, "alarm_name")}"`) || each.includes(`\${${address}.`));
    const own = new Set(alarms.map(({ address }) => address));
    const deaf = Object.entries(resources.aws_sns_topic ?? {}).filter(([, topic]) =>
      DEAF_KEY.test(String(topic.kms_master_key_id ?? "")),
    );
    return all.flatMap((alarm) => [
      ...deaf.flatMap(([name]) => unheard(alarm, `aws_sns_topic.${name}`)),
      ...(acts(alarm) || spokenFor.has(alarm) || isTold(alarm) ? [] : [silent(alarm, own.has(alarm.address))]),
      ...(own.has(alarm.address) ? unexplained(alarm) : []),
    ]);
  },
};

/** Where a listener names alarms. */
function listened({ event_pattern: pattern, stop_condition: stops, desired_state: state }: ResourceConfig): string {
  return [pattern, JSON.stringify(stops), state].map((each) => String(each ?? "")).join(" ");
}

function acts({ config }: StackAlarm): boolean {
  const isOn = String(config.actions_enabled ?? true) !== "false";
  return isOn && ["alarm_actions", "ok_actions", "insufficient_data_actions"].some((state) => isGiven(config, state));
}

function silent({ address, config }: StackAlarm, own: boolean): Found {
  const path = pathOf(config as ResourceConfig) ?? address;
  const must = "act, or be named by a composite, an event rule or an experiment that does";
  const mend = 'notify a topic; or waive "actionable" where something else looks at it';
  const message = complain(path, { prop: "alarm_actions", must, got: undefined, mend });
  return { path, kept: false, message, ...(!own && { advice: true }) };
}

function unheard({ address, config }: StackAlarm, topic: string): Found[] {
  const told = ["alarm_actions", "ok_actions", "insufficient_data_actions"].filter((state) =>
    JSON.stringify(config[state] ?? []).includes(`\${${topic}.`),
  );
  const path = pathOf(config as ResourceConfig) ?? address;
  return told.map((prop) => {
    const must = "tell topics whose key alarms may use";
    const mend = "give the topic a key of your own, or none: under alias/aws/sns what an alarm says is dropped";
    return { path, kept: false, message: complain(path, { prop, must, got: topic, mend }) };
  });
}

function unexplained({ address, config }: StackAlarm): Found[] {
  const got = textOf(config, "alarm_description");
  if (isUnknown(config.alarm_description) || /^Runbook: \S/m.test(got ?? "")) return [];
  const path = pathOf(config as ResourceConfig) ?? address;
  const fault = {
    prop: "alarm_description",
    must: 'name a runbook, in a line "Runbook: …"',
    got,
    mend: "link the page",
  };
  return [{ path, kept: false, message: complain(path, fault) }];
}
