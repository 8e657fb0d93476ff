import { afterEach, describe, expect, it } from 'vitest';
import type { Event } from '../../src/domain/events/event.js';
import type { Member } from '../../src/domain/members/member.js';
import { anEvent } from '../builders/events.js';
import { aMembership, anOrg } from '../builders/orgs.js';
import { startForDigests } from './digest-story.js';
import { startOnDiscord } from './discord-harness.js';
import { HOSTILE } from './events-story.js';
import { startOnSlack } from './slack-harness.js';

type Story = Awaited<ReturnType<typeof startForDigests>>;

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** More orgs than a digest shows, with long and hostile names. */
const ORGS = [
  'Lisbon Readers',
  'A'.repeat(100),
  '@everyone **of** Buenos Aires, for all who ever wanted to come',
  '<!channel> of Porto',
  'Braga',
  'Faro',
  'Évora',
];

/** Events as calendars hold them: an ordinary one first, then ones with more of everything than anybody reads. */
function someEvents(count: number, now: Event['startsAt']): Partial<Event>[] {
  return Array.from({ length: count }, (_, n): Partial<Event> => {
    const startsAt = now.startOf('hour').plus({ days: 9 + n, hours: n % 5 });
    const when = { startsAt, endsAt: startsAt.plus({ hours: 2 }) };
    if (n === 0) return { ...when, title: 'Reading: Concrete Problems' };
    const place = {
      kind: 'offline',
      name: `Room 5, ${'Rua Augusta '.repeat(40)}`,
      city: 'Lisbon',
      at: undefined,
    } as const;
    if (n % 3 === 1)
      return { ...when, title: `Talk ${n} ${'about everything '.repeat(50)}`, description: HOSTILE, place };
    if (n % 3 === 2)
      return { ...when, title: HOSTILE, description: '', place: { kind: 'unknown' }, visibility: 'members-only' };
    return {
      ...when,
      title: `Retreat ${n}`,
      isAllDay: true,
      endsAt: startsAt.plus({ days: 3 }),
      place: { kind: 'online' },
    };
  });
}

/** Has a member follow so many orgs with so many events ahead, and comes to their next digest. */
async function digestOf(story: Story, member: Member, { events: count, orgs: orgCount }: Size): Promise<void> {
  const { database, clock } = story.product;
  await database.inTransaction(async ({ orgs, events }) => {
    const made = ORGS.slice(0, orgCount).map((name) => anOrg({ name }));
    for (const org of made) {
      await orgs.add(org);
      await orgs.saveMembership(aMembership({ orgId: org.id, memberId: member.id }));
    }
    const all = someEvents(count, clock.now()).map((one, n) =>
      anEvent({ ...one, orgId: made[n % orgCount]?.id ?? '' } as Event),
    );
    await events.addAll(all);
  });
  await story.comeToDigest(member);
}

interface Size {
  events: number;
  orgs: number;
}
const SIZES: Size[] = [
  { events: 0, orgs: 3 },
  { events: 1, orgs: 3 },
  { events: 3, orgs: 3 },
  { events: 40, orgs: 1 },
  { events: 40, orgs: 3 },
  { events: 40, orgs: 7 },
];

/** Nothing of it was cut but by its own hand: the beginning, each org's share, and the end with its reason. */
function expectWhole(text: string, { events, orgs }: Size): void {
  expect(text).toContain(`Your weekly digest: ${events} new event`);
  expect(text).toContain('Lisbon Readers');
  expect(text).toContain('Reading: Concrete Problems');
  if (events === 40) expect(text.match(/ · next \d of \d+$/gm)).toHaveLength(Math.min(orgs, 5));
  // Of each event the line that says where it is.
  expect(text.match(/^(-# )?Reading group · /gm)).toHaveLength(Math.min(events, 8));
  if (orgs > 5) expect(text).toMatch(/^And \d+ more events elsewhere\.$/m);
  const others = { 1: '', 3: ' and 2 others', 7: ' and 6 others' }[orgs];
  expect(text.trimEnd().endsWith(`You follow Lisbon Readers${others}; weekly digest.`), text.slice(-200)).toBe(true);
}

describe('a digest within Discord’s limits', () => {
  it.each(SIZES)('of $events events at $orgs orgs', async (size) => {
    const story = await startForDigests();
    const on = await startOnDiscord({ product: story.product });
    stops.push(on.stop, story.product.stop);
    await (await on.ana.in(on.guild).runs('/orgs mine')).press('Agree');
    const ana = await on.memberOf(on.ana);
    if (!ana) throw new Error('no member');
    await story.product.drain();
    const before = on.ana.inbox().length;
    await digestOf(story, ana, size);
    const came = on.ana.inbox().slice(before);
    expect(on.discord.violations).toEqual([]);
    expect(came).toHaveLength(size.events === 0 ? 0 : 1);
    if (size.events === 0) return;
    expect(came[0]?.pings).toEqual([]);
    expectWhole(came[0]?.text ?? '', size);
    const labels = came[0]?.buttonDetails.map(({ label }) => label) ?? [];
    expect(labels.slice(-3)).toEqual(['All events', 'Change', 'Stop these']);
    expect(labels.filter((label) => label === 'Show')).toHaveLength(Math.min(size.events, 5));
  });
});

describe('a digest within Slack’s limits', () => {
  it.each(SIZES)('of $events events at $orgs orgs', async (size) => {
    const story = await startForDigests();
    const on = await startOnSlack({ product: story.product });
    stops.push(on.stop, story.product.stop);
    await (await on.ana.in(on.general).runs('/orgs mine')).press('Agree');
    const ana = await on.memberOf(on.ana);
    if (!ana) throw new Error('no member');
    await story.product.drain();
    const before = on.ana.inbox().length;
    await digestOf(story, ana, size);
    const came = on.ana.inbox().slice(before);
    expect(on.slack.violations).toEqual([]);
    expect(came).toHaveLength(size.events === 0 ? 0 : 1);
    if (size.events === 0) return;
    expect(came[0]?.text).not.toMatch(/<!(?!date)/);
    expectWhole(came[0]?.text ?? '', size);
  });
});
