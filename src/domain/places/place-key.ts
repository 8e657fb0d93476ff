import { fold } from '../../shared/fold.js';

/** Letters that are one of their own to Unicode, and a plain one with a stroke to those who cannot type them. */
const PLAIN: Readonly<Record<string, string>> = {
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ə: 'a',
};

/** First words that are written short as often as in full. */
const IN_FULL: Readonly<Record<string, string>> = { st: 'saint', ste: 'sainte', ft: 'fort', mt: 'mount' };

/**
 * A name in plain letters: lower case, accents and strokes off, letters and digits of any script with single spaces
 * between. "Łódź" and "lodz" are the same.
 */
export function plainKey(text: string): string {
  const plain = fold(text).replace(/[æœßøłđðþħıə]/gu, (letter) => PLAIN[letter] ?? letter);
  return plain
    .replace(/['’ʻʼ`´.]/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** A place's name as it is looked up. "St. Louis" and "saint louis" have the same key, and so have "Łódź" and "lodz". */
export function placeKey(text: string): string {
  return plainKey(text).replace(/^(?:ste?|ft|mt)(?= )/u, (word) => IN_FULL[word] ?? word);
}
