import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBot } from '../../../tests/builders/bot.js';
import { anEvent } from '../../../tests/builders/events.js';
import { aMember, anIdentity } from '../../../tests/builders/members.js';
import { aCity, aMembership, anOrg } from '../../../tests/builders/orgs.js';
import { movableClock, toInstantText } from '../../shared/clock.js';
import type { Problem } from '../errors.js';
import { EVENT_TYPES, type Event } from '../events/event.js';
import type { ResponseValue } from '../events/response.js';

/** A Tuesday in winter; Lisbon is on UTC. */
const START = DateTime.fromISO('2026-11-24T10:00:00Z', { zone: 'utc' }) as DateTime<true>;
const SUNDAY = '2026-11-29T18:00:00.000Z';

const [baish, other] = [anOrg({ name: 'BAISH', slug: 'baish' }), anOrg({ name: 'Other', slug: 'other' })];
const ana = aMember({ consentedAt: START });
const account = anIdentity(ana.id);
const rights = { memberId: ana.id, managedSpace: undefined };

let clock: ReturnType<typeof movableClock>;
let rollcall: Awaited<ReturnType<typeof startBot>>;

beforeEach(async () => {
  clock = movableClock({ now: () => START });
  rollcall = await startBot({ clock });
  await rollcall.inTransaction(async ({ orgs, members }) => {
    for (const org of [baish, other]) await orgs.add(org);
    await members.add(ana);
    await members.addIdentity(account);
    for (const { id: orgId } of [baish, other]) await orgs.saveMembership(aMembership({ orgId, memberId: ana.id }));
  });
});
afterEach(() => rollcall.stop());

const choices = () => rollcall.services.choices;
const show = () => choices().show(ana.id);
const stored = () =>
  rollcall.database.connection.selectFrom('notification_choices').selectAll().executeTakeFirstOrThrow();
const nextDigest = async () => (await stored()).next_digest_at;
const keep = async (told: Partial<Event> = {}) => {
  const event = anEvent({ orgId: baish.id, startsAt: START.plus({ days: 10 }), ...told });
  await rollcall.inTransaction(({ events }) => events.addAll([event]));
  return event;
};
const says = (event: Event, response: ResponseValue) =>
  rollcall.inTransaction(({ responses }) =>
    responses.save({ eventId: event.id, memberId: ana.id, response, source: 'member', respondedAt: clock.now() }),
  );
const refused = (problem: Partial<Problem>) => expect.objectContaining({ problem: expect.objectContaining(problem) });

describe('what holds for somebody who never chose', () => {
  it('is the weekly digest, two reminders and quiet nights, stored when they agreed', async () => {
    expect(await stored()).toMatchObject({
      frequency: 'weekly',
      reminders: '1d,1h',
      types: null,
      quiet_from: 1320,
      quiet_to: 480,
      next_digest_at: SUNDAY,
    });
    expect((await show()).next).toMatchObject({ isStopped: false, digest: { events: 0 }, reminder: undefined });
  });
});

