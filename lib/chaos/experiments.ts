import { CloudcontrolapiResource } from "@cdktf/provider-aws/lib/cloudcontrolapi-resource";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FisExperimentTemplate } from "@cdktf/provider-aws/lib/fis-experiment-template";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { Construct, IConstruct } from "constructs";
import { Watchable } from "../core/declarations";
import { complaint, requireOneOf, requireThat, requireWhole } from "../core/guard";
import { register } from "../core/hook";
import { nameOf } from "../core/naming";
import { placeOf, requireOtherRegion } from "../core/place";
import { ServiceGraph, isServiceGraph } from "../core/service-graph";
import { DeadLetters } from "../parts/dead-letters";
import { Key } from "../parts/key";
import { logGroup } from "../parts/log-group";
import { requireKeyArn } from "../parts/key-arn";
import { LONGEST_DAYS, privateBucket } from "../parts/private-bucket";
import { wrongElsewhere } from "./elsewhere";
import { Setup, experiment } from "./experiment";
import { ExperimentReports, ExperimentsProps } from "./experiments-props";
import { ExperimentsSignals, experimentsSignals } from "./experiments-signals";
import { plansOf } from "./plan";
import { requireApart } from "./schedule";
import { requireStops } from "./stop-alarms";

/**
 * Breaks a service on purpose, to find out whether it comes back as it claims: one experiment for each loss that its
 * parts claim to survive, and one for the outage of each zone.
 *
 * What makes parts slow or weak, such as stress, latency or a slow zone, is an experiment where it is named in `include`,
 * and the cutting off of a region where it is named in `isolate`: each is a template, a role and a row of the calendar, and
 * what nobody means to run hides what must be.
 *
 * Each begins only while its stop alarms are quiet, ends at once when one of them rings, and fails where one is on after
 * the time that is claimed. An alarm that would ring within the claimed outage gives way to the same measure, bad for
 * longer. Its role may do what its own actions need, to its own targets. What people do is in
 * `reliability/<stack>/game-days.md`; what heals by itself and has no experiment is listed there as untested.
 *
 * @see https://docs.aws.amazon.com/fis/latest/userguide/what-is.html
 */
export class Experiments extends Construct implements Watchable {
  /** The templates, by the name of the experiment. */
  readonly templates: Readonly<Record<string, FisExperimentTemplate | CloudcontrolapiResource>>;
  readonly logs: CloudwatchLogGroup;
  /** Where reports are kept. */
  readonly reports?: S3Bucket;
  // Logs of other names count against the resource policy of the account, which has a limit.
  private readonly logName = `/aws/vendedlogs/fis/${nameOf(this, "log-group")}`;
  private readonly scheduled: readonly string[];
  private readonly letters?: DeadLetters;

  constructor(scope: Construct, id: string, props: ExperimentsProps) {
    super(scope, id);
    register(this, props, "ExperimentsProps");
    const { on, standsOn = [], stopOn, include = [], isolate = [], schedules = {}, reports } = props;
    const parts = [...new Set([...partsOf(on), ...standsOn])];
    for (const region of isolate) requireOtherRegion(this, "isolate", region, "cut off one that replicas stand in");
    const plans = plansOf(this, parts, { include, isolate: [...new Set(isolate)] });
    const must = "name something that can be broken";
    const mend = "an experiment needs a part that declares faults";
    requireThat(this, plans.length > 0, { prop: "on", must, got: on.node.path, mend });
    requireStops(this, stopOn, isServiceGraph(on) ? on.entrance : on);
    this.refuseGrowth(stopOn);
    this.node.addValidation({ validate: () => wrongElsewhere(this, parts) });
    const names = plans.map(({ name }) => name);
    for (const name of Object.keys(schedules)) requireOneOf(this, "schedules", name, names);
    requireApart(this, schedules);

    if (props.key !== undefined) requireKeyArn(this, "key", props.key);
    const keyArn = props.key ?? new Key(this, "key", { usedBy: ["logs"] }).arn;
    this.logs = logGroup(this, "log", { name: this.logName, keyArn });
    this.reports = reports && this.reportBucket(reports);
    this.letters = Object.keys(schedules).length > 0 ? new DeadLetters(this, "dead-letters") : undefined;
    const setup: Setup = {
      of: on.node.path,
      parts,
      edges: isServiceGraph(on) ? on.allEdges.map(edgeOf) : [],
      stopOn,
      logGroupArn: this.logs.arn,
      logGroup: this.logName,
      letters: this.letters,
      reports: this.reports && {
        bucket: this.reports.bucket,
        bucketArn: this.reports.arn,
        dashboard: reports?.dashboard,
      },
    };
    this.templates = Object.fromEntries(
      plans.map((plan) => [plan.name, experiment(this, plan, setup, schedules[plan.name])]),
    );
    this.scheduled = Object.keys(schedules).map((name) => this.templates[name].id);
  }

  get signals(): ExperimentsSignals {
    return experimentsSignals(this.scheduled, this.logName, this.letters);
  }

  /** `alarms.pages` grows with each watch: an alarm that came later would end no experiment, without a word. */
  private refuseGrowth(stopOn: ExperimentsProps["stopOn"]): void {
    const count = stopOn.length;
    const mend = "define experiments after the last watch";
    const what = () => ({ prop: "stopOn", must: `stay at ${count} alarms once given`, got: stopOn.length, mend });
    this.node.addValidation({ validate: () => (stopOn.length === count ? [] : [complaint(this, what())]) });
  }

  private reportBucket({ keepDays }: ExperimentReports): S3Bucket {
    requireWhole(this, "reports.keepDays", keepDays, 1, LONGEST_DAYS);
    const { account, region } = placeOf(this);
    // Bucket names are taken once in all the world.
    const name = nameOf(this, "bucket", `reports-${account}-${region}`);
    return privateBucket(this, "reports", { name, expireDays: keepDays }).bucket;
  }
}

/** What a service consists of; other services that it needs are broken by their own experiments. */
function partsOf(on: ServiceGraph | IConstruct): IConstruct[] {
  if (!isServiceGraph(on)) return [on];
  return [...(on.entrance ? [on.entrance] : []), ...on.runs, ...on.needs.filter((need) => !isServiceGraph(need))];
}

function edgeOf({ from, to, hard }: ServiceGraph["edges"][0]) {
  return { from: from.node.path, to: to.node.path, hard };
}
