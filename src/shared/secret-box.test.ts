import { inspect } from 'node:util';
import { assert, property, string, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSecretBox, keyId, makeKey, readKeys, type SecretProblem, writeKey } from './secret-box.js';

const [key, otherKey] = [makeKey(), makeKey()];
const box = createSecretBox([key]);
const place = { table: 'connections', column: 'sealed_token', rowId: 'T1' };

/** Why it stays closed. */
function problemOf(open: () => string): string {
  try {
    return `opened: ${open()}`;
  } catch (error) {
    return (error as SecretProblem).code;
  }
}

describe('a sealed secret', () => {
  it('opens where it was sealed, whatever it and its row are called', () => {
    const texts = string({ unit: 'grapheme' });
    assert(
      property(tuple(texts, texts), ([secret, rowId]) => {
        expect(box.open(box.seal(secret, { ...place, rowId }), { ...place, rowId })).toBe(secret);
      }),
    );
  });

  it('shows nothing of itself, and looks different each time', () => {
    const [first, second] = [box.seal('xoxb-secret', place), box.seal('xoxb-secret', place)];
    expect(first).not.toBe(second);
    expect(first).toMatch(/^v1\.[\w-]{8}\.[\w-]{16}\.[\w-]+\.[\w-]{22}$/);
    expect(Buffer.from(first.split('.')[3] ?? '', 'base64url').toString()).not.toContain('secret');
  });

  it('does not open in another row, column or table', () => {
    const sealed = box.seal('xoxb-secret', place);
    for (const moved of [{ rowId: 'T2' }, { column: 'sealed_other' }, { table: 'others' }]) {
      expect(problemOf(() => box.open(sealed, { ...place, ...moved }))).toBe('not-sound');
    }
    // Names that read the same when put in a row are still other names.
    const joined = box.seal('x', { table: 'a', column: 'b.c', rowId: 'd' });
    expect(problemOf(() => box.open(joined, { table: 'a.b', column: 'c', rowId: 'd' }))).toBe('not-sound');
  });

  it('does not open when any part of it was changed, cut or added to', () => {
    const sealed = box.seal('xoxb-secret', place);
    const parts = sealed.split('.');
    for (const position of [2, 3, 4]) {
      const bytes = Buffer.from(parts[position] ?? '', 'base64url');
      bytes[0] = (bytes[0] ?? 0) ^ 1;
      const changed = parts.with(position, bytes.toString('base64url')).join('.');
      expect(problemOf(() => box.open(changed, place))).toBe('not-sound');
    }
    const shortTag = parts.with(4, (parts[4] ?? '').slice(0, 6)).join('.');
    for (const broken of ['', 'xoxb-secret', shortTag, `${sealed}.more`, sealed.replace('v1', 'v2')]) {
      expect(problemOf(() => box.open(broken, place))).toBe('not-sound');
    }
  });

  it('does not open with another key, and says that the key is what is missing', () => {
    expect(problemOf(() => createSecretBox([otherKey]).open(box.seal('x', place), place))).toBe('unknown-key');
    const renamed = box.seal('x', place).replace(keyId(key), keyId(otherKey));
    expect(problemOf(() => createSecretBox([otherKey]).open(renamed, place))).toBe('not-sound');
  });
});

describe('several keys', () => {
  it('open what each of them sealed, while the first seals', () => {
    const old = createSecretBox([otherKey]).seal('x', place);
    const rotating = createSecretBox([key, otherKey]);
    expect(rotating.open(old, place)).toBe('x');
    expect(rotating.isCurrent(old)).toBe(false);
    const fresh = rotating.seal('x', place);
    expect(rotating.isCurrent(fresh)).toBe(true);
    expect(box.open(fresh, place)).toBe('x');
  });

  it('are read as they are written, with commas or lines between', () => {
    const read = readKeys(`${writeKey(key)} , ${writeKey(otherKey)}\n`) ?? [];
    expect(read.map(keyId)).toEqual([key, otherKey].map(keyId));
    for (const bad of ['short', writeKey(key).slice(4), `${writeKey(key)},x`, `A${writeKey(key)}`]) {
      expect(readKeys(bad)).toBeUndefined();
    }
  });

  it('show their bytes to nobody who prints them', () => {
    expect(inspect(key, { depth: 9 }) + JSON.stringify(key)).not.toContain(writeKey(key).slice(0, 10));
  });
});
