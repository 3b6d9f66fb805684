import { Route53RecoverycontrolconfigCluster } from "@cdktf/provider-aws/lib/route53recoverycontrolconfig-cluster";
import { Route53RecoverycontrolconfigControlPanel } from "@cdktf/provider-aws/lib/route53recoverycontrolconfig-control-panel";
import { Route53RecoverycontrolconfigRoutingControl } from "@cdktf/provider-aws/lib/route53recoverycontrolconfig-routing-control";
import { Route53RecoverycontrolconfigSafetyRule } from "@cdktf/provider-aws/lib/route53recoverycontrolconfig-safety-rule";
import { Construct } from "constructs";
import { requireForm, requireThat } from "../core/guard";
import { register } from "../core/hook";
import { REGION } from "../core/place";
import { nameOf } from "../core/naming";

/**
 * How long all further changes are refused while the safety rule looks at one, in milliseconds: controls do not flap. It is
 * what AWS takes by default.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-route53recoverycontrol-safetyrule-assertionrule.html
 */
const WAIT_MS = 5000;

/** What a {@link RoutingControls} can be told. */
export interface RoutingControlsProps {
  /** The regions that can be switched on and off, at least two. */
  readonly regions: readonly string[];
  /**
   * Why it is worth what it costs, in a sentence: a cluster is charged for by the hour, about 1,800 USD a month, whether
   * it is used or not.
   */
  readonly worthItsPrice: string;
}

/**
 * A switch a region, by hand or by a program, that works while a region is lost: five endpoints in five regions take it,
 * no control plane is needed. A safety rule keeps the last region from being switched off.
 *
 * They are off when they are made: switch the regions on before a `RegionFailover` asks them, or none serves.
 *
 *     aws route53-recovery-cluster update-routing-control-state --routing-control-arn <arn> \
 *       --routing-control-state On --endpoint-url <endpoint of the cluster>
 *
 * @see https://docs.aws.amazon.com/r53recovery/latest/dg/routing-control.html
 */
export class RoutingControls extends Construct {
  readonly cluster: Route53RecoverycontrolconfigCluster;
  readonly panel: Route53RecoverycontrolconfigControlPanel;
  /** The switch of each region. */
  readonly controls: Readonly<Record<string, Route53RecoverycontrolconfigRoutingControl>>;
  readonly safetyRule: Route53RecoverycontrolconfigSafetyRule;

  constructor(scope: Construct, id: string, props: RoutingControlsProps) {
    super(scope, id);
    register(this, props, "RoutingControlsProps");
    const regions = [...new Set(props.regions)].sort();
    requireThat(this, regions.length >= 2, { prop: "regions", must: "be at least two regions", got: props.regions });
    for (const region of regions) requireForm(this, "regions", region, REGION, "regions such as eu-west-1");
    const mend = "a cluster costs about 1,800 USD a month; RegionFailover switches by health checks without one";
    requireForm(this, "worthItsPrice", props.worthItsPrice, /\S/, "a sentence", mend);

    this.cluster = new Route53RecoverycontrolconfigCluster(this, "Resource", { name: nameOf(this, "routing-control") });
    const clusterArn = this.cluster.arn;
    this.panel = new Route53RecoverycontrolconfigControlPanel(this, "panel", {
      name: nameOf(this, "routing-control", "panel"),
      clusterArn,
    });
    const controlPanelArn = this.panel.arn;
    this.controls = Object.fromEntries(
      regions.map((region) => {
        const name = nameOf(this, "routing-control", region);
        const made = { name, clusterArn, controlPanelArn };
        return [region, new Route53RecoverycontrolconfigRoutingControl(this, `control-${region}`, made)];
      }),
    );
    this.safetyRule = new Route53RecoverycontrolconfigSafetyRule(this, "never-all-off", {
      name: nameOf(this, "routing-control", "never-all-off"),
      controlPanelArn,
      assertedControls: Object.values(this.controls).map(({ arn }) => arn),
      ruleConfig: { type: "ATLEAST", threshold: 1, inverted: false },
      waitPeriodMs: WAIT_MS,
    });
  }

  /** The ARNs that a `RegionFailover` asks, by region. */
  get switches(): Readonly<Record<string, string>> {
    return Object.fromEntries(Object.entries(this.controls).map(([region, { arn }]) => [region, arn]));
  }
}
