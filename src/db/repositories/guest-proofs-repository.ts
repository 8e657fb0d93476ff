import { newEmailKey } from '../../domain/events/email-hash.js';
import type { VouchedEmail } from '../../domain/events/guest-matching.js';
import type { GuestProofsRepository } from '../../domain/events/guests-repository.js';
import { MemberId } from '../../domain/ids.js';
import { toInstantText } from '../../shared/clock.js';
import type { Connection } from '../database.js';
import { inChunks } from './in-chunks.js';

/** The fact under which the key of address hashes is kept. */
const KEY_FACT = 'guests.email-key';

/** What guests are known by, in the database. */
export function guestProofsRepository(db: Connection): GuestProofsRepository {
  return {
    async emailKey() {
      const find = () => db.selectFrom('facts').select('value').where('name', '=', KEY_FACT).executeTakeFirst();
      const known = await find();
      if (known) return known.value;
      await db
        .insertInto('facts')
        .values({ name: KEY_FACT, value: newEmailKey() })
        .onConflict((conflict) => conflict.column('name').doNothing())
        .execute();
      return (await find())?.value ?? this.emailKey();
    },

    async membersOfTokens(eventId, tokens) {
      const found = new Map<string, MemberId>();
      // Somebody's own link goes before one that was kept for another.
      for (const table of ['former_links', 'personal_links'] as const) {
        const rows = await inChunks(tokens, (chunk) =>
          db
            .selectFrom(table)
            .select(['token', 'member_id'])
            .where('event_id', '=', eventId)
            .where('token', 'in', chunk)
            .execute(),
        );
        for (const { token, member_id } of rows) found.set(token, MemberId.parse(member_id));
      }
      return found;
    },

    async keepTokens({ keptId, absorbedId }) {
      const twins = await db
        .selectFrom('personal_links as theirs')
        .innerJoin('personal_links as own', 'own.event_id', 'theirs.event_id')
        .select(['theirs.token', 'theirs.event_id'])
        .where('theirs.member_id', '=', absorbedId)
        .where('own.member_id', '=', keptId)
        .execute();
      for (const { token, event_id } of twins) {
        await db
          .insertInto('former_links')
          .values({ token, event_id, member_id: keptId })
          .onConflict((conflict) => conflict.column('token').doUpdateSet({ member_id: keptId }))
          .execute();
      }
    },

    async dropTakenTokens() {
      await db
        .deleteFrom('former_links')
        .where('token', 'in', db.selectFrom('personal_links').select('token'))
        .execute();
    },

    async listEmails(emails) {
      const rows = await inChunks(emails, (chunk) =>
        db.selectFrom('member_emails').selectAll().where('email_hash', 'in', chunk).execute(),
      );
      return rows.map(toVouched);
    },

    async listEmailsOf(memberId) {
      const rows = await db.selectFrom('member_emails').selectAll().where('member_id', '=', memberId).execute();
      return rows.map(toVouched);
    },

    async listTaught(emails) {
      const rows = await inChunks(emails, (chunk) =>
        db
          .selectFrom('guests')
          .select(['member_id', 'email_hash'])
          .distinct()
          .where('email_hash', 'in', chunk)
          .where('matched_by', '=', 'token')
          .execute(),
      );
      return rows.flatMap(({ member_id, email_hash }) =>
        member_id === null || email_hash === null
          ? []
          : [{ memberId: MemberId.parse(member_id), emailHash: email_hash }],
      );
    },

    async saveEmail({ memberId, emailHash, by }, learntAt) {
      const added = db.insertInto('member_emails').values({
        member_id: memberId,
        email_hash: emailHash,
        vouched_by: by,
        learnt_at: toInstantText(learntAt),
      });
      await added
        .onConflict((conflict) => {
          const known = conflict.columns(['member_id', 'email_hash']);
          return by === 'slack' ? known.doUpdateSet({ vouched_by: by }) : known.doNothing();
        })
        .execute();
    },

    async forgetTaught({ memberId, emailHash }) {
      await db
        .deleteFrom('member_emails')
        .where('member_id', '=', memberId)
        .where('email_hash', '=', emailHash)
        .where('vouched_by', '=', 'token')
        .execute();
    },
  };
}

function toVouched(row: { member_id: string; email_hash: string; vouched_by: string }): VouchedEmail {
  // The table's own check holds it to the two.
  const by = row.vouched_by as VouchedEmail['by'];
  return { memberId: MemberId.parse(row.member_id), emailHash: row.email_hash, by };
}
