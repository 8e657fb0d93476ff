import { expect, it } from 'vitest';
import { areAlike } from './similar-names.js';

it.each([
  ['Lisbon Reading Group', 'lisbon  reading-group'],
  ['Atelier Interprétabilité Paris', 'Atelier Interpretabilite Paris'],
  ['Buenos Aires AI Safety Hub', 'Buenos Aires AI Safty Hubs'],
  ['BAISH', 'baish'],
])('takes “%s” and “%s” for the same', (one, other) => {
  expect(areAlike(one, other)).toBe(true);
});

it.each([
  ['BAISH', 'BASH'],
  ['AI Safety Oxford', 'AI Safety Lisbon'],
  ['!!!', '???'],
])('tells “%s” from “%s”', (one, other) => {
  expect(areAlike(one, other)).toBe(false);
});
