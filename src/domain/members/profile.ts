import { tidyLine, tidyParagraph } from '../../shared/tidy-text.js';
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
