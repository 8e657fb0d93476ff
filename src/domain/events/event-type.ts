import { fold } from '../../shared/fold.js';
import type { EventType } from './event.js';
import {
  CUTTING,
  MISLEADING,
  TELLING,
  TELLING_AT_THE_END,
  TELLING_LITTLE,
  TELLING_UNSPACED,
} from './event-type-words.js';

/** What a phrase tells: a type, surely, at the end only, or a little; or that its words mean something else. */
interface Told {
  type: EventType | undefined;
  weight: 'surely' | 'at-the-end' | 'little';
}

const PHRASES = new Map<string, Told>([
  ...phrasesOf(TELLING_LITTLE, 'little'),
  ...phrasesOf(TELLING_AT_THE_END, 'at-the-end'),
  ...phrasesOf(TELLING, 'surely'),
  ...words(MISLEADING).map((phrase): [string, Told] => [phrase, { type: undefined, weight: 'surely' }]),
]);
const MOST_WORDS = Math.max(...[...PHRASES.keys()].map((phrase) => phrase.split(' ').length));
const CUTS = new Set(words(CUTTING));
const UNSPACED = Object.entries(TELLING_UNSPACED).flatMap(([type, list]) =>
  list.map((word): [string, EventType] => [fold(word), type as EventType]),
);

/**
 * What kind of event it is, going by the words of its tags, else of its title: the word that names it before those that
 * say what it is about ("Workshop on giving talks"), substance before refreshments ("Lunch talk"). `other` when no word
 * tells. The same words always give the same type; an organiser's own choice comes before it (`typeOf`).
 */
export function ruledType({ title, tags }: { title: string; tags: readonly string[] }): EventType {
  return typeOfTexts(tags) ?? typeOfTexts([title]) ?? 'other';
}

function typeOfTexts(texts: readonly string[]): EventType | undefined {
  const parts = texts.flatMap(partsOf).map(findsIn);
  return (
    firstOf(parts, ({ found }) => nameIn(found)) ??
    firstOf(parts, ({ found }) => typed(found).find(({ told }) => told.weight === 'surely')) ??
    typeUnspaced(texts) ??
    firstOf(parts, ({ found }) => typed(found).find(({ told }) => told.weight === 'little'))
  );
}

/** A title's parts: "Workshop: giving talks | Lisbon" has three, and what names the event tends to be one of them. */
function partsOf(text: string): string[] {
  return fold(text.slice(0, MOST_READ))
    .split(/[:|•·()[\]]|\s[-–—/]+\s/u)
    .filter((part) => part !== '');
}

/** Titles are shorter than that; hostile ones are not read to their end. */
const MOST_READ = 300;

interface Found {
  told: Told;
  /** Before any word that begins what it is about. */
  isInName: boolean;
  /** The last of the words that name it. */
  isLast: boolean;
}

function findsIn(part: string): { found: Found[] } {
  const tokens = part.match(/[\p{L}\p{N}]+|[&+,;]/gu) ?? [];
  const found: Found[] = [];
  let isInName = true;
  for (let at = 0; at < tokens.length; ) {
    const { told, length } = phraseAt(tokens, at);
    if (told) found.push({ told, isInName, isLast: endsName(tokens, at + length) });
    else if (isCut(tokens[at])) isInName = false;
    at += length;
  }
  return { found };
}

/** The longest phrase that begins there; nothing, of one word, when none does. */
function phraseAt(tokens: readonly string[], at: number): { told: Told | undefined; length: number } {
  for (let length = Math.min(MOST_WORDS, tokens.length - at); length > 0; length -= 1) {
    const told = PHRASES.get(tokens.slice(at, at + length).join(' '));
    if (told) return { told, length };
  }
  return { told: undefined, length: 1 };
}

/** Whether the name ends before that word; numbers count for nothing ("Social #12"). */
function endsName(tokens: readonly string[], at: number): boolean {
  const next = tokens.slice(at).find((token) => !/^\p{N}+$/u.test(token));
  return next === undefined || isCut(next);
}

const isCut = (token: string | undefined): boolean =>
  token !== undefined && (CUTS.has(token) || /^[&+,;]$/u.test(token));

const typed = (found: readonly Found[]): Found[] => found.filter(({ told }) => told.type !== undefined);

/** The last word of the name that surely tells: in "Reading group social" it is the social. */
function nameIn(found: readonly Found[]): Found | undefined {
  return typed(found).findLast(
    ({ told, isInName, isLast }) => isInName && (told.weight === 'surely' || (told.weight === 'at-the-end' && isLast)),
  );
}

function firstOf(
  parts: readonly { found: Found[] }[],
  pick: (part: { found: Found[] }) => Found | undefined,
): EventType | undefined {
  return parts.map(pick).find((found) => found !== undefined)?.told.type;
}

function typeUnspaced(texts: readonly string[]): EventType | undefined {
  const folded = fold(texts.join(' ').slice(0, MOST_READ));
  if (!/[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}\p{Script=Hangul}]/u.test(folded)) return undefined;
  return UNSPACED.find(([word]) => folded.includes(word))?.[1];
}

function phrasesOf(lists: Readonly<Partial<Record<EventType, string>>>, weight: Told['weight']): [string, Told][] {
  return Object.entries(lists).flatMap(([type, list]) =>
    words(list).map((phrase): [string, Told] => [phrase, { type: type as EventType, weight }]),
  );
}

function words(list: string): string[] {
  return list.split(',').map(fold);
}
