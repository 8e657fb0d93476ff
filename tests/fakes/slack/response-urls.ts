import { asFlag, type Dict } from './json.js';
import { contentOf, edit, post, remove } from './posting.js';
import type { Occasion } from './sights.js';
import { SlackError } from './slack-error.js';
import { noting, type Stage } from './stage.js';
import type { ChannelRecord, MessageRecord } from './world.js';

interface ResponseUrl {
  occasion: Occasion;
  issuedAt: number;
  uses: number;
}

const LIFETIME_MS = 30 * 60_000;
const MAX_USES = 5;

/** Response URLs: five uses within thirty minutes, in any channel, without a token. */
export class ResponseUrls {
  readonly #urls = new Map<string, ResponseUrl>();
  #count = 0;

  issue(stage: Stage, occasion: Occasion): string {
    this.#count += 1;
    const path = `/response/${occasion.teamId}/${this.#count}`;
    this.#urls.set(path, { occasion, issuedAt: stage.settings.now(), uses: 0 });
    return `${stage.origin}${path}`;
  }

  /** @throws SlackError `used_url` (unknown, too old or used up), or what is wrong with the message. */
  receive(stage: Stage, path: string, body: Dict): void {
    const url = this.#urls.get(path);
    if (!url) throw new SlackError('used_url');
    if (stage.settings.now() - url.issuedAt > LIFETIME_MS) throw new SlackError('expired_url');
    if (url.uses >= MAX_USES) throw new SlackError('used_url');
    noting(stage, 'response_url', () => respond(stage, url.occasion, body, 'response_url'));
    url.uses += 1;
  }
}

/** A response as Slack takes it from a response URL or from a command's acknowledgement. */
export function respond(stage: Stage, occasion: Occasion, body: Dict, where: string): void {
  const channel = channelOf(stage, occasion);
  const original = channel.messages.find(({ ts, isDeleted }) => ts === occasion.messageTs && !isDeleted);
  if (asFlag(body.delete_original)) {
    if (original) remove(stage, original, occasion);
    return;
  }
  const content = contentOf(stage, where, body, occasion.teamId);
  if (asFlag(body.replace_original) && original) {
    edit(stage, original, content, occasion);
    return;
  }
  const posted = postResponse(stage, channel, occasion, body, { content, where });
  // The first response stands for the original; what was pressed stays the original.
  occasion.messageTs ??= posted.ts;
}

function postResponse(
  stage: Stage,
  channel: ChannelRecord,
  occasion: Occasion,
  body: Dict,
  { content, where }: { content: ReturnType<typeof contentOf>; where: string },
): MessageRecord {
  const isPublic = body.response_type === 'in_channel';
  if (typeof body.thread_ts === 'string' && !isPublic) {
    stage.violations.push(`${where}: thread_ts works with response_type in_channel only`);
  }
  const from = stage.world.teams.get(occasion.teamId)?.botUserId ?? '';
  const audience = isPublic ? {} : { ephemeralFor: occasion.userId };
  const thread = isPublic && typeof body.thread_ts === 'string' ? { threadTs: body.thread_ts } : {};
  return post(stage, channel, { ...content, from, byApp: true, ...audience, ...thread }, occasion);
}

function channelOf(stage: Stage, occasion: Occasion): ChannelRecord {
  const channel = stage.world.channels.get(occasion.channelId ?? '');
  if (!channel) throw new SlackError('channel_not_found');
  return channel;
}
