import fc from 'fast-check';
import { DateTime, Duration } from 'luxon';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anEvent } from '../../../tests/builders/events.js';
import { aMember, anIdentity } from '../../../tests/builders/members.js';
import { aMembership, anOrg } from '../../../tests/builders/orgs.js';
import { anyMember, anyMembership } from '../../../tests/builders/random-members.js';
import { type Database, migrate, openDatabase } from '../../db/database.js';
import type { Problem } from '../errors.js';
import type { Membership, Org } from '../orgs/org.js';
import type { Account } from './account.js';
import { createLinksService, type LinksService } from './links-service.js';
import type { Identity, Member } from './member.js';

let database: Database;
let now: DateTime<true>;
let links: LinksService;

beforeEach(async () => {
  database = openDatabase(':memory:');
  await migrate(database.connection);
  now = DateTime.fromISO('2026-11-24T14:00:00Z', { zone: 'utc' }) as DateTime<true>;
  links = createLinksService({ inTransaction: database.inTransaction, clock: { now: () => now } });
});
afterEach(() => database.close());

const later = (duration: string) => {
  now = now.plus(Duration.fromISO(duration)) as DateTime<true>;
};

interface Somebody {
  member: Member;
  identity: Identity;
}

async function somebodyOn(account: Partial<Account>, overrides: Partial<Member> = {}): Promise<Somebody> {
  const member = aMember(overrides);
  const identity = anIdentity(member.id);
  const whole = { ...identity, account: { ...identity.account, ...account } };
  await database.inTransaction(async ({ members }) => {
    await members.add(member);
    await members.addIdentity(whole);
  });
  return { member, identity: whole };
}

const onDiscord = (overrides?: Partial<Member>) => somebodyOn({ platform: 'discord' }, overrides);
const onSlack = (overrides?: Partial<Member>, teamId = 'T1') => somebodyOn({ platform: 'slack', teamId }, overrides);

/** Does as both sides do: a code here, typed and confirmed there. */
async function linkUp(asking: Somebody, typing: Somebody, prefer: 'here' | 'there' = 'here') {
  const { code } = await links.newCode(asking.identity.id);
  await links.preview(typing.identity.id, code, prefer);
  return links.confirm(typing.identity.id, { there: asking.identity.id, code, prefer });
}

const memberBehind = async ({ identity }: Somebody) =>
  (await database.inTransaction(({ members }) => members.findByAccount(identity.account)))?.member;

const refused = (code: Problem['code']) => expect.objectContaining({ problem: expect.objectContaining({ code }) });

