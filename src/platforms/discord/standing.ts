import { type REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { Standing } from './permissions.js';

const User = z.object({ id: z.string() });
const Member = z.object({ roles: z.array(z.string()) });
const Roles = z.array(z.object({ id: z.string(), permissions: z.string() }));

/** Finds out how the bot stands in a server: Discord tells its roles, and what they mean is reckoned here. */
export function createStanding(rest: REST) {
  let own: string | undefined;

  const ownId = async (): Promise<string> => {
    own ??= User.parse(await rest.get(Routes.user('@me'))).id;
    return own;
  };

  /** @throws DiscordAPIError, such as when the bot is not in that server. */
  return async (guildId: string): Promise<Standing> => {
    const userId = await ownId();
    const [member, roles] = await Promise.all([
      rest.get(Routes.guildMember(guildId, userId)),
      rest.get(Routes.guildRoles(guildId)),
    ]);
    return { guildId, userId, roles: Roles.parse(roles), ownRoles: Member.parse(member).roles };
  };
}

export type AskStanding = ReturnType<typeof createStanding>;
