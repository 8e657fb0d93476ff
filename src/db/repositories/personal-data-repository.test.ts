import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aMember, anIdentity } from '../../../tests/builders/members.js';
import { aCity, aMembership, anOrg } from '../../../tests/builders/orgs.js';
import type { Identity, Member } from '../../domain/members/member.js';
import type { Org } from '../../domain/orgs/org.js';
import { type Database, migrate, openDatabase } from '../database.js';
import { keptTexts } from '../kept-texts.js';

let folder: string;
let database: Database;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-erase-'));
  database = openDatabase(join(folder, 'rollcall.db'));
  await migrate(database.connection);
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const clock = { now: () => DateTime.fromISO('2026-03-01T10:00:00Z', { zone: 'utc' }) as DateTime<true> };

/** Which of the words stand in any file of the database, the log included. */
function foundInFiles(words: readonly string[]): string[] {
  const contents = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  return words.filter((word) => contents.some((bytes) => bytes.includes(Buffer.from(word, 'utf8'))));
}

/** Somebody with something in every place, and what they can be found by. */
function somebody(suffix: string) {
  const member = aMember({
    profile: {
      name: `Zebulon Quastenflosser ${suffix}`,
      headline: `Counts crustaceans ${suffix}`,
      careerStage: 'senior',
      skills: [`sediment coring ${suffix}`],
      lookingFor: `A quiet estuary ${suffix}`,
    },
    city: aCity({ name: `Xanthippe ${suffix}` }),
  });
  const onDiscord = anIdentity(member.id, {
    account: { platform: 'discord', teamId: '', accountId: `91827364500${suffix}` },
    directChannelId: `81726354900${suffix}`,
    reach: 'open',
  });
  const onSlack = anIdentity(member.id, {
    account: { platform: 'slack', teamId: 'T1', accountId: `U0ZEB${suffix}` },
    directChannelId: `D0ZEB${suffix}`,
  });
  const { profile, city, id } = member;
  const words = [
    ...[profile.name, profile.headline, profile.lookingFor, ...profile.skills, city?.name ?? '', id],
    ...[onDiscord, onSlack].flatMap((one) => [one.id, one.account.accountId, one.directChannelId ?? '']),
  ];
  return { member, identities: [onDiscord, onSlack], words };
}

async function keep(one: { member: Member; identities: Identity[] }, ...orgs: Org[]): Promise<void> {
  await database.inTransaction(async (repositories) => {
    await repositories.members.add(one.member);
    for (const identity of one.identities) await repositories.members.addIdentity(identity);
    for (const { id } of orgs) {
      await repositories.orgs.saveMembership(aMembership({ orgId: id, memberId: one.member.id }));
    }
  });
}

const erase = ({ id }: Member) =>
  database.inTransaction(({ personalData }) => personalData.erase(id), { leavesNoTrace: true });

