import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, migrate, openDatabase } from './database.js';
import { dropOldTexts, keptTexts } from './kept-texts.js';

const utc = (text: string) => DateTime.fromISO(text, { zone: 'utc' }) as DateTime<true>;
let database: Database;
let now: DateTime<true>;
const kept = () => keptTexts(database.connection, { now: () => now });

beforeEach(async () => {
  database = openDatabase(':memory:');
  await migrate(database.connection);
  now = utc('2026-03-01T00:00:00Z');
});
afterEach(() => database.close());

describe('kept texts', () => {
  it('come back by a short key, the same one for the same text', async () => {
    const text = `1:orgs.browse:${'x'.repeat(400)}`;
    const key = await kept().keep(text);
    expect(key).toHaveLength(22);
    expect(await kept().keep(text)).toBe(key);
    expect(await kept().find(key)).toBe(text);
    expect(await kept().find('unknown')).toBeUndefined();
  });

  it('go after 30 days without use', async () => {
    const key = await kept().keep('a');
    const used = await kept().keep('b');
    now = utc('2026-03-20T00:00:00Z');
    await kept().keep('b');
    expect(await dropOldTexts(database.connection, utc('2026-04-01T00:00:00Z'))).toBe(1);
    expect(await kept().find(key)).toBeUndefined();
    expect(await kept().find(used)).toBe('b');
  });
});
