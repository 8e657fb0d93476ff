import { DomainError } from '../errors.js';
import type { Profile } from './member.js';

/** Longest texts a profile takes, in characters; the forms enforce the same numbers. */
export const PROFILE_LIMITS = { name: 80, headline: 120, lookingFor: 500, skill: 40, skills: 15 } as const;

/**
 * A profile as it is kept: trimmed, line breaks kept only where a paragraph is asked for, skills in lower case without
 * repeats. Invisible direction and control characters go, as they could make a name read as something else.
 *
 * @throws DomainError `profile.name-missing` if nothing is left of the name, `profile.too-many-skills` above 15.
 */
export function tidyProfile(profile: Profile): Profile {
  const name = tidyLine(profile.name, PROFILE_LIMITS.name);
  if (name === '') throw new DomainError({ code: 'profile.name-missing' });
  const skills = [...new Set(profile.skills.map((skill) => tidyLine(skill, PROFILE_LIMITS.skill).toLowerCase()))];
  const told = skills.filter((skill) => skill !== '');
  if (told.length > PROFILE_LIMITS.skills) {
    throw new DomainError({ code: 'profile.too-many-skills', count: told.length, most: PROFILE_LIMITS.skills });
  }
  return {
    name,
    headline: tidyLine(profile.headline, PROFILE_LIMITS.headline),
    careerStage: profile.careerStage,
    skills: told,
    lookingFor: tidyParagraph(profile.lookingFor, PROFILE_LIMITS.lookingFor),
  };
}

/** A display name that a platform gave, made fit to be kept; people without a readable one become "Member". */
export function tidyDisplayName(name: string): string {
  return tidyLine(name, PROFILE_LIMITS.name) || 'Member';
}

/** One line of text: no control or direction-override characters, single spaces, cut to so many characters. */
export function tidyLine(text: string, most: number): string {
  return cut(withoutInvisibles(text).replace(/\s+/gu, ' ').trim(), most);
}

function tidyParagraph(text: string, most: number): string {
  const lines = withoutInvisibles(text)
    .split(/\r?\n/u)
    .map((line) => line.replace(/\s+/gu, ' ').trim());
  return cut(
    lines
      .join('\n')
      .replace(/\n{3,}/gu, '\n\n')
      .trim(),
    most,
  );
}

/**
 * Drops control characters, direction overrides and isolates (U+202A–202E, U+2066–2069) and zero-width fillers.
 * Joiners (U+200C, U+200D) stay: Persian, Hindi and many emoji need them.
 */
function withoutInvisibles(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cc}\u200B\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu, (character) =>
      /[\n\r\t]/u.test(character) ? character : '',
    );
}

/** Cuts by whole characters, so that an emoji is never split. */
function cut(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : characters.slice(0, most).join('').trimEnd();
}
