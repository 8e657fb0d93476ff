import type { FakeChannel } from './channel.js';
import { type EventQueue, sendEvent } from './events.js';
import { Hands } from './hands.js';
import type { Dict } from './json.js';
import { userPayload } from './methods/payloads.js';
import { shortcutPayload } from './payloads.js';
import { PersonInPlace } from './person-in-place.js';
import { Seen, seenNow } from './seen.js';
import type { Occasion } from './sights.js';
import type { Stage } from './stage.js';
import { viewPayload } from './views.js';
import { Watch } from './watch.js';
import type { TeamRecord, UserRecord } from './world.js';

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
