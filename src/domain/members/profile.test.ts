import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Profile } from './member.js';
import { PROFILE_LIMITS, tidyDisplayName, tidyProfile } from './profile.js';

const told = (overrides: Partial<Profile>): Profile => ({
  name: 'Ana',
  headline: '',
  careerStage: undefined,
  skills: [],
  lookingFor: '',
  ...overrides,
});

describe('a profile as it is kept', () => {
  it('loses spaces at the ends and keeps paragraphs apart', () => {
    const tidy = tidyProfile(told({ name: '  Ana   María \n', lookingFor: ' one \r\n\r\n\r\n\r\n two ' }));
    expect(tidy).toMatchObject({ name: 'Ana María', lookingFor: 'one\n\ntwo' });
  });

  it('keeps each skill once, in lower case, in the order told', () => {
    expect(tidyProfile(told({ skills: [' Python', 'policy  analysis', 'PYTHON', ''] })).skills).toEqual([
      'python',
      'policy analysis',
    ]);
  });

  it('refuses a name in which nothing can be seen', () => {
    for (const name of ['', '   ', '\u200b\u202e', '\n\t']) {
      expect(() => tidyProfile(told({ name }))).toThrow('profile.name-missing');
    }
  });

  it('counts the skills that are too many', () => {
    const skills = Array.from({ length: 16 }, (_, index) => `skill ${index}`);
    expect(() => tidyProfile(told({ skills }))).toThrow(
      expect.objectContaining({ problem: { code: 'profile.too-many-skills', count: 16, most: 15 } }),
    );
  });

  it('drops direction overrides, which could make a name read as another, and keeps joiners that scripts need', () => {
    expect(tidyProfile(told({ name: 'Ana\u202enimda' })).name).toBe('Ananimda');
    expect(tidyProfile(told({ name: 'می\u200cخواهم 👩\u200d🔬' })).name).toBe('می\u200cخواهم 👩\u200d🔬');
  });

  it('stays within its limits for any text, and never splits a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 4000 }), (text) => {
        const tidy = tidyProfile(told({ name: `A${text}`, headline: text, lookingFor: text }));
        expect([...tidy.name].length).toBeLessThanOrEqual(PROFILE_LIMITS.name);
        expect([...tidy.headline].length).toBeLessThanOrEqual(PROFILE_LIMITS.headline);
        expect(tidy.lookingFor).not.toMatch(/\p{Surrogate}/u);
        expect(tidyProfile(tidy)).toEqual(tidy);
      }),
    );
  });

  it('gives people without a readable platform name one', () => {
    expect(tidyDisplayName('\u200b')).toBe('Member');
    expect(tidyDisplayName('ana.f')).toBe('ana.f');
  });
});
