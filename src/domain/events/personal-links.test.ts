import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anEvent } from '../../../tests/builders/events.js';
import { aMember } from '../../../tests/builders/members.js';
import { anOrg } from '../../../tests/builders/orgs.js';
import { type Database, migrate, openDatabase } from '../../db/database.js';
import { markedUrl, newLinkToken, personalLinkTo } from './personal-links.js';

const org = anOrg();
const event = anEvent({ orgId: org.id, url: 'https://luma.com/reading' });
const now = event.firstSeenAt;
const [ana, ben] = [aMember(), aMember()];
let database: Database;

beforeEach(async () => {
  database = openDatabase(':memory:');
  await migrate(database.connection);
  await database.inTransaction(async ({ orgs, events, members }) => {
    await orgs.add(org);
    await events.addAll([event]);
    for (const member of [ana, ben]) await members.add(member);
  });
});
afterEach(() => database.close());

const linkOf = (member: typeof ana, to = event) =>
  database.inTransaction(({ personalLinks }) => personalLinkTo(personalLinks, to, member.id, now));

describe('personalLinkTo', () => {
  it('is one for each member and event, and stays the same', async () => {
    const first = await linkOf(ana);
    expect(first).toMatch(/^https:\/\/luma\.com\/reading\?utm_source=rc-[0-9a-z]{16}$/);
    expect(await linkOf(ana)).toBe(first);
    expect(await linkOf(ben)).not.toBe(first);
    expect(await database.connection.selectFrom('personal_links').selectAll().execute()).toHaveLength(2);
  });

  it.each([undefined, 'not an address'])('leads nowhere, and is not kept, for an event at %s', async (url) => {
    expect(await linkOf(ana, { ...event, url })).toBeUndefined();
    expect(await database.connection.selectFrom('personal_links').selectAll().execute()).toEqual([]);
  });
});

describe('markedUrl', () => {
  it('keeps the address’s own query and fragment out', () => {
    expect(markedUrl('https://luma.com/a?utm_source=mail&tk=secret#top', 'rc-x')).toBe(
      'https://luma.com/a?utm_source=rc-x',
    );
  });

  it('makes tokens that nobody can guess', () => {
    expect(new Set(Array.from({ length: 500 }, newLinkToken)).size).toBe(500);
  });
});
