import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { AutoscalingPolicy } from "@cdktf/provider-aws/lib/autoscaling-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import {
  Breakable,
  Dependable,
  Fenceable,
  Limited,
  Procedural,
  Recoverable,
  Scalable,
  Watchable,
} from "../core/declarations";
import { register } from "../core/hook";
import { nameOf } from "../core/naming";
import { Reachable } from "../core/network";
import { requireKind } from "../core/props";
import { Quotas } from "../core/quota";
import { Firewall } from "../parts/firewall";
import { serviceRole } from "../parts/service-role";
import { zonesIn } from "../parts/zones";
import { Capacity, capacityOf, judgeMin } from "./fleet-capacity";
import { FleetFaults, fleetFaults } from "./fleet-faults";
import { fleetGroup } from "./fleet-group";
import { fleetProcedures } from "./fleet-procedures";
import { FleetProps } from "./fleet-props";
import { fleetQuotas } from "./fleet-quotas";
import { Endurance, FLEET_SLA, fleetFence, fleetGrows, fleetRecovers } from "./fleet-recovery";
import { fleetSignals, inService } from "./fleet-signals";
import { defaultTags } from "./launch-tags";
import { launchTemplate } from "./launch-template";
import { Pace, paceOf, refresh, rollbackFaults } from "./refresh";
import { scaleOf, targetTracking } from "./scaling";
import { requireSpot } from "./spot";
import { walledOff } from "./walled-off";

/** What a rollout can be rolled back on: our alarms, or the name of one that exists. */
type Named = { readonly name: string };

/**
 * Instances that carry the stated peak even when a zone is lost, and grow and shrink with their load.
 *
 * A new image or setting replaces them step by step, new before old, and comes back by itself where it fails. Always:
 * no public address, no SSH, encrypted, credentials by IMDSv2 only.
 *
 * @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/static-stability.html
 */
export class Fleet
  extends Construct
  implements Watchable, Recoverable, Dependable, Breakable, Procedural, Limited, Fenceable, Scalable
{
  readonly launchTemplate: LaunchTemplate;
  readonly autoScalingGroup: AutoscalingGroup;
  readonly scaling: AutoscalingPolicy;
  readonly firewall: Firewall;
  readonly role: IamRole;
  readonly faults: FleetFaults;
  readonly quotas: Quotas;
  private readonly name = nameOf(this, "auto-scaling-group");
  readonly fence = fleetFence(this, this.name);
  readonly sla = FLEET_SLA;
  private readonly capacity: Capacity;
  private readonly endurance: Endurance;
  private readonly pace: Pace;
  private readonly rollbacks: (readonly Named[])[] = [];

  constructor(scope: Construct, id: string, props: FleetProps) {
    super(scope, id);
    register(this, props, "FleetProps");
    const zones = zonesIn(this, props.network);
    this.capacity = capacityOf(this, zones.length, props);
    this.pace = paceOf(this, this.capacity.min, props);
    this.quotas = fleetQuotas(props);
    const scale = scaleOf(this, this.capacity, inService(this.name), props);
    this.endurance = {
      balanced: props.behind !== undefined,
      survivesInstance: this.capacity.min > this.capacity.needed,
      survivesZone: judgeMin(this, this.capacity, props.load) && scale.survivesZoneLoss,
      warmUpSeconds: this.pace.warmUpSeconds,
    };
    if (props.spot) requireSpot(this, props.spot);

    this.firewall = walledOff(this, props);
    this.role = serviceRole(this, "role", {
      service: "ec2.amazonaws.com",
      managed: ["AmazonSSMManagedInstanceCore"],
      may: props.may,
      namesAccount: false,
    });
    const tags = { ...defaultTags(this), Name: this.name, ...props.tags };
    this.faults = fleetFaults(this.recovers, this.capacity, tags.Name, props);
    this.launchTemplate = launchTemplate(this, props, { role: this.role, securityGroupId: this.securityGroupId, tags });
    const subnets = zones.map(([, zone]) => zone.private);
    this.autoScalingGroup = fleetGroup(this, props, {
      name: this.name,
      capacity: this.capacity,
      pace: this.pace,
      launchTemplate: this.launchTemplate,
      subnets,
      tags,
    });
    this.scaling = targetTracking(this, this.autoScalingGroup.name, scale);
  }

  /** What other firewalls name as their peer. */
  get securityGroupId(): string {
    return this.firewall.securityGroupId;
  }

  /** Lets the instances connect to something: the rule out of here, and the rule in there. */
  connectTo(to: Reachable, why: string): void {
    this.firewall.connectTo(to, why);
  }

  /**
   * Rolls a rollout back when one of these alarms rings; `alarms.pages` counts with all that is added to it later.
   *
   * Alarms are named, not referred to: they watch this fleet, and references would run in a circle. Where one that
   * Terraform is about to make is not there yet, a rollout in the same apply fails to start.
   *
   * Synthesis fails where they are none, or more than a rollout can follow.
   */
  rollBackOn(alarms: readonly Named[]): void {
    requireKind(this, "rollBackOn", alarms, ["Named"]);
    this.rollbacks.push(alarms);
    if (this.rollbacks.length > 1) return;
    const names = () => [...new Set(this.rollbacks.flat().map(({ name }) => name))];
    this.autoScalingGroup.putInstanceRefresh(refresh(this.pace, Lazy.listValue({ produce: names })));
    this.node.addValidation({ validate: () => rollbackFaults(this, names()) });
  }

  get signals() {
    return fleetSignals(this.name, this.capacity);
  }

  get recovers() {
    return fleetRecovers(this.endurance);
  }

  get grows() {
    return fleetGrows(this.endurance.warmUpSeconds);
  }

  get procedures() {
    const isMixed = this.autoScalingGroup.mixedInstancesPolicyInput !== undefined;
    return fleetProcedures({ group: this.name, template: nameOf(this, "launch-template"), isMixed });
  }
}
