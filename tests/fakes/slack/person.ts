import { takeCommandAck } from './acks.js';
import type { FakeChannel } from './channel.js';
import { type EventQueue, sendEvent } from './events.js';
import { Hands } from './hands.js';
import type { Dict } from './json.js';
import { userPayload } from './methods/payloads.js';
import { commandPayload, shortcutPayload } from './payloads.js';
import { post } from './posting.js';
import { Seen, seenNow } from './seen.js';
import type { Occasion } from './sights.js';
import type { Stage } from './stage.js';
import { asSent, escapeMarkup } from './typed-text.js';
import { viewPayload } from './views.js';
import { Watch } from './watch.js';
import type { ChannelRecord, TeamRecord, UserRecord } from './world.js';

/** What can change about a person. */
export type PersonChange = Partial<Omit<UserRecord, 'id' | 'teamId'>>;

/** A member of a workspace, driven by a test. */
export class Person {
  readonly record: UserRecord;
  readonly #stage: Stage;
  readonly #team: TeamRecord;
  readonly #events: EventQueue;
  readonly #hands: Hands;

  constructor(stage: Stage, team: TeamRecord, events: EventQueue, record: UserRecord) {
    this.record = record;
    this.#stage = stage;
    this.#team = team;
    this.#events = events;
    this.#hands = new Hands(stage, { user: record, team });
  }

  get id(): string {
    return this.record.id;
  }

  get name(): string {
    return this.record.name;
  }

  /** The person with that channel in front of them. */
  in(channel: FakeChannel | { id: string }): PersonInPlace {
    const record = this.#stage.world.channels.get(channel.id);
    if (!record) throw new Error(`No channel ${channel.id}`);
    return new PersonInPlace(this.#stage, this.#events, this.#hands, record);
  }

  /** The person in their conversation with the app. */
  inDm(): PersonInPlace {
    return this.in({ id: this.dmId });
  }

  get dmId(): string {
    return this.#stage.world.dmWith(this.record).id;
  }

  /** Writes to the app and waits for its answer; with `expectsAnswer: false` only until the message got through. */
  async dms(text: string, options: { expectsAnswer?: boolean } = {}): Promise<Seen> {
    return this.inDm().says(text, options);
  }

  /** What the app sent into the conversation with this person, oldest first. */
  inbox(): Seen[] {
    const dm = this.#stage.world.dmWith(this.record);
    return this.messagesIn(dm.id).filter(({ message }) => message.byApp);
  }

  /** Every message of a channel this person can see, oldest first. */
  messagesIn(channelId: string): Seen[] {
    const channel = this.#stage.world.channels.get(channelId);
    const isThere = channel && (channel.kind === 'public' || channel.members.has(this.id));
    const seen = isThere ? channel.messages : [];
    return seen
      .filter((one) => !one.isDeleted && (one.ephemeralFor === undefined || one.ephemeralFor === this.id))
      .map((message) => seenNow(this.#hands, { kind: 'message', message }, 'message', channelId));
  }

  /** Opens the app's Home tab and waits for it to be published. */
  async opensHome(): Promise<Seen> {
    const home = this.#stage.world.homeOf(this.id);
    const occasion: Occasion = { userId: this.id, teamId: this.#team.id, from: 'home' };
    const view = home ? { view: viewPayload(this.#stage, home) } : {};
    const event = { type: 'app_home_opened', user: this.id, channel: this.dmId, tab: 'home', ...view };
    return this.#sends(
      { ...event, event_ts: this.#stage.world.nextTs() },
      occasion,
      `${this.name} opened the Home tab`,
    );
  }

  async #sends(event: Dict, occasion: Occasion, what: string): Promise<Seen> {
    const watch = new Watch(this.#stage, occasion, this.dmId);
    await sendEvent(this.#stage, this.#events, this.#team, event)?.outcome;
    const surfaces = await watch.settled({ ms: this.#stage.settings.patienceMs, mayBeNothing: false, what });
    return new Seen(this.#hands, { surfaces, position: watch.position, occasion });
  }

  /** The Home tab as it is now, once it was published. */
  get home(): Seen | undefined {
    const view = this.#stage.world.homeOf(this.id);
    return view && seenNow(this.#hands, { kind: 'home', view }, 'home');
  }

  /** The modal in front of the person, whoever opened it. */
  get modal(): Seen | undefined {
    const view = this.#stage.world.stackOf(this.id).at(-1);
    return view && seenNow(this.#hands, { kind: 'modal', view }, 'modal', view.channelId);
  }

  /** Uses one of the app's shortcuts, wherever they are. */
  async usesShortcut(callbackId: string): Promise<Seen> {
    const occasion: Occasion = { userId: this.id, teamId: this.#team.id, from: 'command' };
    const payload = shortcutPayload(this.#stage, { user: this.record, team: this.#team }, callbackId, occasion);
    const doing = { what: `${this.name} used the shortcut ${callbackId}`, take: () => {} };
    return new Seen(this.#hands, await this.#hands.act(occasion, { type: 'interactive', payload }, doing));
  }

  /** The account is closed; the app hears of it as `user_change`. */
  async deactivates(): Promise<void> {
    await this.changes({ isDeleted: true });
  }

  /** Moves to another zone, becomes an admin, takes another name … */
  async changes(change: PersonChange): Promise<void> {
    Object.assign(this.record, change);
    const user = userPayload(this.record, this.#team.scopes.has('users:read.email'), true);
    const event = { type: 'user_change', user, event_ts: this.#stage.world.nextTs() };
    await sendEvent(this.#stage, this.#events, this.#team, event)?.outcome;
  }
}

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
