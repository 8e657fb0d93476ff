import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aVisitor, buttonsOf, startBot, tapOf, viewOf, wordsOf } from '../../../tests/builders/bot.js';
import { anOrg } from '../../../tests/builders/orgs.js';
import type { Org } from '../../domain/orgs/org.js';
import { movableClock } from '../../shared/clock.js';
import { encodeAction } from '../action-codec.js';
import type { Visitor } from '../actor.js';
import { plainText } from '../text.js';
import { textsOf } from '../views.js';

const START = DateTime.fromISO('2026-03-01T10:00:00Z', { zone: 'utc' }) as DateTime<true>;

let clock: ReturnType<typeof movableClock>;
let rollcall: Awaited<ReturnType<typeof startBot>>;
let org: Org;

const person = (number: number, displayName: string): Visitor =>
  aVisitor({ displayName, account: { platform: 'discord', teamId: '', accountId: `70000000000000000${number}` } });
const ana = person(1, 'Ana');
const ben = person(2, 'Ben');
const tomas = person(8, 'Tomás');
const priya = person(9, 'Priya');

beforeEach(async () => {
  clock = movableClock({ now: () => START });
  rollcall = await startBot({ clock });
  org = anOrg({ slug: 'studio', name: 'Studio', joinPolicy: 'approval' });
  await rollcall.inTransaction(({ orgs }) => orgs.add(org));
  for (const admin of [tomas, priya]) await makeAdmin(admin);
  for (const visitor of [ana, ben]) await agree(visitor);
  await rollcall.settle();
  rollcall.sent.length = 0;
});
afterEach(() => rollcall.stop());

const agree = (visitor: Visitor) => rollcall.services.members.agree({ ...visitor, directChannelId: undefined });
const makeAdmin = async (visitor: Visitor) => {
  const { member } = await agree(visitor);
  await rollcall.inTransaction(({ orgs }) =>
    orgs.saveMembership({
      orgId: org.id,
      memberId: member.id,
      role: 'admin',
      status: 'active',
      joinedAt: START,
      leftAt: undefined,
    }),
  );
};
const runs = (visitor: Visitor, name: string, texts: Record<string, string> = {}) =>
  rollcall.bot.runCommand(visitor, name, texts);
const ask = async (visitor: Visitor) => {
  const card = await runs(visitor, 'orgs join', { org: 'studio' });
  return rollcall.bot.press(visitor, tapOf(card, 'Confirm'), []);
};
/** What was sent to somebody since the last look. */
const inbox = async (visitor: Visitor) => {
  await rollcall.settle();
  return rollcall.sent.filter(({ accountId }) => accountId === visitor.account.accountId).map(({ view }) => view);
};
const alertTo = async (visitor: Visitor) => {
  const [view] = await inbox(visitor);
  if (!view) throw new Error('No alert came.');
  return { kind: 'replace' as const, view };
};
const wordsIn = (view: Parameters<typeof textsOf>[0]) => textsOf(view).map(plainText).join('\n');
const statusOf = async (visitor: Visitor) => {
  const found = await rollcall.services.members.find(visitor.account);
  return found && (await rollcall.inTransaction(({ orgs }) => orgs.findMembership(org.id, found.member.id)))?.status;
};

