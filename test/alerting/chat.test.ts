import { ChatbotSlackChannelConfiguration } from "@cdktf/provider-aws/lib/chatbot-slack-channel-configuration";
import { ChatbotTeamsChannelConfiguration } from "@cdktf/provider-aws/lib/chatbot-teams-channel-configuration";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Channel, Chat, ChatProps, Escalation, SEVERITIES } from "../../lib/alerting";
import { synth } from "../synth";

const SLACK = { workspaceId: "T0123ABCD", channelId: "C0123ABCD" };
const TEAMS = {
  tenantId: "8c3f1b5e-1f53-4b0b-9d5a-0f5d8a1c2b3d",
  teamId: "0f5d8a1c-1f53-4b0b-9d5a-8c3f1b5e2b3d",
  channelId: "19%3ab6ef35dc342d56ba%40thread.tacv2",
};

/** Tickets are told in the channel alone. */
const chat = (props: Partial<ChatProps> = {}) =>
  synth((stack) => {
    const { topics } = new Escalation(stack, "escalation", { page: { emails: ["on-call@example.com"] }, ticket: {} });
    new Chat(stack, "chat", { channel: Channel.slack(SLACK), hears: [topics.ticket], ...props });
  });

const LOOK = "arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess";

test("a Slack channel hears of tickets, and that is somebody to reach", () => {
  expect(chat().the(ChatbotSlackChannelConfiguration)).toMatchObject({
    configuration_name: "test-chat",
    slack_team_id: "T0123ABCD",
    slack_channel_id: "C0123ABCD",
    sns_topic_arns: [expect.stringMatching(/^\$\{aws_sns_topic\.escalation_ticket_\w+\.arn\}$/)],
  });
});

test("a channel of Teams hears of them, too", () => {
  expect(chat({ channel: Channel.teams(TEAMS) }).the(ChatbotTeamsChannelConfiguration)).toMatchObject({
    tenant_id: TEAMS.tenantId,
    team_id: TEAMS.teamId,
    channel_id: TEAMS.channelId,
  });
});

test("from a channel people look, and change nothing", () => {
  const stack = chat();
  expect(stack.the(IamRolePolicyAttachment).policy_arn).toBe(LOOK);
  expect(stack.the(ChatbotSlackChannelConfiguration).guardrail_policy_arns).toEqual([LOOK]);
  expect(JSON.parse(stack.the(IamRole).assume_role_policy).Statement[0].Principal).toEqual({
    Service: "chatbot.amazonaws.com",
  });
});

test("where people may do more, it is said", () => {
  const guardrails = ["arn:aws:iam::111122223333:policy/restart"];
  expect(chat({ guardrails }).the(ChatbotSlackChannelConfiguration).guardrail_policy_arns).toEqual(guardrails);
});

test.each<[string, Partial<ChatProps>, string]>([
  ["no topic", { hears: [] }, "test/chat: 'hears' must name at least one topic"],
  [
    "no guardrail",
    { guardrails: [] },
    "'guardrails' must name at least one, got []; without, AWS lets a channel do all",
  ],
  [
    "the name of a channel",
    { channel: Channel.slack({ ...SLACK, channelId: "#orders" }) },
    "'channel.channelId' must be the id of a channel, such as C0123ABCD, got \"#orders\"",
  ],
  [
    "a workspace by its name",
    { channel: Channel.slack({ ...SLACK, workspaceId: "shop" }) },
    "'channel.workspaceId' must be the id of a workspace",
  ],
  [
    "a channel of Teams by its name",
    { channel: Channel.teams({ ...TEAMS, channelId: "orders" }) },
    "'channel.channelId' must be the id of a channel as its address has it",
  ],
  [
    "a tenant that is none",
    { channel: Channel.teams({ ...TEAMS, tenantId: "shop" }) },
    "'channel.tenantId' must be the id",
  ],
  ["a team that is none", { channel: Channel.teams({ ...TEAMS, teamId: "shop" }) }, "'channel.teamId' must be the id"],
])("fails on %s", (_, props, message) => {
  expect(() => chat(props)).toThrow(message);
});

test("each urgency of an alarm begins as one severity, the worst first", () => {
  expect(SEVERITIES.map(({ name }) => name)).toEqual(["SEV1", "SEV2", "SEV3", "SEV4"]);
  const urgencies = SEVERITIES.flatMap(({ urgency }) => urgency ?? []);
  expect(urgencies).toEqual(["page", "ticket"]);
});

test("whoever pages is looked back at", () => {
  for (const { urgency, reviewed } of SEVERITIES) if (urgency === "page") expect(reviewed).toBe(true);
});
