import { FakeChannel } from './channel.js';
import { type EventQueue, type RemovalOrder, sendEvent, tellTakenBack } from './events.js';
import { userPayload } from './methods/payloads.js';
import { Person } from './person.js';
import type { Stage } from './stage.js';
import type { TeamRecord, UserRecord } from './world.js';

/** A person to add; the name is what others mention them by. */
export type NewUser = { name: string } & Partial<Omit<UserRecord, 'id' | 'teamId' | 'name'>>;

export interface NewChannel {
  isPrivate?: boolean;
  /** Who is in it; everybody of the workspace, now and later, without. */
  members?: Person[];
  botIsMember?: boolean;
}

export interface NewWorkspace {
  name?: string;
  botToken?: string;
  scopes?: readonly string[];
  /** Whether the app is there from the start; it is without. */
  isInstalled?: boolean;
}

/** A workspace with the app installed. */
export class Workspace {
  readonly record: TeamRecord;
  readonly #stage: Stage;
  readonly #events: EventQueue;
  readonly #openChannels = new Set<string>();

  constructor(
    stage: Stage,
    events: EventQueue,
    { name = 'Riverbend', botToken, scopes, isInstalled = true }: NewWorkspace,
  ) {
    const { world, settings } = stage;
    const id = world.nextId('T');
    this.#stage = stage;
    this.#events = events;
    this.record = {
      id,
      name,
      domain: name.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
      botToken: botToken ?? `xoxb-${id}`,
      botId: world.nextId('B'),
      botUserId: world.nextId('U'),
      scopes: new Set(scopes ?? settings.scopes),
      token: isInstalled ? 'active' : 'account_inactive',
      isOrgWide: false,
      homeTabEnabled: true,
      messagesTabEnabled: true,
    };
    world.teams.set(id, this.record);
    const bot = { ...DEFAULT_USER, id: this.record.botUserId, teamId: id, name: 'rollcall', realName: 'Rollcall' };
    world.users.set(bot.id, { ...bot, email: '', isBot: true });
  }

  get id(): string {
    return this.record.id;
  }

  get botToken(): string {
    return this.record.botToken;
  }

  get botUserId(): string {
    return this.record.botUserId;
  }

  /** A code as after somebody allowed the app here, which `oauth.v2.access` trades for a bot token. */
  get oauthCode(): string {
    const scopes = [...this.record.scopes];
    return this.#stage.grants.issue({ placeId: this.id, scopes, redirectUri: undefined });
  }

  addUser(user: NewUser): Person {
    const { name } = user;
    const id = this.#stage.world.nextId('U');
    const known = { realName: name, email: `${name}@example.org`, ...user };
    const record: UserRecord = { ...DEFAULT_USER, ...known, id, teamId: this.id };
    this.#stage.world.users.set(id, record);
    for (const channelId of this.#openChannels) this.#stage.world.channels.get(channelId)?.members.add(id);
    return new Person(this.#stage, this.record, this.#events, record);
  }

  /** Someone new arrives, and the app hears of it as `team_join`. */
  async joins(user: NewUser): Promise<Person> {
    const person = this.addUser(user);
    const payload = userPayload(person.record, this.record.scopes.has('users:read.email'), true);
    const event = { type: 'team_join', user: payload, event_ts: this.#stage.world.nextTs() };
    await sendEvent(this.#stage, this.#events, this.record, event)?.outcome;
    return person;
  }

  addChannel(name: string, { isPrivate = false, members, botIsMember = true }: NewChannel = {}): FakeChannel {
    const id = this.#stage.world.nextId('C');
    const people = [...this.#stage.world.users.values()].filter((user) => user.teamId === this.id && !user.isBot);
    const kind = isPrivate ? 'private' : 'public';
    const inside = new Set((members ?? people).map((one) => one.id));
    const base = {
      id,
      teamId: this.id,
      name,
      kind,
      members: inside,
      botIsMember,
      isArchived: false,
      messages: [],
    } as const;
    const record = { ...base, messages: [] };
    this.#stage.world.channels.set(id, record);
    if (!members) this.#openChannels.add(id);
    return new FakeChannel(record);
  }

  /** Takes scopes away or grants others, as a reinstallation does. */
  grants(scopes: readonly string[]): void {
    this.record.scopes = new Set(scopes);
  }

  /** Someone removes the app: the token is dead, and both events come, in no order to rely on. */
  async uninstalls(order?: RemovalOrder): Promise<void> {
    this.losesToken();
    await tellTakenBack(this.#stage, this.#events, { team: this.record, botUserId: this.botUserId }, order);
  }

  /** The token is dead, and nobody tells the app, as when it did not listen. */
  losesToken(): void {
    this.record.token = 'account_inactive';
  }
}

const DEFAULT_USER = {
  tz: 'Europe/London',
  locale: 'en-GB',
  isAdmin: false,
  isOwner: false,
  isPrimaryOwner: false,
  isRestricted: false,
  isUltraRestricted: false,
  isStranger: false,
  isBot: false,
  isDeleted: false,
} as const;