describe('erasing a member', () => {
  it('leaves nothing to be found in the file or its log, also of what they changed before', async () => {
    const [org, other] = [anOrg(), anOrg()];
    await database.inTransaction(async ({ orgs }) => {
      await orgs.add(org);
      await orgs.add(other);
    });
    const zeb = somebody('777');
    await keep(zeb, org, other);
    await database.inTransaction(({ members }) =>
      members.updateProfile(zeb.member.id, { ...zeb.member.profile, headline: 'Once upon a headline' }),
    );
    const texts = keptTexts(database.connection, clock);
    await texts.keep(`1:requests.approve:{"member":"${zeb.member.id}"}`);
    await texts.keep(`1:run:{"command":"crm member","options":{"member":"${zeb.member.profile.name}"}}`);
    const kept = await texts.keep('1:run:{"command":"orgs browse","options":{"query":"estuary"}}');
    database.sqlite.pragma('wal_checkpoint(TRUNCATE)');
    expect(foundInFiles(zeb.words)).toEqual(zeb.words.filter((word) => !word.startsWith('Counts')));

    const accounts = await erase(zeb.member);

    expect(foundInFiles([...zeb.words, 'Once upon a headline'])).toEqual([]);
    expect(accounts).toEqual(zeb.identities.map(({ account }) => account));
    expect(await texts.find(kept)).toBeDefined();
  });

  it('leaves nothing between the rows of many others, who stay as they were', async () => {
    const org = anOrg();
    await database.inTransaction(({ orgs }) => orgs.add(org));
    const people = Array.from({ length: 150 }, (_, index) => somebody(String(1000 + index)));
    for (const one of people) await keep(one, org);
    const [gone, stay] = [people.filter((_, index) => index % 3 === 0), people.filter((_, index) => index % 3 !== 0)];
    for (const { member } of gone) await erase(member);
    expect(foundInFiles(gone.flatMap(({ words }) => words))).toEqual([]);
    for (const { member } of stay) {
      expect(await database.inTransaction(({ members }) => members.get(member.id))).toEqual(member);
    }
    const summary = await database.inTransaction(({ orgs }) => orgs.findSummary(org.id, undefined));
    expect(summary?.activeMembers).toBe(stay.length);
  });

  it('leaves no trace while others go on writing', async () => {
    const people = Array.from({ length: 12 }, (_, index) => somebody(String(3000 + index)));
    const [zeb, ...others] = people;
    if (!zeb) throw new Error('Nobody is there.');
    await keep(zeb);
    await Promise.all([
      ...others.slice(0, 6).map((one) => keep(one)),
      erase(zeb.member),
      ...others.slice(6).map((one) => keep(one)),
    ]);
    expect(foundInFiles(zeb.words)).toEqual([]);
    expect(foundInFiles(others.map(({ member }) => member.id))).toHaveLength(others.length);
  });

  it('takes them out of what others’ links remember', async () => {
    const [ana, zeb] = [somebody('1'), somebody('777')];
    await keep(ana);
    await keep(zeb);
    const journal = [
      { kind: 'folded', table: 'memberships', row: { decided_by: zeb.member.id }, into: {}, cells: {} },
      { kind: 'renamed', table: 'kept_payloads', key: { key: zeb.member.profile.name }, column: 'payload' },
    ];
    await database.connection
      .insertInto('member_links')
      .values({
        id: 'a-link',
        member_id: ana.member.id,
        absorbed_id: aMember().id,
        asked_name: 'Ana',
        confirmed_name: 'Ana',
        linked_at: '2026-03-01T10:00:00.000Z',
        journal: JSON.stringify(journal),
      })
      .execute();
    await erase(zeb.member);
    expect(foundInFiles(zeb.words)).toEqual([]);
    const held = await database.inTransaction(({ personalData }) => personalData.list(ana.member.id));
    expect(held.map(({ title }) => title)).toContain('Accounts you linked');
  });

  it('counts an org’s members anew, and takes a pending request away without counting it', async () => {
    const org = anOrg();
    await database.inTransaction(({ orgs }) => orgs.add(org));
    const [ana, ben] = [somebody('1'), somebody('2')];
    await keep(ana, org);
    await keep(ben);
    await database.inTransaction(({ orgs }) =>
      orgs.saveMembership(aMembership({ orgId: org.id, memberId: ben.member.id, status: 'pending' })),
    );
    await erase(ben.member);
    const activeMembers = async () =>
      (await database.inTransaction(({ orgs }) => orgs.findSummary(org.id, undefined)))?.activeMembers;
    expect(await activeMembers()).toBe(1);
    await erase(ana.member);
    expect(await activeMembers()).toBe(0);
  });

  it('does nothing the second time', async () => {
    const zeb = somebody('777');
    await keep(zeb);
    await erase(zeb.member);
    expect(await erase(zeb.member)).toEqual([]);
  });
});

describe('what is held about a member', () => {
  it('is told part by part, in words and with moments, and of nobody else', async () => {
    const org = anOrg({ name: 'BAISH' });
    await database.inTransaction(({ orgs }) => orgs.add(org));
    const [zeb, other] = [somebody('777'), somebody('888')];
    await keep(zeb, org);
    await keep(other, org);
    const held = await database.inTransaction(({ personalData }) => personalData.list(zeb.member.id));
    expect(held.map(({ title, records }) => [title, records.length])).toEqual([
      ['You', 1],
      ['Your accounts', 2],
      ['What you want to hear', 1],
      ['Your orgs', 1],
    ]);
    const [you, accounts, heard, orgs] = held.map(({ records }) => records);
    expect(you?.[0]).toMatchObject({
      Name: zeb.member.profile.name,
      'Career stage': 'Senior',
      Skills: zeb.member.profile.skills,
      'Location on': false,
      'Said “stop”': undefined,
      Agreed: zeb.member.consentedAt,
    });
    expect(accounts?.map((one) => one.Platform)).toEqual(['Discord', 'Slack']);
    expect(heard?.[0]).toMatchObject({ 'New events': 'Weekly', Reminders: '1d,1h' });
    expect(orgs?.[0]).toMatchObject({ Org: 'BAISH', Role: 'Member', Status: 'Active' });
    expect(JSON.stringify(held)).not.toContain('888');
    for (const word of zeb.words) expect(JSON.stringify(held)).toContain(word);
  });

  it('is nothing for somebody unknown', async () => {
    expect(await database.inTransaction(({ personalData }) => personalData.list(aMember().id))).toEqual([]);
  });
});