describe('a request to join', () => {
  it('goes to every admin, is approved by one tap, and the person is told once', async () => {
    expect(wordsOf(await ask(ana))).toContain('is with its organisers');
    const alert = await alertTo(tomas);
    expect(wordsOf(alert)).toContain('Ana asks to join Studio');
    expect(buttonsOf(alert.view).map(({ label }) => label)).toEqual(['Approve', 'Decline']);
    expect(wordsIn((await alertTo(priya)).view)).toContain('Ana asks to join Studio');

    const approved = await rollcall.bot.press(tomas, tapOf(alert, 'Approve'), []);
    expect(wordsOf(approved)).toContain('Approved by Tomás');
    expect(await statusOf(ana)).toBe('active');
    await rollcall.bot.press(tomas, tapOf(alert, 'Approve'), []);
    const [told, ...more] = await inbox(ana);
    expect(told && wordsIn(told)).toContain('You’re in Studio');
    expect(more).toEqual([]);
  });

  it('answered by two admins at once has one answer, and the second sees whose', async () => {
    await ask(ana);
    const [first, second] = [await alertTo(tomas), await alertTo(priya)];
    const question = await rollcall.bot.press(priya, tapOf(second, 'Decline'), []);
    const answers = await Promise.all([
      rollcall.bot.press(tomas, tapOf(first, 'Approve'), []),
      rollcall.bot.press(priya, tapOf(question, 'Confirm'), []),
    ]);
    const [one, other] = answers.map(wordsOf);
    const decider = one?.includes('Approved by Tomás') ? 'Approved by Tomás' : 'Declined by Priya';
    expect(one).toContain(decider);
    expect(other).toContain(decider);
    expect(await inbox(ana)).toHaveLength(1);
  });

  it('is declined after one question, kindly, and may be made again after a week', async () => {
    await ask(ana);
    const question = await rollcall.bot.press(tomas, tapOf(await alertTo(tomas), 'Decline'), []);
    expect(wordsOf(question)).toContain('Decline Ana’s request?');
    expect(await statusOf(ana)).toBe('pending');
    await rollcall.bot.press(tomas, tapOf(question, 'Confirm'), []);
    expect(await statusOf(ana)).toBeUndefined();
    const [told] = await inbox(ana);
    expect(told && wordsIn(told)).toContain('You may ask again from 2026-03-08');

    expect(wordsOf(await runs(ana, 'orgs join', { org: 'studio' }))).toContain('You may ask again from 2026-03-08');
    clock.moveTo(START.plus({ days: 7 }));
    expect(wordsOf(await ask(ana))).toContain('is with its organisers');
  });

  it('can be kept after the question', async () => {
    await ask(ana);
    const alert = await alertTo(tomas);
    const question = await rollcall.bot.press(tomas, tapOf(alert, 'Decline'), []);
    const kept = await rollcall.bot.press(tomas, tapOf(question, 'Cancel'), []);
    expect(wordsOf(kept)).toContain('Ana asks to join Studio');
    expect(await statusOf(ana)).toBe('pending');
  });

  it('shows admins the name always, and the profile only as far as the person allows', async () => {
    const found = await rollcall.services.members.find(ana.account);
    const memberId = found!.member.id;
    const headline = 'Reads *everything* @everyone';
    await rollcall.services.members.editProfile(memberId, { ...found!.member.profile, headline, skills: ['python'] });
    await ask(ana);
    expect(wordsOf(await alertTo(tomas))).toContain(headline);
    await rollcall.services.members.setPrivacy(memberId, 'isProfileShared', false);
    const list = wordsOf(await runs(tomas, 'manage requests', { org: 'studio' }));
    expect(list).toContain('Ana');
    expect(list).toContain('keeps their profile to themselves');
    expect(list).not.toContain(headline);
    expect(wordsOf(await runs(ana, 'orgs show', { org: 'studio' }))).toContain('waiting for an organiser');
  });

  it('taken back, or of somebody who erased themselves, cannot be answered', async () => {
    await ask(ana);
    await ask(ben);
    const alerts = (await inbox(tomas)).map((view) => ({ kind: 'replace' as const, view }));
    const leave = await runs(ana, 'orgs leave', { org: 'studio' });
    await rollcall.bot.press(ana, tapOf(leave, 'Confirm'), []);
    await rollcall.services.members.erase((await rollcall.services.members.find(ben.account))!.member.id);
    const words = [];
    for (const alert of alerts) words.push(wordsOf(await rollcall.bot.press(tomas, tapOf(alert, 'Approve'), [])));
    expect(words.join('\n')).toContain('Ana took the request back');
    expect(words.join('\n')).toContain('no longer here');
    expect(await statusOf(ana)).toBeUndefined();
    expect(rollcall.database.sqlite.prepare('select count(*) as n from join_requests').get()).toEqual({ n: 1 });
  });

  it('is not alerted to admins any more once it is over, nor to whoever wrote “stop” or lost the role', async () => {
    await ask(ana);
    const leave = await runs(ana, 'orgs leave', { org: 'studio' });
    await rollcall.bot.press(ana, tapOf(leave, 'Confirm'), []);
    expect(await inbox(tomas)).toEqual([]);
    await ask(ana);
    await rollcall.bot.hear(tomas, 'stop');
    const priyaId = (await rollcall.services.members.find(priya.account))!.member.id;
    await rollcall.inTransaction(async ({ orgs }) => {
      const membership = await orgs.findMembership(org.id, priyaId);
      if (membership) await orgs.saveMembership({ ...membership, role: 'member' });
    });
    expect([await inbox(tomas), await inbox(priya)]).toEqual([[], []]);
  });

  it('made and taken back again and again rings the bell three times a day', async () => {
    for (let time = 0; time < 3; time += 1) {
      await ask(ana);
      const leave = await runs(ana, 'orgs leave', { org: 'studio' });
      await rollcall.bot.press(ana, tapOf(leave, 'Confirm'), []);
    }
    expect(wordsOf(await runs(ana, 'orgs join', { org: 'studio' }))).toContain('several times today');
  });

  it('is answered by admins alone, whoever taps', async () => {
    await ask(ana);
    const alert = await alertTo(tomas);
    for (const somebody of [ana, ben, person(5, 'Stranger')]) {
      const reply = await rollcall.bot.press(somebody, tapOf(alert, 'Approve'), []);
      expect(wordsOf(reply)).toContain('Only admins of Studio');
    }
    expect(await statusOf(ana)).toBe('pending');
    expect(wordsOf(await runs(ben, 'manage requests', { org: 'studio' }))).toContain('Only admins of Studio');
  });

  it('is answered by whoever manages the org’s server, who need not be a member', async () => {
    const space = { platform: 'discord' as const, externalId: '600000000000000001' };
    await rollcall.inTransaction(({ orgs }) => orgs.addSpace(space, org.id, START));
    await ask(ana);
    const manager = { ...person(6, 'Manager'), managesSpace: true };
    const list = await runs(manager, 'manage requests');
    const after = await rollcall.bot.press(manager, tapOf(list, 'Approve'), []);
    expect(wordsOf(after)).toContain('Approved by an organiser');
    expect(await statusOf(ana)).toBe('active');
  });

  it('of somebody who was in before restores their history, and a decline leaves it', async () => {
    const memberId = (await rollcall.services.members.find(ana.account))!.member.id;
    const stay = { orgId: org.id, memberId, role: 'member' as const, joinedAt: START, leftAt: START };
    await rollcall.inTransaction(({ orgs }) => orgs.saveMembership({ ...stay, status: 'left' }));
    await ask(ana);
    const alert = await alertTo(tomas);
    expect(wordsOf(alert)).toContain('was a member before');
    const question = await rollcall.bot.press(tomas, tapOf(alert, 'Decline'), []);
    await rollcall.bot.press(tomas, tapOf(question, 'Confirm'), []);
    const kept = await rollcall.inTransaction(({ orgs }) => orgs.findMembership(org.id, memberId));
    expect(kept).toEqual({ ...stay, status: 'left' });
  });
});

