import type { FormInstance, RawFields } from '../../src/bot/forms.js';
import type { Reply } from '../../src/bot/reply.js';
import { plainText } from '../../src/bot/text.js';
import { textsOf } from '../../src/bot/views.js';
import type { AttendanceAnswer } from '../../src/domain/attendance/attendance.js';
import { settleGuests } from '../../src/domain/events/guest-settling.js';
import { personalLinkTo } from '../../src/domain/events/personal-links.js';
import { newMemberId } from '../../src/domain/ids.js';
import type { Identity, Member } from '../../src/domain/members/member.js';
import { aVisitor, buttonsOf, formId, formOf, tapOf, viewOf, wordsOf } from './bot.js';
import { type Going, type Got, type Person, startGoing } from './going.js';
import { aGuest } from './guests.js';
import { aMember, anIdentity } from './members.js';
import { aMembership, anOrg } from './orgs.js';

export type Attending = Awaited<ReturnType<typeof startAttending>>;

/** People who go to events of a calendar that is really synced, and are asked afterwards. */
export async function startAttending({ now = '2026-03-10T12:00:00Z' }: { now?: string } = {}) {
  const on = await startGoing({ now, jobs: ['attendance-prompts', 'mailings'] });
  const { bot, database, eventId } = on;
  const visitorOf = ({ account }: Identity) => aVisitor({ account, place: { kind: 'direct', channelId: 'dm' } });
  const show = (message: Got, reply: Reply) => {
    if (reply.kind !== 'replace') return;
    const text = textsOf(reply.view).map(plainText).join('\n');
    Object.assign(message, { view: reply.view, text });
  };
  return {
    ...on,
    /**
     * Taps a button of a message that somebody got; the message turns into the answer.
     *
     * @param view as it was when they tapped, if it changed meanwhile.
     */
    async press({ identity }: Person, message: Got, label: string, view = message.view): Promise<Reply> {
      const reply = await bot.press(visitorOf(identity), tapOf({ kind: 'show', view }, label), []);
      show(message, reply);
      return reply;
    },
    /** Taps it as it was before, as when two taps are on their way at once. */
    async pressOld({ identity }: Person, view: Got['view'], label: string): Promise<Reply> {
      return bot.press(visitorOf(identity), tapOf({ kind: 'show', view }, label), []);
    },
    async comments({ identity }: Person, message: Got, fields: RawFields): Promise<Reply> {
      const buttons = buttonsOf(message.view).map(({ label }) => label);
      const label = buttons.find((one) => one.endsWith('comment')) ?? 'Add a comment';
      const tap = tapOf({ kind: 'show', view: message.view }, label);
      const form = formOf(await bot.press(visitorOf(identity), tap, []));
      const reply = await bot.submit(visitorOf(identity), formId(form), fields);
      show(message, reply);
      return reply;
    },
    run: ({ identity }: Person, command: string, options: Record<string, string> = {}) =>
      bot.runCommand(visitorOf(identity), command, options),
    suggest: ({ identity }: Person, text: string, of = { command: 'attendance mark', option: 'event' }) =>
      bot.suggest(visitorOf(identity), { ...of, text }),
    /** Taps something by its id, as somebody who kept it could. */
    tap: ({ identity }: Person, id: string, values: string[]) => bot.press(visitorOf(identity), id, values),
    /** Opens a form by a button, and sends it. */
    async fills({ identity }: Person, reply: Reply, label: string, fields: RawFields): Promise<Reply> {
      const form = formOf(await bot.press(visitorOf(identity), tapOf(reply, label), []));
      return bot.submit(visitorOf(identity), formId(form), fields);
    },
    sends: ({ identity }: Person, form: FormInstance, fields: RawFields) =>
      bot.submit(visitorOf(identity), formId(form), fields),
    /** A member who has nothing to do with the org. */
    async stranger() {
      const member = aMember();
      await database.inTransaction(({ members }) => members.add(member));
      return member.id;
    },
    pressIn: ({ identity }: Person, reply: Reply, label: string) =>
      bot.press(visitorOf(identity), tapOf(reply, label), []),
    buttonsIn: (reply: Reply) => buttonsOf(viewOf(reply)).map(({ label }) => label),
    labelsOf: (message: Pick<Got, 'view'> | undefined) =>
      message ? buttonsOf(message.view).map(({ label }) => label) : [],
    textOf: (reply: Reply) => textsOf(viewOf(reply)).map(plainText).join('\n'),
    /** When somebody was asked. */
    promptTimesOf: (person: Person) =>
      on
        .messagesTo(person)
        .filter(({ text }) => text.startsWith('Event ') && !text.includes('you are told when it changes'))
        .map(({ at }) => at),
    /** As after a process that died when the platform had taken its last prompts, and before it had noted so. */
    async diesBeforeNoting() {
      await on.forgetOutcomes();
      await database.connection.deleteFrom('attendance').execute();
      await database.connection.deleteFrom('deliveries').where('dedupe_key', 'like', '%:again:%').execute();
    },
    onSlack: (overrides: Partial<Member> = {}) =>
      on.person(overrides, {}, { account: { platform: 'slack', teamId: 'T1', accountId: `S${newMemberId()}` } }),
    /** A second account of a person, on Slack. */
    async alsoOnSlack({ member }: Person): Promise<Person> {
      const account = { platform: 'slack' as const, teamId: 'T1', accountId: `S${member.id}` };
      const identity = anIdentity(member.id, { account });
      await database.inTransaction(({ members }) => members.addIdentity(identity));
      return { member, identity };
    },
    /** Makes one member of two, by a code as they would. */
    async link(one: Person, other: Person): Promise<void> {
      const reply = await bot.runCommand(visitorOf(one.identity), 'profile link', {});
      const [code = ''] = /[A-Z0-9]{4}-?[A-Z0-9]{4}/.exec(wordsOf(reply)) ?? [];
      const asked = await bot.runCommand(visitorOf(other.identity), 'profile link', { code });
      await bot.press(visitorOf(other.identity), tapOf(asked, 'Confirm'), []);
    },
    async reaches({ identity }: Person, reach: 'open' | 'closed'): Promise<void> {
      await database.connection.updateTable('identities').set({ reach }).where('id', '=', identity.id).execute();
    },
    /** What lu.ma's list says of somebody who registered by their own link. */
    async onLuma({ member }: Person, lumaId: string, { isCheckedIn = false } = {}): Promise<void> {
      const [now, id] = [on.clock.now(), await eventId(lumaId)];
      await database.inTransaction(async (repositories) => {
        const event = await repositories.events.find(id);
        if (!event) throw new Error('There is no such event.');
        await personalLinkTo(repositories.personalLinks, event, member.id, now);
        const linkToken = await repositories.personalLinks.findToken(event.id, member.id);
        const guest = aGuest({
          eventId: event.id,
          lumaGuestId: `gst-${member.id}`,
          lumaUserId: `usr-${member.id}`,
          linkToken,
          checkedInAt: isCheckedIn ? now : undefined,
          changedAt: now,
        });
        await repositories.guests.saveAll([guest]);
        await settleGuests(repositories, { events: [event.id] }, now);
      });
    },
    /** What an admin of the org notes. */
    async notes(admin: Person, { member }: Person, lumaId: string, status: AttendanceAnswer | 'none'): Promise<void> {
      const mark = { eventId: await eventId(lumaId), memberId: member.id, status };
      await on.services.attendanceAdmin.mark([mark], { memberId: admin.member.id, managedSpace: undefined });
    },
    async admin(overrides: Partial<Member> = {}): Promise<Person> {
      const person = await on.person(overrides);
      const { connection } = database;
      await connection
        .updateTable('memberships')
        .set({ role: 'admin' })
        .where('member_id', '=', person.member.id)
        .execute();
      return person;
    },
    /** Another org that the person looks after as well. */
    async otherOrg({ member }: Person) {
      const other = anOrg();
      await database.inTransaction(async ({ orgs }) => {
        await orgs.add(other);
        await orgs.saveMembership(aMembership({ orgId: other.id, memberId: member.id, role: 'admin' }));
      });
      return other.id;
    },
    async row({ member }: Person, lumaId: string) {
      return database.connection
        .selectFrom('attendance')
        .selectAll()
        .where('member_id', '=', member.id)
        .where('event_id', '=', await eventId(lumaId))
        .executeTakeFirst();
    },
    async marks({ member }: Person, lumaId: string) {
      const rows = await database.connection
        .selectFrom('attendance_marks')
        .selectAll()
        .where('member_id', '=', member.id)
        .where('event_id', '=', await eventId(lumaId))
        .orderBy('id')
        .execute();
      return rows.map(({ source, status }) => `${source} ${status}`);
    },
    async feedback({ member }: Person) {
      return database.connection.selectFrom('feedback').selectAll().where('member_id', '=', member.id).execute();
    },
  };
}

export type { Going };
