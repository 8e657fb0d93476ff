import { refusals } from './discord-errors.js';
import { asNumber, asRecord, type Json } from './json.js';
import { checkScheduledEvent } from './limits/event-limits.js';
import type { Messages } from './messages.js';
import type { Call, Route } from './router.js';
import type { Guild, World } from './world.js';

/** Permission bits for events: making them, and changing other people's. @see developers/topics/permissions */
const CREATE_EVENTS = 1n << 44n;
const MANAGE_EVENTS = 1n << 33n;

/** A server's own scheduled events. @see developers/resources/guild-scheduled-event */
export function eventRoutes({ world, messages }: { world: World; messages: Messages }): Route[] {
  function guildOf({ params }: Call): Guild {
    const guild = world.guilds.get(params.guild ?? '');
    if (!guild?.hasBot) throw refusals.unknownGuild();
    return guild;
  }

  function requirePermission(guild: Guild, any: bigint): void {
    const own = guild.members.get(world.botId)?.permissions ?? 0n;
    if ((own & any) === 0n) throw refusals.missingPermissions();
  }

  function find(call: Call): Json {
    const event = guildOf(call).events.get(call.params.event ?? '');
    if (!event) throw refusals.unknownEvent();
    return event;
  }

  function create(call: Call): Json {
    const guild = guildOf(call);
    requirePermission(guild, CREATE_EVENTS);
    const body = asRecord(call.body);
    messages.verify(undefined, body, () => checkScheduledEvent(body));
    const upcoming = [...guild.events.values()].filter(({ status }) => asNumber(status) <= 2);
    if (upcoming.length >= 100) throw refusals.tooManyEvents();
    const id = world.nextId();
    const event = {
      channel_id: null,
      ...body,
      id,
      guild_id: guild.id,
      creator_id: world.botId,
      status: 1,
      entity_id: null,
      user_count: 0,
    };
    guild.events.set(id, event);
    return event;
  }

  /** One's own by the right to make them; others' by that to manage them. */
  function requireHand(call: Call, event: Json): void {
    requirePermission(guildOf(call), event.creator_id === world.botId ? CREATE_EVENTS | MANAGE_EVENTS : MANAGE_EVENTS);
  }

  function edit(call: Call): Json {
    const event = find(call);
    const body = asRecord(call.body);
    requireHand(call, event);
    if (asNumber(event.status) > 2) throw refusals.finishedEvent();
    messages.verify(undefined, body, () => checkScheduledEvent(body, event));
    return Object.assign(event, body);
  }

  function remove(call: Call): undefined {
    const event = find(call);
    requireHand(call, event);
    guildOf(call).events.delete(String(event.id));
  }

  /** Those that are over or called off are listed no more. */
  const list = (call: Call): Json[] => [...guildOf(call).events.values()].filter(({ status }) => asNumber(status) <= 2);

  const all = '/guilds/:guild/scheduled-events';
  const one = `${all}/:event`;
  return [
    { method: 'GET', path: all, access: 'bot', handle: list },
    { method: 'POST', path: all, access: 'bot', handle: create },
    { method: 'GET', path: one, access: 'bot', handle: find },
    { method: 'PATCH', path: one, access: 'bot', handle: edit },
    { method: 'DELETE', path: one, access: 'bot', handle: remove },
  ];
}