describe('the next digest', () => {
  it('moves with the frequency, and is gone without one', async () => {
    await choices().setFrequency(ana.id, 'daily');
    expect(await nextDigest()).toBe('2026-11-25T09:00:00.000Z');
    await choices().setFrequency(ana.id, 'none');
    expect(await nextDigest()).toBeNull();
    expect((await show()).next.digest).toBeUndefined();
    await choices().setFrequency(ana.id, 'all');
    expect(await nextDigest()).toBe('2026-11-25T09:00:00.000Z');
    const { before } = await choices().setFrequency(ana.id, 'weekly');
    expect(before.choices.frequency).toBe('all');
    expect(await nextDigest()).toBe(SUNDAY);
  });

  it('moves with the zone: chosen, taken from the platform, or the city’s while it may be used', async () => {
    await choices().setZone(ana.id, 'Asia/Kathmandu');
    expect(await nextDigest()).toBe('2026-11-29T12:15:00.000Z');

    const ben = aMember({ zone: undefined, consentedAt: START });
    await rollcall.inTransaction(({ members }) => members.add(ben));
    const ofBen = async () =>
      (await rollcall.inTransaction((repositories) => repositories.choices.get(ben.id))).nextDigestAt?.toISO();
    const { members } = rollcall.services;
    await members.setLocation(ben.id, { city: aCity({ zone: 'America/New_York' }) });
    expect(await ofBen()).toBe(SUNDAY);
    await members.setPrivacy(ben.id, 'isLocationDiscoverable', true);
    expect(await ofBen()).toBe('2026-11-29T23:00:00.000Z');
    await members.withZoneOf(await members.get(ben.id), 'Europe/Berlin');
    expect(await ofBen()).toBe('2026-11-29T17:00:00.000Z');
    await members.withZoneOf(await members.get(ben.id), 'Asia/Tokyo');
    expect(await ofBen()).toBe('2026-11-29T17:00:00.000Z');
  });

  it('keeps its local hour over a change of clocks', async () => {
    await choices().setZone(ana.id, 'Europe/Berlin');
    clock.moveTo(DateTime.fromISO('2027-03-23T10:00:00Z', { zone: 'utc' }));
    await rollcall.services.members.stopMessages(account.account);
    await rollcall.services.members.resumeMessages(ana.id);
    expect(await nextDigest()).toBe('2027-03-28T16:00:00.000Z');
  });

  it('is emptied by stop and restored by resuming, whatever was chosen meanwhile', async () => {
    const { members } = rollcall.services;
    await members.stopMessages(account.account);
    await members.stopMessages(account.account);
    expect(await nextDigest()).toBeNull();
    await choices().setFrequency(ana.id, 'daily');
    expect(await nextDigest()).toBeNull();
    expect((await show()).next).toEqual({ isStopped: true, digest: undefined, reminder: undefined });
    await members.resumeMessages(ana.id);
    expect(await nextDigest()).toBe('2026-11-25T09:00:00.000Z');
  });

  it('stays due while it is due, however often one chooses', async () => {
    clock.moveTo(DateTime.fromISO('2026-11-29T18:00:30Z', { zone: 'utc' }));
    await choices().setFrequency(ana.id, 'daily');
    expect(await nextDigest()).toBe(SUNDAY);
    await choices().setFrequency(ana.id, 'none');
    expect(await nextDigest()).toBeNull();
  });

  it('waits for the end of quiet hours', async () => {
    await choices().setQuietHours(ana.id, { from: { hour: 17, minute: 0 }, to: { hour: 19, minute: 30 } });
    expect((await show()).next.digest?.at.toISO()).toBe('2026-11-29T19:30:00.000Z');
    await choices().setQuietHours(ana.id, undefined);
    expect((await show()).next.digest?.at.toISO()).toBe(SUNDAY);
    expect(await stored()).toMatchObject({ quiet_from: null, quiet_to: null });
  });

  it('holds what is news then: of orgs not muted, types wanted, not told, not answered, still ahead', async () => {
    const talk = await keep({ ruledType: 'talk' });
    const [told, answered, elsewhere] = [await keep(), await keep(), await keep({ orgId: other.id })];
    for (const state of ['cancelled', 'withdrawn'] as const) await keep({ state });
    await keep({ visibility: 'private' });
    await keep({ startsAt: START.plus({ days: 1 }) });
    await rollcall.database.connection
      .insertInto('told_events')
      .values({ member_id: ana.id, event_id: told.id, occasion: 'x' })
      .execute();
    await says(answered, 'not_going');
    const held = async () => (await show()).next.digest?.events;
    expect(await held()).toBe(2);
    await choices().mute(ana.id, elsewhere.orgId);
    expect(await held()).toBe(1);
    await choices().setTypes(ana.id, ['social']);
    expect(await held()).toBe(0);
    await choices().setTypes(ana.id, [talk.ruledType]);
    expect(await held()).toBe(1);
    await choices().setTypes(ana.id, EVENT_TYPES);
    await choices().unmute(ana.id, elsewhere.orgId);
    expect([await held(), (await stored()).types]).toEqual([2, null]);
  });
});

