import type { Json } from './json.js';
import type { Place, Platform } from './platform.js';

/** A person, role or channel handed to an option or a select. */
export interface Reference {
  id: string;
}

/** A file a person attaches. */
export interface FileInput {
  name: string;
  bytes: Buffer | string;
  type?: string;
}

/** The full objects behind the ids in an interaction's data. @see developers/interactions/receiving-and-responding */
export class Resolved {
  private readonly groups: Record<string, Json> = {};
  private readonly platform: Platform;
  private readonly place: Place;

  constructor(platform: Platform, place: Place) {
    this.platform = platform;
    this.place = place;
  }

  /** Adds what an id stands for, as option and select kinds allow it, and gives the id back. */
  add({ id }: Reference, allowed: readonly ('user' | 'role' | 'channel')[]): string {
    const found = allowed.some((kind) => this.tryAdd(id, kind));
    if (!found) throw new Error(`${id} is not a ${allowed.join(' or ')} that can be picked here`);
    return id;
  }

  addFile({ name, bytes, type = 'application/octet-stream' }: FileInput): string {
    const id = this.platform.world.nextId();
    const content = Buffer.from(bytes);
    this.put('attachments', id, this.platform.json.attachment({ id, name, type, bytes: content }));
    this.platform.world.uploads.push({ id, name, type, bytes: content });
    return id;
  }

  toJSON(): Json | undefined {
    return Object.keys(this.groups).length === 0 ? undefined : this.groups;
  }

  private tryAdd(id: string, kind: 'user' | 'role' | 'channel'): boolean {
    const { world, json } = this.platform;
    const { guild } = this.place;
    const user = kind === 'user' ? world.users.get(id) : undefined;
    const role = kind === 'role' && guild ? json.roles(guild).find((candidate) => candidate.id === id) : undefined;
    const channel = kind === 'channel' ? world.channels.get(id) : undefined;
    const member = guild?.members.get(id);
    if (user) this.put('users', id, json.user(user));
    if (user && guild && member) this.put('members', id, { ...json.member(guild, member), user: undefined });
    if (role) this.put('roles', id, role);
    if (channel && channel.guildId === guild?.id)
      this.put('channels', id, { ...json.channel(channel), permissions: '0' });
    return Boolean(user ?? role ?? channel);
  }

  private put(group: string, id: string, value: Json): void {
    this.groups[group] = { ...this.groups[group], [id]: value };
  }
}

/** Which references the entity selects and the options of the same kinds take. */
export const REFERENCES = {
  user: ['user'],
  role: ['role'],
  mentionable: ['user', 'role'],
  channel: ['channel'],
} as const;
