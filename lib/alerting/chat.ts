import { ChatbotSlackChannelConfiguration } from "@cdktf/provider-aws/lib/chatbot-slack-channel-configuration";
import { ChatbotTeamsChannelConfiguration } from "@cdktf/provider-aws/lib/chatbot-teams-channel-configuration";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Construct, IConstruct } from "constructs";
import { requireThat } from "../core/guard";
import { register } from "../core/hook";
import { nameOf } from "../core/naming";
import { note } from "../core/notes";
import { placeOf } from "../core/place";
import { serviceRole } from "../parts/service-role";
import { Channel, TeamsChannel } from "./channel";

/** What people may see of the account from a channel. */
const LOOK = "CloudWatchReadOnlyAccess";

/** What a {@link Chat} can be told. */
export interface ChatProps {
  readonly channel: Channel;
  /** The topics that are told here: `[escalation.topics.ticket]`. */
  readonly hears: readonly (IConstruct & { readonly arn: string })[];
  /**
   * The ARNs of policies beyond which nobody can do anything from the channel, whatever role they take.
   *
   * @default - CloudWatchReadOnlyAccess: people look at alarms and graphs; AWS itself would let administrators do all
   */
  readonly guardrails?: readonly string[];
}

/**
 * Tells a channel of Slack or Teams of alarms, by Amazon Q Developer in chat applications.
 *
 * From the channel people may look, and change nothing: its role and its guardrails are read-only. A chat does not wake
 * anybody: pages go to a pager as well.
 *
 * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/understanding-permissions.html
 */
export class Chat extends Construct {
  readonly configuration: ChatbotSlackChannelConfiguration | ChatbotTeamsChannelConfiguration;
  readonly role: IamRole;

  constructor(scope: Construct, id: string, props: ChatProps) {
    super(scope, id);
    register(this, props, "ChatProps");
    const { channel, hears } = props;
    const { guardrails = [`arn:${placeOf(this).partition}:iam::aws:policy/${LOOK}`] } = props;
    const isChannel = typeof channel.check === "function";
    requireThat(this, isChannel, { prop: "channel", must: "be Channel.slack(…) or Channel.teams(…)", got: channel });
    channel.check(this);
    requireThat(this, hears.length > 0, { prop: "hears", must: "name at least one topic", got: hears });
    const mend = "without, AWS lets a channel do all that an administrator may";
    requireThat(this, guardrails.length > 0, { prop: "guardrails", must: "name at least one", got: guardrails, mend });
    this.role = serviceRole(this, "role", {
      service: "chatbot.amazonaws.com",
      managed: [LOOK],
      // The service does not say for which account it takes a role.
      namesAccount: false,
    });
    const common = {
      configurationName: nameOf(this, "chat"),
      iamRoleArn: this.role.arn,
      guardrailPolicyArns: [...guardrails],
      snsTopicArns: hears.map(({ arn }) => arn),
      loggingLevel: "ERROR",
      userAuthorizationRequired: false,
    };
    const { slack, teams } = channel;
    this.configuration = slack
      ? new ChatbotSlackChannelConfiguration(this, "Resource", {
          ...common,
          slackTeamId: slack.workspaceId,
          slackChannelId: slack.channelId,
        })
      : new ChatbotTeamsChannelConfiguration(this, "Resource", { ...common, ...(teams as TeamsChannel) });
    for (const topic of hears) note(topic, "heard", this.node.path);
  }
}