describe('the list of requests', () => {
  it('is worked off tap by tap, page by page', async () => {
    for (let number = 0; number < 7; number += 1) {
      const visitor = { ...person(0, `Person ${number}`), account: { ...ana.account, accountId: `7${number}` } };
      await agree(visitor);
      await ask(visitor);
      clock.moveTo(clock.now().plus({ minutes: 1 }));
    }
    const list = await runs(tomas, 'manage requests');
    expect(wordsOf(list)).toContain('7 people ask to join');
    expect(buttonsOf(viewOf(list)).filter(({ label }) => label === 'Approve')).toHaveLength(5);
    const pager = viewOf(list).blocks.find((block) => block.kind === 'pager');
    const second = await rollcall.bot.press(tomas, encodeAction(pager!.next!), []);
    expect(wordsOf(second)).toContain('Person 5');
    const after = await rollcall.bot.press(tomas, tapOf(list, 'Approve'), []);
    expect(wordsOf(after)).toContain('Approved by Tomás');
    expect(wordsOf(after)).toContain('6 people ask to join');
  });

  it('says what to do when nobody waits', async () => {
    const empty = await runs(tomas, 'manage requests');
    expect(wordsOf(empty)).toContain('Nobody is waiting');
    expect(buttonsOf(viewOf(empty)).map(({ label }) => label)).toContain('Invite for 7 days');
  });
});
