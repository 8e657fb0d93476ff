import { findCountry, suggestCountries } from '../../domain/places/countries.js';
import type { Option, Suggest } from '../options.js';

const MOST_SUGGESTIONS = 25;

const suggest: Suggest = async (_actor, text) =>
  suggestCountries(text)
    .slice(0, MOST_SUGGESTIONS)
    .map(({ code, name }) => ({ value: code, label: name }));

/** A country by its English name or its two-letter code; the value is the code (ISO 3166-1 alpha-2). */
export function countryOption(description: string): Option<string, false> {
  return {
    description,
    isRequired: false,
    example: 'Portugal',
    input: { kind: 'lookup', most: 60, suggest },
    read: (text) => {
      const code = findCountry(text);
      if (code) return { ok: true, value: code };
      return { ok: false, problem: 'It takes a country, by name or two-letter code, such as Portugal or PT.' };
    },
  };
}
