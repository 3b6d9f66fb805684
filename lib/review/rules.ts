import { ACTIONABLE } from "./alarms/actionable";
import { BACKED_UP } from "./backed-up";
import { VALID_DASHBOARD } from "./dashboards/valid";
import { PROVEN } from "./proven";
import { EXPERIMENT_TARGET } from "./recovery/experiments/rule";
import { RECOVERY_OBJECTIVE } from "./recovery/rule";
import { TRAFFIC_SHIFT } from "./recovery/shift";
import { Rule } from "./rule";
import { VALID_ALARM } from "./valid-alarm";
import { WATCHED } from "./watched";

/** The rules of every stack that holds a pattern. */
export const RULES: readonly Rule[] = [
  WATCHED,
  BACKED_UP,
  PROVEN,
  VALID_ALARM,
  ACTIONABLE,
  VALID_DASHBOARD,
  RECOVERY_OBJECTIVE,
  TRAFFIC_SHIFT,
  EXPERIMENT_TARGET,
];
