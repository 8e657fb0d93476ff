import type { Dict } from './json.js';
import type { Occasion } from './sights.js';

export interface UserRecord {
  id: string;
  teamId: string;
  name: string;
  realName: string;
  email: string;
  tz: string;
  locale: string;
  isAdmin: boolean;
  isOwner: boolean;
  isPrimaryOwner: boolean;
  isRestricted: boolean;
  isUltraRestricted: boolean;
  isStranger: boolean;
  isBot: boolean;
  isDeleted: boolean;
}

export interface ChannelRecord {
  id: string;
  teamId: string;
  name: string;
  kind: 'public' | 'private' | 'im';
  members: Set<string>;
  botIsMember: boolean;
  isArchived: boolean;
  messages: MessageRecord[];
}

export interface FileRecord {
  id: string;
  teamId: string;
  name: string;
  title: string;
  mimetype: string;
  size: number;
  url: string;
  bytes?: Buffer;
}

export interface MessageRecord {
  ts: string;
  teamId: string;
  channelId: string;
  from: string;
  byApp: boolean;
  text: string;
  blocks: Dict[];
  attachments: Dict[];
  files: FileRecord[];
  threadTs?: string;
  metadata?: Dict;
  /** The only person who sees it. */
  ephemeralFor?: string;
  isEdited: boolean;
  isDeleted: boolean;
}

export interface ViewRecord {
  id: string;
  teamId: string;
  userId: string;
  kind: 'modal' | 'home';
  content: Dict;
  hash: string;
  rootId: string;
  previousId: string | null;
  /** What the person put in so far: block id → action id → value as in `state.values`. */
  typed: Map<string, Dict>;
  isOpen: boolean;
  /** Where the person was when it opened. */
  channelId?: string;
  /** What it was opened in answer to: a response URL from there may carry the answer to its submission. */
  openedBy?: Occasion;
  publishes: number;
}

/** What an installation of the app is made of. */
export interface InstallRecord {
  botToken: string;
  botId: string;
  botUserId: string;
  scopes: Set<string>;
  token: 'active' | 'token_revoked' | 'account_inactive';
}

export interface EnterpriseRecord extends InstallRecord {
  id: string;
  name: string;
}

export interface TeamRecord extends InstallRecord {
  id: string;
  name: string;
  domain: string;
  enterprise?: EnterpriseRecord;
  /** Whether the installation is the enterprise's, for all its workspaces. */
  isOrgWide: boolean;
  homeTabEnabled: boolean;
  messagesTabEnabled: boolean;
}

/** Everything that exists in the fake's workspaces, by id. */
export class World {
  readonly teams = new Map<string, TeamRecord>();
  readonly enterprises = new Map<string, EnterpriseRecord>();
  readonly users = new Map<string, UserRecord>();
  readonly channels = new Map<string, ChannelRecord>();
  readonly views = new Map<string, ViewRecord>();
  readonly files = new Map<string, FileRecord>();
  readonly #dms = new Map<string, ChannelRecord>();
  readonly #now: () => number;
  #ids = 0;
  #lastTs = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** A new id such as `U00000A1`: never used before, in any workspace. */
  nextId(prefix: string): string {
    this.#ids += 1;
    return `${prefix}${(0xa00000 + this.#ids).toString(16).toUpperCase().padStart(8, '0')}`;
  }

  /** A message timestamp, later than every one before. */
  nextTs(): string {
    this.#lastTs = Math.max(this.#lastTs + 1, Math.floor(this.#now() * 1000));
    return `${Math.floor(this.#lastTs / 1e6)}.${String(this.#lastTs % 1e6).padStart(6, '0')}`;
  }

  /** The app's conversation with this person; opened when there was none. */
  dmWith(user: UserRecord): ChannelRecord {
    const open = this.#dms.get(user.id);
    if (open) return open;
    const id = this.nextId('D');
    const members = new Set([user.id]);
    const dm: ChannelRecord = { ...EMPTY_DM, id, teamId: user.teamId, name: 'directmessage', members, messages: [] };
    this.channels.set(id, dm);
    this.#dms.set(user.id, dm);
    return dm;
  }

  findUserByName(teamId: string, name: string): UserRecord | undefined {
    return [...this.users.values()].find((user) => user.teamId === teamId && user.name === name);
  }

  findChannelByName(teamId: string, name: string): ChannelRecord | undefined {
    return [...this.channels.values()].find((channel) => channel.teamId === teamId && channel.name === name);
  }

  findFile(idOrUrl: string): FileRecord | undefined {
    return this.files.get(idOrUrl) ?? [...this.files.values()].find(({ url }) => url === idOrUrl);
  }

  /** The modals a person has open, the bottom one first. */
  stackOf(userId: string): ViewRecord[] {
    return [...this.views.values()].filter((view) => view.kind === 'modal' && view.isOpen && view.userId === userId);
  }

  homeOf(userId: string): ViewRecord | undefined {
    return [...this.views.values()].find((view) => view.kind === 'home' && view.userId === userId);
  }
}

const EMPTY_DM = { kind: 'im', botIsMember: true, isArchived: false } as const;
