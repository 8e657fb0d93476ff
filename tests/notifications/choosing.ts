import type { EventType } from '../../src/domain/events/event.js';
import type { ResponseValue } from '../../src/domain/events/response.js';
import type { Choice } from './histories.js';
import { type Happening, type Life, standing } from './life.js';
import { orgOf, some, type World } from './world.js';

/** Somebody answers an event that they may see and that is ahead. */
export async function answer({ on }: World, life: Life, one: Happening, response: ResponseValue): Promise<void> {
  const now = on.clock.now();
  if (!one.isOn || !one.isPublic || one.startsAt <= now || life.answers.get(one.name)?.response === response) return;
  const rights = { memberId: life.member.id, managedSpace: undefined };
  await on.services.responses.respond(await on.eventId(one.name), response, rights);
  const knows = { knows: standing(one), knowsSince: now };
  life.answers.set(one.name, { response, at: now, ...knows, wasTold: life.answers.get(one.name)?.wasTold });
}

/**
 * Somebody chooses anew, as they do by the panel or by a word. What a message told that was tried and not noted, and is
 * against their choices now, is told again when it suits them.
 */
export async function choose(world: World, life: Life, told: Choice): Promise<void> {
  const { on, weather } = world;
  const now = on.clock.now();
  for (const [name, at] of life.told) {
    if (at < now.minus({ days: 1 }) || now > weather.shakyUntil.plus({ days: 1 })) continue;
    life.told.delete(name);
    life.perhapsTold.add(name);
  }
  const { choices, eventReminders, members } = on.services;
  const { id } = life.member;
  const { chosen } = life;
  life.since = now;
  switch (told.what) {
    case 'frequency':
      await choices.setFrequency(id, told.frequency);
      life.chosen = { ...chosen, frequency: told.frequency };
      return;
    case 'quiet': {
      const at = (minutes: number) => ({ hour: Math.floor(minutes / 60), minute: minutes % 60 });
      await choices.setQuietHours(id, told.quiet && { from: at(told.quiet[0]), to: at(told.quiet[1]) });
      life.chosen = { ...chosen, quiet: told.quiet };
      return;
    }
    case 'zone':
      await choices.setZone(id, told.zone);
      life.chosen = { ...chosen, zone: told.zone };
      return;
    case 'types':
      await choices.setTypes(id, told.types as EventType[] | undefined);
      life.chosen = { ...chosen, types: told.types };
      return;
    case 'reminders':
      await choices.setReminders(id, told.reminders);
      life.chosen = { ...chosen, reminders: told.reminders };
      return;
    case 'own': {
      const one = some(world, told.which);
      if (!one?.isPublic) return;
      const rights = { memberId: id, managedSpace: undefined };
      await eventReminders.choose(await on.eventId(one.name), told.reminders ?? 'usual', rights);
      const own = new Map(chosen.own);
      if (told.reminders) own.set(one.name, told.reminders);
      else own.delete(one.name);
      life.chosen = { ...chosen, own };
      return;
    }
    case 'mute':
    case 'unmute': {
      if (!life.orgs.has(told.org)) return;
      const { id: orgId } = orgOf(world, told.org);
      await (told.what === 'mute' ? choices.mute(id, orgId) : choices.unmute(id, orgId));
      const muted = new Set(chosen.muted);
      if (told.what === 'mute') muted.add(told.org);
      else muted.delete(told.org);
      life.chosen = { ...chosen, muted };
      return;
    }
    case 'stop':
    case 'resume':
      if (told.what === 'stop') await members.stopMessages(life.identity.account);
      else await members.resumeMessages(id);
      life.chosen = { ...chosen, isStopped: told.what === 'stop' };
  }
}
