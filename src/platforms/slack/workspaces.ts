import type { Authorize, webApi } from '@slack/bolt';
import type { DateTime } from 'luxon';

/** What Slack tells when a workspace or an enterprise takes its permission back. */
export interface TakenBack {
  /** Of the installation: a workspace's, or an enterprise's for an org-wide one. */
  id: string;
  at: DateTime;
  /** Whose tokens; nothing when the app was removed as a whole. */
  botUserIds: readonly string[] | undefined;
}

/**
 * The workspaces the bot serves and how it speaks in each: one by its token, or many by their installations. What Slack
 * sends comes by a `Transport`, which is another choice.
 */
export interface Workspaces {
  /** Finds out which there are. @throws StartProblem when no retry can help; anything else when one may. */
  load(): Promise<void>;
  serves(teamId: string): boolean;
  /** The Web API as the bot in that workspace, never with another's token; refused by Slack where we are not. */
  clientFor(teamId: string): webApi.WebClient;
  /** Whose token goes with what came in; none where we are not installed. */
  authorize: Authorize<boolean>;
  takeBack(taken: TakenBack): Promise<void>;
  /** Why nothing works, in words for an operator; nothing when all is well. */
  trouble(): string | undefined;
  /** How many there are, in words for an operator, where that can change. */
  summary(): string | undefined;
}
