import { expect, it } from 'vitest';
import { readWebsite } from './website.js';

it.each([
  ['https://baish.com.ar', 'https://baish.com.ar/'],
  [' baish.com.ar/about ', 'https://baish.com.ar/about'],
  ['HTTP://Example.org', 'http://example.org/'],
])('keeps %s', (text, kept) => {
  expect(readWebsite(text)).toBe(kept);
});

it.each([
  'javascript:alert(1)',
  'data:text/html,x',
  'ftp://example.org',
  'https://user:secret@example.org',
  'localhost:3000',
  'not a site',
  `https://example.org/${'x'.repeat(200)}`,
  '',
])('refuses %s', (text) => {
  expect(readWebsite(text)).toBeUndefined();
});
