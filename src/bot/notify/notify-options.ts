import type { ChoicesService } from '../../domain/notifications/choices-service.js';
import type { QuietHours } from '../../domain/notifications/quiet-hours.js';
import { readQuietHours } from '../../domain/notifications/quiet-hours-text.js';
import { fold } from '../../shared/fold.js';
import { isMember } from '../actor.js';
import {
  type Choice,
  choicesOption,
  lookupOption,
  type Option,
  type Read,
  type Suggest,
  textOption,
} from '../options.js';
import { zoneWords } from './notify-words.js';

const MOST_SUGGESTIONS = 25;

/**
 * Some of a few values with commas between, or one word that stands for a list of its own, such as `none`. What may
 * follow is offered while one types.
 */
export function listOption<const Value extends string>(
  description: string,
  labels: Readonly<Record<Value, string>>,
  { word, means, meaning }: { word: string; means: Value[]; meaning: string },
): Option<Value[], false> {
  const some = choicesOption(description, labels);
  const first: Choice = { value: word, label: `${word} · ${meaning}` };
  return {
    ...some,
    input: { kind: 'lookup', suggest: suggestLists(labels, first), most: 200 },
    read: (text, context) => {
      if (fold(text) === word) return { ok: true, value: means };
      const read = some.read(text, context);
      return read.ok ? read : { ok: false, problem: `${read.problem.slice(0, -1)}, or ${word}.` };
    },
  };
}

/** Lists that go on from what was typed: "talk, w" offers "talk,workshop". */
function suggestLists(labels: Readonly<Record<string, string>>, word: Choice): Suggest {
  return async (_actor, text) => {
    const words = text.split(',').map(fold);
    const begun = words.pop() ?? '';
    const before = words.filter((value) => Object.hasOwn(labels, value));
    const following = Object.entries(labels)
      .filter(([value, label]) => !before.includes(value) && (fold(label).includes(begun) || value.startsWith(begun)))
      .map(([value]) => [...before, value]);
    const lists = following.map((values) => ({
      value: values.join(','),
      label: values.map((value) => labels[value] ?? value).join(', '),
    }));
    const isWord = before.length === 0 && word.value.startsWith(begun);
    return [...lists, ...(isWord ? [word] : [])].slice(0, MOST_SUGGESTIONS);
  };
}

/** Quiet hours as people write them; `undefined` inside for `off`. */
export function quietOption(description: string): Option<{ hours: QuietHours | undefined }, false> {
  return { ...textOption(description, { most: 100, example: '22:00-08:00' }), read: readQuiet };
}

/** Reads quiet hours, or says in words what is wrong with them. */
export function readQuiet(text: string): Read<{ hours: QuietHours | undefined }> {
  const read = readQuietHours(text);
  switch (read.kind) {
    case 'hours':
      return { ok: true, value: { hours: read.hours } };
    case 'off':
      return { ok: true, value: { hours: undefined } };
    case 'whole-day':
      return { ok: false, problem: 'That would be quiet all day. To hear of no new events, choose frequency none.' };
    case 'unreadable':
      return { ok: false, problem: 'It takes two times of day such as 22:00-08:00, or off.' };
  }
}

/** A zone by its name or by a city, offered while one types. */
export function suggestZones(choices: Pick<ChoicesService, 'suggestZones'>): Suggest {
  return async (_actor, text) =>
    (await choices.suggestZones(text, MOST_SUGGESTIONS)).map(({ zone, city }) => ({
      value: zone,
      label: city === '' ? `${zoneWords(zone)} · ${zone}` : `${city} · ${zone}`,
    }));
}

export const zoneOption = (choices: Pick<ChoicesService, 'suggestZones'>): Option<string, false> =>
  lookupOption('Such as Europe/Lisbon, or a city', suggestZones(choices), { example: 'Europe/Lisbon' });

/** An org of the member's own that is, or is not, muted; what is sent is its slug, or whatever was typed. */
export function ownOrgOption(
  choices: Pick<ChoicesService, 'show'>,
  description: string,
  isOffered: { isMuted: boolean },
): Option<string, false> {
  const suggest: Suggest = async (actor, text) => {
    if (!isMember(actor)) return [];
    const { orgs } = await choices.show(actor.memberId);
    return orgs
      .filter(
        ({ org, isMuted }) => isMuted === isOffered.isMuted && fold(`${org.name} ${org.slug}`).includes(fold(text)),
      )
      .slice(0, MOST_SUGGESTIONS)
      .map(({ org }) => ({ value: org.slug, label: org.name }));
  };
  return lookupOption(description, suggest, { example: 'BAISH' });
}