describe('an org', () => {
  it('is muted and heard again, as often as one taps, and only if one is in it', async () => {
    for (let tap = 0; tap < 2; tap += 1) {
      const { settings } = await choices().mute(ana.id, baish.id);
      expect(settings.orgs.map(({ org, isMuted }) => [org.name, isMuted])).toEqual([
        ['BAISH', true],
        ['Other', false],
      ]);
    }
    const stranger = anOrg({ name: 'Strangers', slug: 'strangers' });
    await rollcall.inTransaction(({ orgs }) => orgs.add(stranger));
    await expect(choices().mute(ana.id, stranger.id)).rejects.toEqual(refused({ code: 'orgs.not-yours' }));
    await expect(choices().findOwnOrg(ana.id, 'strangers')).rejects.toEqual(refused({ code: 'orgs.not-yours' }));
    await expect(choices().findOwnOrg(ana.id, 'nowhere at all')).rejects.toEqual(refused({ code: 'orgs.unknown' }));
  });

  it('is one’s own before its namesakes', async () => {
    await rollcall.inTransaction(({ orgs }) => orgs.add(anOrg({ name: 'Báish', slug: 'baish-2' })));
    expect((await choices().findOwnOrg(ana.id, 'bAISH')).id).toBe(baish.id);
  });

  it('is heard again by whoever left and comes back', async () => {
    await choices().mute(ana.id, baish.id);
    const membership = aMembership({ orgId: baish.id, memberId: ana.id });
    await rollcall.inTransaction(async ({ orgs }) => {
      await orgs.saveMembership({ ...membership, status: 'left', leftAt: clock.now() });
      await orgs.saveMembership(membership);
    });
    expect((await show()).orgs.find(({ org }) => org.id === baish.id)?.isMuted).toBe(false);
  });
});

describe('a time zone', () => {
  it.each([
    ['europe/lisbon', 'Europe/Lisbon'],
    ['America/New York', 'America/New_York'],
    ['Lisbon', 'Europe/Lisbon'],
    ['Porto, PT', 'Europe/Lisbon'],
    ['utc', 'UTC'],
    ['us/pacific', 'US/Pacific'],
  ])('%s is %s', async (text, zone) => {
    const { settings } = await choices().setZone(ana.id, text);
    expect([settings.zone, settings.now.setZone(settings.zone).isValid]).toEqual([zone, true]);
  });

  it('is refused where there is none such, with near ones', async () => {
    await expect(choices().setZone(ana.id, 'Europe/Lisbn')).rejects.toEqual(
      refused({ code: 'zones.unknown', nearest: expect.arrayContaining(['Europe/Lisbon']) }),
    );
    for (const text of ['+02:00', 'GMT+5', 'xqzw'.repeat(1_000), '@everyone', '../../etc/passwd']) {
      await expect(choices().setZone(ana.id, text)).rejects.toEqual(refused({ code: 'zones.unknown' }));
    }
    expect((await show()).zone).toBe('Europe/Lisbon');
  });

  it('is asked for once, of those who have none, with the city’s as the offer while it may be used', async () => {
    expect(await choices().askForZone(ana.id)).toBeUndefined();
    const privacy = { ...ana.privacy, isLocationDiscoverable: true };
    const ben = aMember({ zone: undefined, city: aCity({ zone: 'Europe/Berlin' }), privacy });
    await rollcall.inTransaction(({ members }) => members.add(ben));
    const asked = await Promise.all([choices().askForZone(ben.id), choices().askForZone(ben.id)]);
    expect(asked).toEqual([{ offered: 'Europe/Berlin' }, undefined]);
  });
});

describe('reminders', () => {
  it('tell the next that comes, by the choice for its event before the usual one', async () => {
    const [soon, later] = [await keep({ startsAt: START.plus({ hours: 30 }) }), await keep({ title: 'Later' })];
    await says(soon, 'going');
    await says(later, 'interested');
    const next = async () => {
      const { reminder } = (await show()).next;
      return reminder && `${reminder.event.title} ${reminder.at.toISO()}`;
    };
    expect(await next()).toBe(`${soon.title} 2026-11-24T16:00:00.000Z`);
    await rollcall.services.eventReminders.choose(soon.id, [], rights);
    expect(await next()).toBe('Later 2026-12-03T10:00:00.000Z');
    await choices().setReminders(ana.id, ['1h', '1w', '1h']);
    expect([await next(), (await stored()).reminders]).toEqual(['Later 2026-11-27T10:00:00.000Z', '1w,1h']);
    await choices().setReminders(ana.id, []);
    expect(await next()).toBeUndefined();
  });

  it('are held by quiet hours for what one is only interested in, and not sent when it has begun', async () => {
    const night = await keep({ startsAt: DateTime.fromISO('2026-11-26T07:30:00Z', { zone: 'utc' }) });
    await choices().setReminders(ana.id, ['1h']);
    await says(night, 'interested');
    expect((await show()).next.reminder).toBeUndefined();
    await says(night, 'going');
    expect((await show()).next.reminder?.at.toISO()).toBe('2026-11-26T06:30:00.000Z');
  });

  it('of what one is only interested in stop with the news of its org, unless chosen for that event', async () => {
    const event = await keep({ title: 'Perhaps' });
    await says(event, 'interested');
    await choices().setFrequency(ana.id, 'none');
    expect((await show()).next.reminder).toBeUndefined();
    const { eventReminders } = rollcall.services;
    expect(await eventReminders.remindersFor(event.id, rights)).toMatchObject({ isLeftAlone: true });
    expect(await eventReminders.choose(event.id, ['1d'], rights)).toMatchObject({ isLeftAlone: false });
    expect((await show()).next.reminder?.event.title).toBe('Perhaps');
    await eventReminders.choose(event.id, 'usual', rights);
    await says(event, 'going');
    expect((await show()).next.reminder?.event.title).toBe('Perhaps');
  });

  it('of one event are chosen, and given up again, by whoever may see it', async () => {
    const event = await keep({ startsAt: START.plus({ hours: 12 }), visibility: 'members-only' });
    const { eventReminders } = rollcall.services;
    expect(await eventReminders.remindersFor(event.id, rights)).toMatchObject({
      reminders: ['1d', '1h'],
      ahead: ['1h'],
      possible: ['1h'],
      isOwn: false,
    });
    for (let tap = 0; tap < 2; tap += 1) {
      expect(await eventReminders.choose(event.id, ['1w'], rights)).toMatchObject({ ahead: [], isOwn: true });
    }
    expect(await eventReminders.choose(event.id, 'usual', rights)).toMatchObject({ isOwn: false, ahead: ['1h'] });
    const ben = aMember();
    await rollcall.inTransaction(({ members }) => members.add(ben));
    const ofBen = { memberId: ben.id, managedSpace: undefined };
    await expect(eventReminders.choose(event.id, ['1h'], ofBen)).rejects.toEqual(refused({ code: 'events.gone' }));
  });
});

