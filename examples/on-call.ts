import { PagerdutyProvider } from "@cdktf/provider-pagerduty/lib/provider";
import { TerraformStack, TerraformVariable } from "cdktf";
import { Channel, Chat, Escalation } from "sre-constructs/alerting";
import { OnCall, Rotation } from "sre-constructs/on-call";

/** Pages reach whoever is awake, in Berlin or in Austin; tickets reach the team in working hours, and its channel. */
export function onCall(stack: TerraformStack): Escalation {
  const token = new TerraformVariable(stack, "pagerduty_token", { type: "string", sensitive: true });
  new PagerdutyProvider(stack, "pagerduty", { token: token.stringValue });

  const turns = { timeZone: "Europe/Berlin", start: "2027-01-04T09:00:00+01:00" };
  const primary = new Rotation(stack, "primary", {
    ...turns,
    layers: {
      berlin: { people: ["PANNA01", "PBEN002"], hours: { from: "08:00", to: "20:00" } },
      austin: { people: ["PCARA03", "PDAN004"], hours: { from: "20:00", to: "08:00" } },
    },
  });
  const leads = new Rotation(stack, "leads", { ...turns, layers: { all: { people: ["PEVE005", "PFINN06"] } } });
  const orders = new OnCall(stack, "orders", {
    levels: [{ tell: [primary] }, { tell: [leads], within: "15 minutes" }],
    support: { timeZone: "Europe/Berlin", from: "09:00", to: "17:00" },
  });

  const heartbeat = { endpoint: "https://switch.example.com/orders" };
  const escalation = new Escalation(stack, "escalation", { page: {}, ticket: {}, heartbeat });
  escalation.tell("page", orders.receiver("page"));
  escalation.tell("ticket", orders.receiver("ticket"));
  const channel = Channel.slack({ workspaceId: "T0123ABCD", channelId: "C0123ABCD" });
  new Chat(stack, "chat", { channel, hears: [escalation.topics.ticket] });
  return escalation;
}
