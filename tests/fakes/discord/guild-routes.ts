import { refusals } from './discord-errors.js';
import type { Json } from './json.js';
import type { Call, Route } from './router.js';
import type { Guild, World } from './world.js';
import type { WorldJson } from './world-json.js';

/** Reading servers, their channels and members, and single users. `canListMembers`: the privileged intent is on. */
export function guildRoutes({
  world,
  json,
  canListMembers,
}: {
  world: World;
  json: WorldJson;
  canListMembers: boolean;
}): Route[] {
  function find({ params }: Call): Guild {
    const guild = world.guilds.get(params.guild ?? '');
    if (!guild?.hasBot) throw refusals.unknownGuild();
    return guild;
  }

  function channels(call: Call): Json[] {
    const { id } = find(call);
    return [...world.channels.values()].filter(({ guildId }) => guildId === id).map(json.channel);
  }

  function member(call: Call): Json {
    const guild = find(call);
    const found = guild.members.get(call.params.user === '@me' ? world.botId : (call.params.user ?? ''));
    if (!found) throw refusals.unknownMember();
    return json.member(guild, found);
  }

  function members(call: Call): Json[] {
    const guild = find(call);
    if (!canListMembers) throw refusals.missingAccess();
    const after = BigInt(call.query.get('after') ?? 0);
    const sorted = [...guild.members.values()].sort((one, other) =>
      BigInt(one.userId) < BigInt(other.userId) ? -1 : 1,
    );
    const rest = sorted.filter(({ userId }) => BigInt(userId) > after);
    return rest.slice(0, Number(call.query.get('limit') ?? 1)).map((found) => json.member(guild, found));
  }

  function user({ params }: Call): Json {
    const found = world.users.get(params.user === '@me' ? world.botId : (params.user ?? ''));
    if (!found) throw refusals.unknownUser();
    return json.user(found);
  }

  const own = () => [...world.guilds.values()].filter(({ hasBot }) => hasBot).map(json.guild);
  return [
    { method: 'GET', path: '/users/@me/guilds', access: 'bot', handle: own },
    { method: 'GET', path: '/users/:user', access: 'bot', handle: user },
    { method: 'GET', path: '/guilds/:guild', access: 'bot', handle: (call) => json.guild(find(call)) },
    { method: 'GET', path: '/guilds/:guild/channels', access: 'bot', handle: channels },
    { method: 'GET', path: '/guilds/:guild/roles', access: 'bot', handle: (call) => json.roles(find(call)) },
    { method: 'GET', path: '/guilds/:guild/members', access: 'bot', handle: members },
    { method: 'GET', path: '/guilds/:guild/members/:user', access: 'bot', handle: member },
  ];
}