describe('reach', () => {
  const reachOf = (reach: 'open' | 'closed') =>
    rollcall.inTransaction(({ members }) => members.updateReach(account.id, { reach, directChannelId: undefined }));
  const missed = (key: string, state: string) =>
    rollcall.database.connection
      .updateTable('deliveries')
      .set({ state, sent_at: state === 'sent' ? toInstantText(clock.now()) : null })
      .where('dedupe_key', '=', key)
      .execute();
  const plan = (dedupeKey: string) =>
    rollcall.inTransaction(({ deliveries }) =>
      deliveries.plan({ dedupeKey, memberId: ana.id, kind: 'x', payload: {}, dueAt: clock.now() }),
    );

  it('of an org counts its active members with an account that is not closed', async () => {
    const ben = aMember({ stoppedAt: START });
    await rollcall.inTransaction(async ({ members, orgs }) => {
      await members.add(ben);
      await members.addIdentity(anIdentity(ben.id, { reach: 'closed' }));
      await members.addIdentity(anIdentity(ben.id, { account: { platform: 'slack', teamId: 'T1', accountId: 'U1' } }));
      await orgs.saveMembership(aMembership({ orgId: baish.id, memberId: ben.id }));
    });
    const counted = (orgId = baish.id) => rollcall.inTransaction(({ reach }) => reach.countOfOrg(orgId));
    expect(await counted()).toEqual({ members: 2, reachable: 2, stopped: 1 });
    await reachOf('closed');
    expect(await counted()).toEqual({ members: 2, reachable: 1, stopped: 1 });
    expect(await counted(other.id)).toEqual({ members: 1, reachable: 0, stopped: 0 });
  });

  it('is told to whoever cannot be reached, once a day, with what was missed since the last that came', async () => {
    const notice = (reach: 'open' | 'closed') => rollcall.services.reach.notice({ ...account, reach });
    for (const key of ['a', 'b', 'c']) {
      await plan(key);
      await missed(key, key === 'a' ? 'sent' : 'undeliverable');
      clock.moveTo(clock.now().plus({ minutes: 1 }));
    }
    expect(await notice('open')).toBeUndefined();
    await reachOf('closed');
    const both = await Promise.all([notice('closed'), notice('closed')]);
    expect(both).toEqual([{ missed: 2 }, undefined]);
    clock.moveTo(clock.now().plus({ hours: 23 }));
    expect(await notice('closed')).toBeUndefined();
    clock.moveTo(clock.now().plus({ hours: 1 }));
    expect(await notice('closed')).toEqual({ missed: 2 });
    clock.moveTo(clock.now().plus({ days: 2 }));
    const slack = anIdentity(ana.id, { account: { platform: 'slack', teamId: 'T1', accountId: 'U1' } });
    await rollcall.inTransaction(({ members }) => members.addIdentity(slack));
    expect(await notice('closed')).toBeUndefined();
  });
});
