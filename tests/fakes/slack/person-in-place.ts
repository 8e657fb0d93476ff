import { takeCommandAck } from './acks.js';
import { type EventQueue, sendEvent } from './events.js';
import type { Hands } from './hands.js';
import type { Dict } from './json.js';
import { commandPayload } from './payloads.js';
import { post } from './posting.js';
import { Seen } from './seen.js';
import type { Occasion } from './sights.js';
import type { Stage } from './stage.js';
import { asSent, escapeMarkup } from './typed-text.js';
import { Watch } from './watch.js';
import type { ChannelRecord } from './world.js';

/** A person with a conversation in front of them. */
export class PersonInPlace {
  readonly #stage: Stage;
  readonly #events: EventQueue;
  readonly #hands: Hands;
  readonly #channel: ChannelRecord;

  constructor(stage: Stage, events: EventQueue, hands: Hands, channel: ChannelRecord) {
    this.#stage = stage;
    this.#events = events;
    this.#hands = hands;
    this.#channel = channel;
  }

  #occasion(from: Occasion['from']): Occasion {
    const { user, team } = this.#hands.actor;
    return { userId: user.id, teamId: team.id, from, channelId: this.#channel.id };
  }

  /** Runs a slash command and waits for the answer: in the acknowledgement, later, as a message or a modal. */
  async runs(command: string, text = ''): Promise<Seen> {
    const occasion = this.#occasion('command');
    const sent = this.#commandText(text);
    const payload = commandPayload(this.#stage, this.#hands.actor, this.#channel, occasion, { command, text: sent });
    const what = `${this.#hands.actor.user.name} ran ${command} ${text}`.trimEnd();
    const take = (ack: Dict) => takeCommandAck(this.#stage, occasion, ack);
    const outlook = await this.#hands.act(occasion, { type: 'slash_commands', payload }, { what, take });
    return new Seen(this.#hands, outlook);
  }

  #commandText(text: string): string {
    if (!this.#stage.settings.shouldEscape) return escapeMarkup(text.trim());
    return asSent(this.#stage.world, this.#channel.teamId, text.trim());
  }

  /** Writes a message. The app hears of it as far as its scopes and its membership go. */
  async says(
    text: string,
    { expectsAnswer = true, threadTs }: { expectsAnswer?: boolean; threadTs?: string } = {},
  ): Promise<Seen> {
    const occasion = this.#occasion('event');
    const { user, team } = this.#hands.actor;
    const watch = new Watch(this.#stage, occasion, this.#stage.world.dmWith(user).id);
    const sent = asSent(this.#stage.world, team.id, text).replace(/<([@#]\w+)\|[^>]+>/g, '<$1>');
    const draft = { text: sent, blocks: [], attachments: [], from: user.id, byApp: false };
    const message = post(this.#stage, this.#channel, { ...draft, ...(threadTs ? { threadTs } : {}) });
    await Promise.all(this.#tell(sent, message.ts, threadTs).map((delivery) => delivery?.outcome));
    const what = `${user.name} wrote "${text}"`;
    const ms = expectsAnswer ? this.#stage.settings.patienceMs : 0;
    const surfaces = await watch.settled({ ms, mayBeNothing: !expectsAnswer, what });
    return new Seen(this.#hands, { surfaces, position: watch.position, occasion });
  }

  #tell(text: string, ts: string, threadTs?: string) {
    const { user, team } = this.#hands.actor;
    const { id, kind, botIsMember } = this.#channel;
    if (!botIsMember) return [];
    const common = {
      user: user.id,
      channel: id,
      text,
      ts,
      event_ts: ts,
      team: team.id,
      ...(threadTs ? { thread_ts: threadTs } : {}),
    };
    const channelType = { public: 'channel', private: 'group', im: 'im' }[kind];
    const message = { type: 'message', channel_type: channelType, ...common };
    const told = [sendEvent(this.#stage, this.#events, team, message, `message.${kind}`)];
    const isMention = kind !== 'im' && text.includes(`<@${team.botUserId}>`);
    if (isMention) told.push(sendEvent(this.#stage, this.#events, team, { type: 'app_mention', ...common }));
    return told;
  }
}
