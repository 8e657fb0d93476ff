import { DateTime } from 'luxon';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startBot } from '../../../tests/builders/bot.js';
import { addEvent, addLink, addSource, listsOf } from '../../../tests/builders/guest-world.js';
import { guestFacts, guestSource } from '../../../tests/builders/guests.js';
import { aMember } from '../../../tests/builders/members.js';
import { anOrg } from '../../../tests/builders/orgs.js';
import { movableClock } from '../../shared/clock.js';
import type { SourceId } from '../ids.js';
import type { Event } from './event.js';
import type { ResponseValue } from './response.js';

const START = DateTime.fromISO('2026-03-01T10:00:00Z', { zone: 'utc' }) as DateTime<true>;
const TOKEN = 'rc-0123456789abcdef';
const org = anOrg();
const ana = aMember();
const rights = { memberId: ana.id, managedSpace: undefined };

let rollcall: Awaited<ReturnType<typeof startBot>>;
let clock: ReturnType<typeof movableClock>;
let sourceId: SourceId;
let talk: Event;

beforeEach(async () => {
  clock = movableClock({ now: () => START });
  rollcall = await startBot({ clock });
  await rollcall.inTransaction(async ({ orgs, members }) => {
    await orgs.add(org);
    await members.add(ana);
  });
  sourceId = await addSource(rollcall.database, org.id);
  talk = await addEvent(rollcall.database, { orgId: org.id, sourceId, startsAt: START.plus({ days: 3 }) });
});
afterEach(() => rollcall.stop());

const says = (response: ResponseValue | 'none') => rollcall.services.responses.respond(talk.id, response, rights);
const registers = async () => {
  await addLink(rollcall.database, { token: TOKEN, event: talk, memberId: ana.id });
  const lists = listsOf([talk, [guestFacts({ linkToken: TOKEN })]]);
  await rollcall.services.syncGuests(guestSource(lists), { sourceId, orgId: org.id, now: clock.now() });
};
const stored = async () => {
  const found = await rollcall.inTransaction(({ responses }) => responses.find(talk.id, ana.id));
  return found && `${found.source} ${found.response}`;
};

it('counts a member once, whoever said it, and the member’s later word over lu.ma’s', async () => {
  await registers();
  expect(await stored()).toBe('luma going');
  clock.moveTo(START.plus({ hours: 1 }));
  expect((await says('going')).counts).toEqual({ going: 1, interested: 0 });
  expect(await stored()).toBe('member going');
  expect((await says('not_going')).counts).toEqual({ going: 0, interested: 0 });
});

it('lets the guest list speak again once a member takes their answer back', async () => {
  await registers();
  clock.moveTo(START.plus({ hours: 1 }));
  await says('not_going');
  expect(await says('none')).toMatchObject({ response: 'going', counts: { going: 1, interested: 0 } });
  expect(await stored()).toBe('luma going');
});

it('takes back what was never said without a complaint', async () => {
  expect(await says('none')).toMatchObject({ response: undefined });
  expect(await stored()).toBeUndefined();
});

it('gives the same link each time, the one that lu.ma knows them by', async () => {
  await registers();
  const links = [(await says('going')).personalUrl, (await says('interested')).personalUrl];
  expect(links).toEqual([`${talk.url}?utm_source=${TOKEN}`, `${talk.url}?utm_source=${TOKEN}`]);
});

it('takes answers until the end, an event without one for two hours', async () => {
  await rollcall.inTransaction(({ events }) => events.update({ ...talk, endsAt: undefined }));
  clock.moveTo(talk.startsAt.plus({ minutes: 119 }));
  await says('going');
  clock.moveTo(talk.startsAt.plus({ minutes: 120 }));
  await expect(says('interested')).rejects.toMatchObject({ problem: { code: 'events.over' } });
  await expect(says('none')).rejects.toMatchObject({ problem: { code: 'events.over' } });
  expect(await stored()).toBe('member going');
});
