import { EscalationPolicy } from "@cdktf/provider-pagerduty/lib/escalation-policy";
import {
  EventOrchestrationService,
  EventOrchestrationServiceSetRule,
} from "@cdktf/provider-pagerduty/lib/event-orchestration-service";
import { Service, ServiceConfig } from "@cdktf/provider-pagerduty/lib/service";
import { ServiceIntegration } from "@cdktf/provider-pagerduty/lib/service-integration";
import { Construct } from "constructs";
import { refuse, requireDuration, requireThat, requireWhole } from "../core/guard";
import { register } from "../core/hook";
import { nameOf } from "../core/naming";
import { note } from "../core/notes";
import { Urgency } from "../core/signal";
import { DeclaredOnCall } from "../review/on-call";
import { alarmRules } from "./alarm-rules";
import { requirePerson } from "./forms";
import { judgeLevels } from "./levels";
import { Level, OnCallProps } from "./on-call-props";
import { ticketHours } from "./ticket-hours";

/**
 * PagerDuty's name for Amazon CloudWatch: its integration reads the messages of alarms, and closes an incident when the
 * alarm is OK.
 *
 * @see https://support.pagerduty.com/main/docs/aws-cloudwatch-integration-guide
 */
const CLOUDWATCH = "PZQ6AUS";

/**
 * Where events are sent.
 *
 * @see https://support.pagerduty.com/main/docs/service-regions
 */
const HOSTS = { us: "events.pagerduty.com", eu: "events.eu.pagerduty.com" } as const;

/** How long a level has where it does not say. */
const WITHIN = "10 minutes";

/** A rotation by its path, others as the pager knows them. */
function nameOfTold(told: Level["tell"][number]): string {
  if (typeof told === "string") return told;
  return Construct.isConstruct(told) ? told.node.path : told.scheduleId;
}

/**
 * Who is told, in which order, until somebody answers: a PagerDuty escalation policy, and a service for each urgency.
 *
 * Pages are told at any hour. Tickets are told in working hours; those that come at other times wait for them. Synthesis
 * fails where the escalation ends nowhere: at one level, at one person who may be asleep, or at a level that tells whom an
 * earlier one has told.
 *
 * The key that SNS needs is an attribute: `escalation.tell("page", onCall.receiver("page"))` puts it into no source.
 *
 * @see https://support.pagerduty.com/main/docs/escalation-policies
 */
export class OnCall extends Construct {
  readonly policy: EscalationPolicy;
  readonly services: Readonly<Partial<Record<Urgency, Service>>> & { readonly page: Service };
  private readonly integrations: Readonly<Partial<Record<Urgency, ServiceIntegration>>>;
  private readonly host: string;

  constructor(scope: Construct, id: string, props: OnCallProps) {
    super(scope, id);
    register(this, props, "OnCallProps");
    const { levels, repeats = 3, support, routes = {}, remindAfter = "30 minutes", serviceRegion = "us" } = props;
    requireWhole(this, "repeats", repeats, 1, 9, "an escalation that is told once ends nowhere");
    judgeLevels(this, levels);
    this.host = HOSTS[serviceRegion];
    this.policy = new EscalationPolicy(this, "Resource", {
      name: nameOf(this, "pager"),
      description: `Who is told of ${this.node.path}, in order`,
      numLoops: repeats,
      rule: levels.map((level, index) => this.rule(level, index)),
    });
    const reminder = requireDuration(this, "remindAfter", remindAfter, "10 minutes", "1 day");
    const page = this.service("page", reminder, { incidentUrgencyRule: { type: "constant", urgency: "high" } });
    const ticket = support && this.service("ticket", reminder, ticketHours(this, support));
    this.services = { page, ...(ticket && { ticket }) };
    this.integrations = {
      page: this.integration("page", page),
      ...(ticket && { ticket: this.integration("ticket", ticket) }),
    };
    if (Object.keys(routes).length > 0) {
      const rules = alarmRules(this, routes);
      this.route("routes", page, rules);
      if (ticket) this.route("ticket-routes", ticket, rules);
    }
    note(this, "on-call", this.declared(props, repeats));
  }

  /** What an `Escalation` tells: the address with the key of the integration, which only the state knows. */
  receiver(urgency: Urgency): { readonly id: string; readonly endpoint: string } {
    const integration = this.integrations[urgency];
    if (integration === undefined) {
      const mend = "give support, the hours in which tickets are told";
      refuse(this, { prop: "receiver", must: "be of an urgency that is told here", got: urgency, mend });
    }
    return { id: "pager", endpoint: `https://${this.host}/integration/${integration.integrationKey}/enqueue` };
  }

  private declared({ levels, support }: OnCallProps, repeats: number): DeclaredOnCall {
    return {
      path: this.node.path,
      levels: levels.map(({ tell, within = WITHIN }) => ({ tell: tell.map(nameOfTold), within })),
      repeats,
      ...(support && { support: `${support.from} to ${support.to}, ${support.timeZone}` }),
    };
  }

  private rule({ tell, within = WITHIN }: Level, index: number) {
    const prop = `levels[${index}]`;
    const length = requireDuration(this, `${prop}.within`, within, "1 minute", "1 day");
    requireThat(this, length % 60 === 0, { prop: `${prop}.within`, must: "be whole minutes", got: within });
    const target = tell.map((each) =>
      typeof each === "string"
        ? { type: "user_reference", id: this.user(`${prop}.tell`, each) }
        : { type: "schedule_reference", id: each.scheduleId },
    );
    return { escalationDelayInMinutes: length / 60, target };
  }

  private user(prop: string, id: string): string {
    requirePerson(this, prop, id);
    return id;
  }

  private service(urgency: Urgency, reminder: number, when: Partial<ServiceConfig>): Service {
    return new Service(this, urgency, {
      name: nameOf(this, "pager", urgency),
      description: `Each ${urgency} of ${this.node.path}`,
      escalationPolicy: this.policy.id,
      alertCreation: "create_alerts_and_incidents",
      // What was acknowledged and forgotten is told again; an alarm that is on is never closed by the clock.
      acknowledgementTimeout: String(reminder),
      autoResolveTimeout: "null",
      ...when,
    });
  }

  private route(id: string, service: Service, rule: EventOrchestrationServiceSetRule[]): void {
    new EventOrchestrationService(this, id, {
      service: service.id,
      enableEventOrchestrationForService: true,
      set: [{ id: "start", rule }],
      catchAll: { actions: {} },
    });
  }

  private integration(urgency: Urgency, service: Service): ServiceIntegration {
    return new ServiceIntegration(this, `${urgency}-integration`, {
      name: "Amazon CloudWatch",
      service: service.id,
      vendor: CLOUDWATCH,
    });
  }
}
