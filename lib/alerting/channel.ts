import { IConstruct } from "constructs";
import { requireForm } from "../core/guard";
import { requireProps } from "../core/props";

/** A Slack channel; the workspace has let Amazon Q Developer in once, in the console. */
export interface SlackChannel {
  /** `T0123ABCD`. */
  readonly workspaceId: string;
  /** `C0123ABCD`. */
  readonly channelId: string;
}

/** A channel of Microsoft Teams; the tenant has let Amazon Q Developer in once, in the console. */
export interface TeamsChannel {
  readonly tenantId: string;
  readonly teamId: string;
  /** As it stands in the channel's address: `19%3aabc%40thread.tacv2`. */
  readonly channelId: string;
}

const UUID = /^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/;

/** Where people talk to each other, and hear of alarms. */
export class Channel {
  private constructor(
    readonly slack: SlackChannel | undefined,
    readonly teams: TeamsChannel | undefined,
  ) {}

  static slack(channel: SlackChannel): Channel {
    requireProps("Channel.slack", channel, "SlackChannel", "channel");
    return new Channel(channel, undefined);
  }

  static teams(channel: TeamsChannel): Channel {
    requireProps("Channel.teams", channel, "TeamsChannel", "channel");
    return new Channel(undefined, channel);
  }

  /**
   * Refuses ids that the service would refuse.
   *
   * @see https://docs.aws.amazon.com/chatbot/latest/APIReference/API_CreateSlackChannelConfiguration.html
   * @see https://docs.aws.amazon.com/chatbot/latest/APIReference/API_CreateMicrosoftTeamsChannelConfiguration.html
   */
  check(scope: IConstruct): void {
    if (this.slack) {
      const { workspaceId, channelId } = this.slack;
      requireForm(scope, "channel.workspaceId", workspaceId, /^[0-9A-Z]+$/, "the id of a workspace, such as T0123ABCD");
      requireForm(scope, "channel.channelId", channelId, /^[A-Z0-9]+$/i, "the id of a channel, such as C0123ABCD");
    }
    if (this.teams) {
      const { tenantId, teamId, channelId } = this.teams;
      requireForm(scope, "channel.tenantId", tenantId, UUID, "the id of a tenant, a UUID");
      requireForm(scope, "channel.teamId", teamId, UUID, "the id of a team, a UUID");
      const form = "the id of a channel as its address has it, such as 19%3aabc%40thread.tacv2";
      requireForm(scope, "channel.channelId", channelId, /^[\w=+/.,-]*%3[aA][\w=+/.,-]*%40[\w=+/.,-]*$/, form);
    }
  }
}
