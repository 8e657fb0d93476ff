import type { Problem } from './problems.js';

type ErrorTree = { [key: string]: ErrorTree | { code: string; message: string }[] };

/** A refusal in Discord's own shape. @see developers/topics/opcodes-and-status-codes, "JSON Error Codes" */
export class DiscordError extends Error {
  override readonly name = 'DiscordError';
  readonly status: number;
  readonly code: number;
  readonly problems: Problem[];

  constructor(status: number, code: number, message: string, problems: Problem[] = []) {
    super(message);
    this.status = status;
    this.code = code;
    this.problems = problems;
  }

  /** The answer's body. */
  toJSON(): unknown {
    const base = { message: this.message, code: this.code };
    return this.problems.length === 0 ? base : { ...base, errors: errorTree(this.problems) };
  }

  /** One line per broken rule, for the log of violations. */
  describe(): string[] {
    if (this.problems.length === 0) return [`${this.code} ${this.message}`];
    return this.problems.map(({ path, code, message }) => `${path.join('.') || '(body)'}: ${code} ${message}`);
  }
}

/** A body that breaks Discord's rules: 400 with the tree of what is wrong where. */
export function invalidBody(problems: Problem[]): DiscordError {
  return new DiscordError(400, 50035, 'Invalid Form Body', problems);
}

function errorTree(problems: Problem[]): ErrorTree {
  const tree: ErrorTree = {};
  for (const { path, code, message } of problems) {
    let node = tree;
    for (const key of path.map(String)) {
      node[key] ??= {};
      node = node[key] as ErrorTree;
    }
    const earlier = (node._errors ?? []) as { code: string; message: string }[];
    node._errors = [...earlier, { code, message }];
  }
  return tree;
}

/** The refusals the fake gives, each with the status it comes with. Statuses are as seen in the wild where undocumented. */
export const refusals = {
  unauthorized: () => new DiscordError(401, 0, '401: Unauthorized'),
  notFound: () => new DiscordError(404, 0, '404: Not Found'),
  methodNotAllowed: () => new DiscordError(405, 0, '405: Method Not Allowed'),
  notJson: () => new DiscordError(400, 50109, 'The request body contains invalid JSON.'),
  tooLarge: () => new DiscordError(413, 40005, 'Request entity too large'),
  unknownApplication: () => new DiscordError(404, 10002, 'Unknown Application'),
  unknownChannel: () => new DiscordError(404, 10003, 'Unknown Channel'),
  unknownGuild: () => new DiscordError(404, 10004, 'Unknown Guild'),
  unknownMember: () => new DiscordError(404, 10007, 'Unknown Member'),
  unknownMessage: () => new DiscordError(404, 10008, 'Unknown Message'),
  unknownUser: () => new DiscordError(404, 10013, 'Unknown User'),
  unknownWebhook: () => new DiscordError(404, 10015, 'Unknown Webhook'),
  unknownInteraction: () => new DiscordError(404, 10062, 'Unknown interaction'),
  unknownCommand: () => new DiscordError(404, 10063, 'Unknown application command'),
  unknownEvent: () => new DiscordError(404, 10070, 'Unknown Guild Scheduled Event'),
  tooManyEvents: () =>
    new DiscordError(400, 30038, 'Maximum number of uncompleted guild scheduled events reached (100)'),
  finishedEvent: () => new DiscordError(400, 180000, 'Cannot update a finished event'),
  tooManyCommandCreates: () =>
    new DiscordError(400, 30034, 'Max number of daily application command creates has been reached (200)'),
  tooManyAttachments: () => new DiscordError(400, 30015, 'Maximum number of attachments in a message reached (10)'),
  flaggedAsSpam: () =>
    new DiscordError(403, 20026, 'Your bot has been flagged by our anti-spam system for abusive behavior.'),
  openingDmsTooFast: () => new DiscordError(403, 40003, 'You are opening direct messages too fast.'),
  alreadyAcknowledged: () => new DiscordError(400, 40060, 'Interaction has already been acknowledged.'),
  tooManyFollowUps: () =>
    new DiscordError(400, 40094, 'This interaction has reached the maximum number of follow up messages.'),
  missingAccess: () => new DiscordError(403, 50001, 'Missing Access'),
  notYourMessage: () => new DiscordError(403, 50005, 'Cannot edit a message authored by another user'),
  emptyMessage: () => new DiscordError(400, 50006, 'Cannot send an empty message'),
  notHere: () => new DiscordError(400, 50024, 'Cannot execute action on this channel type'),
  cannotMessageUser: () => new DiscordError(403, 50007, 'Cannot send messages to this user'),
  missingPermissions: () => new DiscordError(403, 50013, 'Missing Permissions'),
  invalidToken: () => new DiscordError(401, 50027, 'Invalid Webhook Token'),
  invalidRecipient: () => new DiscordError(400, 50033, 'Invalid Recipient(s)'),
  unknownReference: () =>
    invalidBody([{ path: ['message_reference'], code: 'REPLIES_UNKNOWN_MESSAGE', message: 'Unknown message' }]),
  noReplyWithoutHistory: () => new DiscordError(403, 160002, 'Cannot reply without permission to read message history'),
  noMutualGuild: () => new DiscordError(403, 50278, 'Cannot send messages to this user due to having no mutual guilds'),
} as const;
