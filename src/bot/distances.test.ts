import { expect, it } from 'vitest';
import { distanceWords } from './distances.js';

it.each([
  [0, 'en-GB', 'under 1 km'],
  [0.6, 'en-GB', '1 km'],
  [9.4, 'en-GB', '9 km'],
  [9.6, 'en-GB', '10 km'],
  [12.4, 'pt-PT', '10 km'],
  [12.6, 'pt-PT', '15 km'],
  [487, 'en', '485 km'],
  [9_612, 'en', '9,610 km'],
  [1.7, 'en-US', '1 mile'],
  [0.5, 'en-US', 'under 1 mile'],
  [8, 'en-US', '5 miles'],
  [100, 'en-US', '60 miles'],
])('%s km read %s: %s', (km, locale, words) => {
  expect(distanceWords(km, locale)).toBe(words);
});
