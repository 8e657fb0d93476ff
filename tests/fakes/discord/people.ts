import { commandData, menuCommandData, type OptionValue } from './command-line.js';
import { Intent } from './gateway.js';
import type { InteractionDraft } from './interactions.js';
import { draftAt, type Place, type Platform, placeInDm, placeInGuild } from './platform.js';
import type { Reference } from './resolved.js';
import { look, perform, type Seen } from './seen.js';
import type { StoredMessage, User } from './world.js';
import { findDm } from './world.js';

/** What a person can do where they are. */
export interface Spot {
  /** Runs a slash command, e.g. `/orgs join`; resolves with what the person finally sees. */
  runs(line: string, options?: Record<string, OptionValue>): Promise<Seen>;
  /** Types into an option and gets its suggestions. */
  types(line: string, option: string, partial: string, others?: Record<string, OptionValue>): Promise<Suggestion[]>;
  /** Picks a command from the menu of a person. */
  runsOnPerson(name: string, person: Reference): Promise<Seen>;
  /** Picks a command from the menu of a message. */
  runsOnMessage(name: string, message: Reference): Promise<Seen>;
  /** The interaction `runs` would send, for `discord.send`. */
  prepares(line: string, options?: Record<string, OptionValue>): InteractionDraft;
}

export interface Suggestion {
  name: string;
  value: string | number;
}

/** Somebody with an account. */
export interface Person extends Reference {
  id: string;
  username: string;
  joins(guild: Reference, member?: { permissions?: bigint; roles?: Reference[] }): void;
  leaves(guild: Reference): void;
  /** In a server's first channel, or the one given. */
  in(guild: Reference, channel?: Reference): Spot;
  inDm(): Spot;
  /** Writes the bot a direct message; resolves once it is on its way. */
  dms(text: string): Promise<void>;
  /** Writes the bot a direct message and resolves with the next message it sends back. */
  asks(text: string): Promise<Seen>;
  /** The id of their conversation with the bot; it is open from then on. */
  conversationId(): string;
  /** The bot's messages in this person's direct messages, oldest first. */
  inbox(): Seen[];
  closesDms(): void;
  opensDms(): void;
  /** Adds the app to their own account. */
  installsApp(): void;
}

type WaitFor = (condition: () => boolean, options?: { what?: string }) => Promise<void>;

/** Gives a stored user hands. */
export function createPerson(platform: Platform, user: User, waitFor: WaitFor): Person {
  const { world } = platform;

  function guildOf({ id }: Reference) {
    const guild = world.guilds.get(id);
    if (!guild) throw new Error(`There is no server ${id}`);
    return guild;
  }

  function inbox(): Seen[] {
    const channel = findDm(world, user.id);
    if (!channel) return [];
    return messagesIn(platform, { user, channel }).filter(({ message }) => message?.authorId === world.botId);
  }

  async function dms(text: string): Promise<void> {
    const { channel } = placeInDm(platform, user);
    announceMessage(platform, platform.messages.postAsPerson(user.id, channel, text));
  }

  return {
    id: user.id,
    username: user.username,
    joins(guild, { permissions = 0n, roles = [] } = {}) {
      const member = {
        userId: user.id,
        permissions: permissions | EVERYBODY,
        roleIds: roles.map(({ id }) => id),
        joinedAt: new Date().toISOString(),
      };
      const found = guildOf(guild);
      found.members.set(user.id, member);
      platform.gateway.dispatch(
        'GUILD_MEMBER_ADD',
        { ...platform.json.member(found, member), guild_id: found.id },
        Intent.guildMembers,
      );
    },
    leaves(guild) {
      guildOf(guild).members.delete(user.id);
      const data = { guild_id: guild.id, user: platform.json.user(user) };
      platform.gateway.dispatch('GUILD_MEMBER_REMOVE', data, Intent.guildMembers);
    },
    in: (guild, channel) => createSpot(platform, () => placeInGuild(platform, user, guildOf(guild), channel?.id)),
    inDm: () => createSpot(platform, () => placeInDm(platform, user)),
    dms,
    async asks(text) {
      const before = inbox().length;
      await dms(text);
      await waitFor(() => inbox().length > before, { what: `an answer to "${text}"` });
      return inbox()[before] as Seen;
    },
    conversationId: () => placeInDm(platform, user).channel.id,
    inbox,
    closesDms() {
      user.acceptsDms = false;
    },
    opensDms() {
      user.acceptsDms = true;
    },
    installsApp() {
      user.hasInstalledApp = true;
    },
  };
}

/** What every member may do: view channels, send messages, use commands. */
const EVERYBODY = (1n << 10n) | (1n << 11n) | (1n << 31n);

function createSpot(platform: Platform, find: () => Place): Spot {
  return {
    async runs(line, given = {}) {
      const place = find();
      return perform(platform, place, { type: 2, data: commandData(platform, place, { line, given }) });
    },
    async types(line, option, partial, given = {}) {
      const place = find();
      const data = commandData(platform, place, { line, given, focused: { name: option, partial } });
      const outcome = await platform.interactions.send(draftAt(platform, place, { type: 4, data })).settled;
      return outcome.kind === 'choices' ? outcome.choices : [];
    },
    async runsOnPerson(name, { id }) {
      const place = find();
      return perform(platform, place, {
        type: 2,
        data: menuCommandData(platform, place, { name, type: 2, targetId: id }),
      });
    },
    async runsOnMessage(name, { id }) {
      const place = find();
      return perform(platform, place, {
        type: 2,
        data: menuCommandData(platform, place, { name, type: 3, targetId: id }),
      });
    },
    prepares(line, given = {}) {
      const place = find();
      return draftAt(platform, place, { type: 2, data: commandData(platform, place, { line, given }) });
    },
  };
}

/** The messages a person sees at a place, oldest first: other people's ephemeral ones are not among them. */
export function messagesIn(platform: Platform, place: Place): Seen[] {
  const { user, channel } = place;
  return [...platform.world.messages.values()]
    .filter(({ channelId, isDeleted }) => channelId === channel.id && !isDeleted)
    .filter(({ ephemeralTo }) => ephemeralTo === undefined || ephemeralTo === user.id)
    .map((message) => look(platform, place, { kind: 'message', message }));
}

/** Tells clients of a new message, with its content only where they may read it. */
export function announceMessage({ world, json, gateway }: Platform, message: StoredMessage): void {
  const channel = world.channels.get(message.channelId);
  if (!channel) return;
  const data = { ...json.message(message), channel_type: channel.type, guild_id: channel.guildId };
  const isDm = channel.type === 1;
  const isReadable = isDm || message.authorId === world.botId || message.content.includes(`<@${world.botId}>`);
  gateway.dispatch('MESSAGE_CREATE', data, isDm ? Intent.directMessages : Intent.guildMessages, (intents) =>
    isReadable || intents & Intent.messageContent
      ? data
      : { ...data, content: '', embeds: [], components: [], attachments: [] },
  );
}
