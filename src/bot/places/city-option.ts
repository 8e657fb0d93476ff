import { cityNames, cityText } from '../../domain/places/city.js';
import type { Places } from '../../domain/places/places.js';
import type { FormField } from '../forms.js';
import { lookupOption, type Option, type Suggest } from '../options.js';

const MOST_SUGGESTIONS = 25;

/** Longest text that names a city, with its region and country. */
const MOST_TYPED = 100;

/** Offers places while one types. What is picked is written so that `Places.resolve` reads it as that very place. */
export function suggestPlaces(places: Places): Suggest {
  return async (_actor, text) => {
    const cities = await places.suggest(text, MOST_SUGGESTIONS);
    const names = cityNames(cities);
    return cities.map((city, index) => ({ value: cityText(city), label: names[index] ?? city.name }));
  };
}

/** A city by name, with type-ahead. The handler resolves what was sent, as a name may stand for several places. */
export function cityOption(description: string, suggest: Suggest): Option<string, false> {
  return lookupOption(description, suggest, { most: MOST_TYPED, example: 'Lisbon' });
}

/** A city by name in a form; empty when it was left out. The handler resolves it. */
export function cityField(label: string, suggest: Suggest, { hint }: { hint?: string } = {}): FormField<string> {
  return {
    label,
    ...(hint === undefined ? {} : { hint }),
    isRequired: false,
    input: { kind: 'lookup', suggest, placeholder: 'Lisbon' },
    read(raw) {
      const text = (Array.isArray(raw) ? raw[0] : raw)?.trim() ?? '';
      if ([...text].length <= MOST_TYPED) return { ok: true, value: text };
      return { ok: false, problem: `A city’s name has up to ${MOST_TYPED} characters.` };
    },
  };
}
