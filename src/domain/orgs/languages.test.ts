import { expect, it } from 'vitest';
import { findLanguage, languageName } from './languages.js';

it('knows languages by their English name, their own, and their code', () => {
  expect(['Portuguese', 'português', 'PT', ' deutsch ', 'Mandarin'].map(findLanguage)).toEqual([
    'pt',
    'pt',
    'pt',
    'de',
    'zh',
  ]);
  expect([findLanguage('Klingonese'), findLanguage('')]).toEqual([undefined, undefined]);
  expect([languageName('es'), languageName('not a code')]).toEqual(['Spanish', 'not a code']);
});
