import { type BaseInteraction, InteractionContextType, type Message, PermissionFlagsBits, type User } from 'discord.js';
import type { Place, Visitor } from '../../bot/actor.js';

/**
 * Who is acting, as the interaction's own payload tells it. Manage Server comes from there too, Administrator implied:
 * Discord vouches for it wherever the command was used. So somebody who manages a connected server keeps an admin's
 * rights in it even while only they, and not the server, have the app installed.
 */
export function visitorOf(interaction: BaseInteraction): Visitor {
  const { user, member, locale, memberPermissions } = interaction;
  const nickname = member && ('nickname' in member ? member.nickname : member.nick);
  const place = placeOf(interaction);
  return {
    account: accountOf(user),
    displayName: nickname ?? user.globalName ?? user.username,
    locale,
    zone: undefined,
    place,
    managesSpace: place.kind === 'space' && (memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false),
  };
}

/** Who wrote to the bot. A message tells no language. */
export function visitorOfMessage({ author, channelId }: Message): Visitor {
  return {
    account: accountOf(author),
    displayName: author.globalName ?? author.username,
    locale: 'en-US',
    zone: undefined,
    place: { kind: 'direct', channelId },
    managesSpace: false,
  };
}

function accountOf({ id }: User): Visitor['account'] {
  return { platform: 'discord', teamId: '', accountId: id };
}

function placeOf({ guildId, channelId, context }: BaseInteraction): Place {
  if (guildId !== null) return { kind: 'space', externalId: guildId, channelId: channelId ?? '' };
  // A conversation between other people is not the one with the bot, and never becomes it.
  const isOwnConversation = context !== InteractionContextType.PrivateChannel;
  return { kind: 'direct', channelId: isOwnConversation ? (channelId ?? undefined) : undefined };
}
