import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { logGroup } from "../../lib/parts/log-group";
import { Setting, synth } from "../synth";

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1";
const made = (days?: number, setting?: Setting) =>
  synth((stack) => logGroup(stack, "log", { name: "/orders/requests", keyArn: KEY, days }), setting).the(
    CloudwatchLogGroup,
  );

test("a log group is encrypted and forgets after the posture's days", () => {
  expect(made(undefined, { posture: { logDays: 90 } })).toMatchObject({
    name: "/orders/requests",
    kms_key_id: KEY,
    retention_in_days: 90,
  });
});

test("days of its own go before the posture's", () => {
  expect(made(7, { posture: { logDays: 90 } }).retention_in_days).toBe(7);
});

test.each([0, 2, 366, 4000])("fails on %d days, which CloudWatch does not know", (days) => {
  expect(() => made(days)).toThrow(`test: 'logDays' must be one of 1, 3, 5, 7, 14`);
  expect(() => made(undefined, { posture: { logDays: days } })).toThrow(`got "${days}"`);
});