describe('a code', () => {
  it('links two accounts into one member, whichever way it was typed', async () => {
    const [ana, anna] = [await onDiscord({ zone: undefined }), await onSlack()];
    const { code } = await links.newCode(ana.identity.id);
    expect(code).toMatch(/^[2-9A-HJKMNP-TW-Z]{4}-[2-9A-HJKMNP-TW-Z]{4}$/);
    const typed = `code: ${code.toLowerCase().replace('-', ' ')}`;
    const preview = await links.preview(anna.identity.id, typed, 'here');
    expect([preview.here.member.id, preview.there.member.id]).toEqual([anna.member.id, ana.member.id]);
    await links.confirm(anna.identity.id, { there: ana.identity.id, code: typed, prefer: 'here' });
    expect((await memberBehind(ana))?.id).toBe((await memberBehind(anna))?.id);
    expect((await memberBehind(ana))?.zone).toBe('Europe/Lisbon');
  });

  it('works once, and not after ten minutes', async () => {
    const [ana, anna, third] = [await onDiscord(), await onSlack(), await onSlack({}, 'T2')];
    const { code } = await links.newCode(ana.identity.id);
    later('PT10M');
    await expect(links.preview(anna.identity.id, code, 'here')).rejects.toEqual(refused('links.expired-code'));
    await linkUp(ana, anna);
    await expect(links.preview(third.identity.id, code, 'here')).rejects.toEqual(refused('links.wrong-code'));
  });

  it('is withdrawn when a new one is asked for, or by hand', async () => {
    const [ana, anna] = [await onDiscord(), await onSlack()];
    const { code: first } = await links.newCode(ana.identity.id);
    const { code: second } = await links.newCode(ana.identity.id);
    await expect(links.preview(anna.identity.id, first, 'here')).rejects.toEqual(refused('links.wrong-code'));
    await links.preview(anna.identity.id, second, 'here');
    await links.withdrawCode(ana.member.id);
    const choice = { there: ana.identity.id, code: second, prefer: 'here' as const };
    await expect(links.confirm(anna.identity.id, choice)).rejects.toEqual(refused('links.wrong-code'));
    expect((await memberBehind(anna))?.id).toBe(anna.member.id);
  });

  it('works for no third account once it was typed', async () => {
    const [ana, anna, third] = [await onDiscord(), await onSlack(), await onSlack({}, 'T2')];
    const { code } = await links.newCode(ana.identity.id);
    await links.preview(anna.identity.id, code, 'here');
    const stolen = { there: ana.identity.id, code, prefer: 'here' as const };
    await expect(links.preview(third.identity.id, code, 'here')).rejects.toEqual(refused('links.wrong-code'));
    await expect(links.confirm(third.identity.id, stolen)).rejects.toEqual(refused('links.wrong-code'));
    await links.confirm(anna.identity.id, stolen);
    expect((await memberBehind(third))?.id).toBe(third.member.id);
  });

  it('tells who typed it, as long as that matters', async () => {
    const [ana, anna] = [await onDiscord(), await onSlack()];
    const { code } = await links.newCode(ana.identity.id);
    expect(await links.findTyped(ana.member.id)).toBeUndefined();
    await links.preview(anna.identity.id, code, 'here');
    expect((await links.findTyped(ana.member.id))?.member.id).toBe(anna.member.id);
    later('PT10M');
    expect(await links.findTyped(ana.member.id)).toBeUndefined();
  });

  it('is refused to its own account, to one linked already, and within one place', async () => {
    const [ana, anna] = [await onDiscord(), await onSlack()];
    const { code } = await links.newCode(ana.identity.id);
    await expect(links.preview(ana.identity.id, code, 'here')).rejects.toEqual(refused('links.own-code'));
    const neighbour = await onDiscord();
    await expect(links.preview(neighbour.identity.id, code, 'here')).rejects.toEqual(refused('links.shared-place'));
    await linkUp(ana, anna);
    const again = await links.newCode(ana.identity.id);
    await expect(links.preview(anna.identity.id, again.code, 'here')).rejects.toEqual(refused('links.already'));
    const colleague = await onSlack();
    await expect(links.preview(colleague.identity.id, again.code, 'here')).rejects.toEqual(
      refused('links.shared-place'),
    );
  });

  it('joins accounts in two Slack workspaces, and invented people of the playground', async () => {
    const [one, other] = [await onSlack({}, 'T1'), await onSlack({}, 'T2')];
    await linkUp(one, other);
    expect((await memberBehind(one))?.id).toBe((await memberBehind(other))?.id);
    const [noor, ana] = [await somebodyOn({ platform: 'playground' }), await somebodyOn({ platform: 'playground' })];
    await linkUp(noor, ana);
    expect((await memberBehind(noor))?.id).toBe((await memberBehind(ana))?.id);
  });

  it('is not found by trying: after ten wrong ones within an hour somebody waits, also with the right one', async () => {
    const [ana, anna] = [await onDiscord(), await onSlack()];
    const { code } = await links.newCode(ana.identity.id);
    for (let tries = 0; tries < 10; tries += 1) {
      await expect(links.preview(anna.identity.id, `WRONG${tries}`, 'here')).rejects.toEqual(
        refused('links.wrong-code'),
      );
      later('PT1S');
    }
    await expect(links.preview(anna.identity.id, code, 'here')).rejects.toEqual(refused('codes.wait'));
    later('PT59M50S');
    await linkUp(ana, anna);
  });

  it('is dropped by the daily upkeep once it no longer works, like notes of wrong ones', async () => {
    const [ana, anna] = [await onDiscord(), await onSlack()];
    await links.newCode(ana.identity.id);
    await expect(links.preview(anna.identity.id, 'WRONG', 'here')).rejects.toEqual(refused('links.wrong-code'));
    const kept = () =>
      ['link_codes', 'wrong_codes'].map((table) => database.sqlite.prepare(`select * from ${table}`).all().length);
    later('PT9M');
    await links.dropOldCodes(now);
    expect(kept()).toEqual([1, 1]);
    later('PT52M');
    await links.dropOldCodes(now);
    expect(kept()).toEqual([0, 0]);
  });

  it('makes one link of two taps at once, and tells the second that it is done', async () => {
    const [ana, anna] = [await onDiscord(), await onSlack()];
    const { code } = await links.newCode(ana.identity.id);
    await links.preview(anna.identity.id, code, 'here');
    const choice = { there: ana.identity.id, code, prefer: 'here' as const };
    const taps = await Promise.allSettled([1, 2].map(() => links.confirm(anna.identity.id, choice)));
    expect(taps.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(links.confirm(anna.identity.id, choice)).rejects.toEqual(refused('links.already'));
  });

  it('is not usable by who reads the database', async () => {
    const { code } = await links.newCode((await onDiscord()).identity.id);
    const rows = JSON.stringify(database.sqlite.prepare('select * from link_codes').all());
    expect(rows).not.toContain(code.replace('-', ''));
    expect(rows).not.toContain(code);
  });
});

/** Everything in the tables that hold people, but for what tells of links, in an order that does not matter. */
function allRows(): string[] {
  const tables = ['members', 'identities', 'memberships'];
  const counts = database.sqlite.prepare('select id, active_members from orgs').all();
  const rows = tables.flatMap((table) =>
    database.sqlite
      .prepare(`select * from ${table}`)
      .all()
      .map((row) => `${table} ${JSON.stringify(row)}`),
  );
  return [...rows, ...counts.map((row) => `orgs ${JSON.stringify(row)}`)].sort();
}

async function save(memberships: Membership[]): Promise<void> {
  await database.inTransaction(async ({ orgs }) => {
    for (const membership of memberships) await orgs.saveMembership(membership);
  });
}

const membershipsOf = ({ id }: Member) => database.inTransaction(({ orgs }) => orgs.listMemberships(id));

describe('linking and undoing it', () => {
  it('loses nothing, counts right, and gives back both as they were', async () => {
    const orgs: Org[] = Array.from({ length: 4 }, () => anOrg());
    await database.inTransaction(async (repositories) => {
      for (const org of orgs) await repositories.orgs.add(org);
    });
    const anySide = () => fc.tuple(anyMember(), fc.array(fc.option(anyMembership()), { minLength: 4, maxLength: 4 }));
    await fc.assert(
      fc.asyncProperty(anySide(), anySide(), fc.constantFrom('here', 'there'), async (one, other, prefer) => {
        database.sqlite.exec('delete from members; update orgs set active_members = 0');
        const [asking, typing] = [await onDiscord(one[0]), await onSlack(other[0])];
        const before = [one, other].map(([{ id: memberId }, standings]) =>
          standings.flatMap((standing, place) =>
            standing ? [{ ...standing, memberId, orgId: orgs[place]?.id ?? standing.orgId }] : [],
          ),
        );
        await save(before.flat());
        const rows = allRows();

        await linkUp(asking, typing, prefer);

        const merged = await memberBehind(asking);
        if (!merged) throw new Error('Nobody is left.');
        expect(await memberBehind(typing)).toEqual(merged);
        expect(database.sqlite.prepare('select count(*) as n from members').get()).toEqual({ n: 1 });
        const preferred = prefer === 'here' ? typing.member : asking.member;
        expect(merged.profile.name).toBe(preferred.profile.name);
        const after = await membershipsOf(merged);
        expect(new Set(after.map(({ orgId }) => orgId))).toEqual(new Set(before.flat().map(({ orgId }) => orgId)));
        for (const membership of before.flat().filter(({ status }) => status === 'active')) {
          const now = after.find(({ orgId }) => orgId === membership.orgId);
          expect(now?.status).toBe('active');
          if (membership.role === 'admin') expect(now?.role).toBe('admin');
        }
        for (const org of orgs) {
          const summary = await database.inTransaction((all) => all.orgs.findSummary(org.id, undefined));
          const active = after.filter(({ orgId, status }) => orgId === org.id && status === 'active').length;
          expect(summary?.activeMembers).toBe(active);
        }

        await links.undo(typing.identity.account);

        expect(allRows()).toEqual(rows);
        expect(database.sqlite.prepare('select count(*) as n from member_links').get()).toEqual({ n: 0 });
      }),
      { numRuns: 60 },
    );
  });

  it('keeps what was decided since for both, and what is new with the member who went on', async () => {
    const [shared, fresh] = [anOrg(), anOrg()];
    const ana = await onDiscord({ consentedAt: now.minus({ days: 2 }) });
    const anna = await onSlack({ consentedAt: now.minus({ days: 1 }) });
    await database.inTransaction(async ({ orgs }) => {
      await orgs.add(shared);
      await orgs.add(fresh);
    });
    const standing = { orgId: shared.id, role: 'member', status: 'active', joinedAt: now, leftAt: undefined } as const;
    await save([ana, anna].map(({ member }) => ({ ...standing, memberId: member.id })));
    await linkUp(ana, anna);
    await save([
      { ...standing, memberId: ana.member.id, status: 'removed', leftAt: now },
      { ...standing, memberId: ana.member.id, orgId: fresh.id },
    ]);
    await database.inTransaction(({ members }) => members.updateStoppedAt(ana.member.id, now));

    const undone = await links.undo(ana.identity.account);

    expect(undone?.members.map(({ stoppedAt }) => stoppedAt)).toEqual([now, now]);
    expect(await membershipsOf(anna.member)).toMatchObject([{ orgId: shared.id, status: 'removed' }]);
    expect((await membershipsOf(ana.member)).map(({ status }) => status).sort()).toEqual(['active', 'removed']);
  });

  it('undoes the latest of several links first', async () => {
    const [ana, anna, hanna] = [await onDiscord(), await onSlack(), await onSlack({}, 'T2')];
    const rows = allRows();
    await linkUp(ana, anna);
    later('PT1M');
    await linkUp(hanna, ana);
    await links.undo(anna.identity.account);
    expect((await memberBehind(ana))?.id).toBe((await memberBehind(anna))?.id);
    expect((await memberBehind(hanna))?.id).toBe(hanna.member.id);
    await links.undo(anna.identity.account);
    expect(allRows()).toEqual(rows);
    expect(await links.undo(anna.identity.account)).toBeUndefined();
  });

  it('lets texts go on naming the right member', async () => {
    const ana = await onDiscord({ consentedAt: now.minus({ days: 2 }) });
    const anna = await onSlack({ consentedAt: now.minus({ days: 1 }) });
    const keep = database.sqlite.prepare('insert into kept_payloads (key, payload, kept_at) values (?, ?, ?)');
    keep.run('k', `1:requests.approve:{"member":"${anna.member.id}"}`, '2026-11-24T00:00:00.000Z');
    const payload = () => (database.sqlite.prepare('select payload from kept_payloads').get() as object) ?? {};
    await linkUp(ana, anna);
    expect(payload()).toEqual({ payload: `1:requests.approve:{"member":"${ana.member.id}"}` });
    await links.undo(ana.identity.account);
    expect(payload()).toEqual({ payload: `1:requests.approve:{"member":"${anna.member.id}"}` });
  });

  it('leaves no record once the member is erased', async () => {
    const [ana, anna] = [await onDiscord(), await onSlack()];
    await linkUp(ana, anna);
    const { memberId, absorbedId } = (await links.undo(ana.identity.account))?.link ?? {};
    await linkUp(ana, anna);
    await database.inTransaction(async ({ personalData, members }) => {
      const known = await members.findByAccount(ana.identity.account);
      if (known) expect(await personalData.erase(known.member.id)).toHaveLength(2);
    });
    const left = JSON.stringify(
      ['members', 'identities', 'member_links', 'link_codes'].map((table) =>
        database.sqlite.prepare(`select * from ${table}`).all(),
      ),
    );
    expect(left).toBe('[[],[],[],[]]');
    expect([memberId, absorbedId].sort()).toEqual([ana.member.id, anna.member.id].sort());
  });
});

describe('what two members want to hear', () => {
  const choicesOf = ({ id }: Member) => database.inTransaction(({ choices }) => choices.get(id));
  const mutedOf = ({ id }: Member) => database.inTransaction(({ choices }) => choices.listMuted(id));

  it('is what the kept one chose; what either muted stays muted, and the digest follows zone and stop', async () => {
    const kept = await onDiscord({ zone: undefined, consentedAt: now.minus({ hours: 2 }) });
    const absorbed = await onSlack({ zone: 'America/New_York', consentedAt: now.minus({ hours: 1 }) });
    const [baish, other] = [anOrg(), anOrg()];
    const event = anEvent({ orgId: baish.id, startsAt: now.plus({ days: 9 }) });
    await database.inTransaction(async ({ orgs, choices, events }) => {
      for (const org of [baish, other]) {
        await orgs.add(org);
        for (const { member } of [kept, absorbed]) {
          await orgs.saveMembership(aMembership({ orgId: org.id, memberId: member.id }));
        }
      }
      await events.addAll([event]);
      await choices.save({ ...(await choices.get(kept.member.id)), frequency: 'daily' });
      await choices.save({ ...(await choices.get(absorbed.member.id)), frequency: 'none', nextDigestAt: undefined });
      await choices.setMutedAt(baish.id, absorbed.member.id, now);
      await choices.saveEventReminders(event.id, kept.member.id, ['1w']);
      await choices.saveEventReminders(event.id, absorbed.member.id, ['1h']);
    });
    const told = ({ member: { id } }: Somebody) => ({ member_id: id, event_id: event.id, occasion: id });
    await database.connection
      .insertInto('told_events')
      .values([told(kept), told(absorbed)])
      .execute();

    await linkUp(kept, absorbed);
    expect(await choicesOf(kept.member)).toMatchObject({ frequency: 'daily' });
    expect((await choicesOf(kept.member)).nextDigestAt?.toISO()).toBe('2026-11-25T14:00:00.000Z');
    expect(await mutedOf(kept.member)).toEqual([baish.id]);
    const rows = async (table: 'told_events' | 'event_reminders' | 'notification_choices') =>
      (await database.connection.selectFrom(table).select('member_id').execute()).map((row) => row.member_id);
    for (const table of ['told_events', 'event_reminders', 'notification_choices'] as const) {
      expect(await rows(table)).toEqual([kept.member.id]);
    }

    await links.undo(kept.identity.account);
    expect([await mutedOf(kept.member), await mutedOf(absorbed.member)]).toEqual([[], [baish.id]]);
    expect((await choicesOf(absorbed.member)).frequency).toBe('none');
    expect(await rows('told_events')).toHaveLength(2);
  });

  it('is nothing unasked when either of them said stop', async () => {
    const kept = await onDiscord({ consentedAt: now.minus({ days: 2 }) });
    const absorbed = await onSlack({ stoppedAt: now, consentedAt: now.minus({ days: 1 }) });
    await linkUp(kept, absorbed);
    expect((await choicesOf(kept.member)).nextDigestAt).toBeUndefined();
  });
});
