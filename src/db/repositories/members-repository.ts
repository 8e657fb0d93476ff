import type { Selectable } from 'kysely';
import { DomainError } from '../../domain/errors.js';
import { IdentityId, MemberId } from '../../domain/ids.js';
import type { PlatformName } from '../../domain/members/account.js';
import { zoneOfMember } from '../../domain/members/location.js';
import type { CareerStage, Identity, Member, Privacy, Profile, Reach } from '../../domain/members/member.js';
import type { MembersRepository } from '../../domain/members/members-repository.js';
import { USUAL_CHOICES } from '../../domain/notifications/choices.js';
import { nextDigestAt } from '../../domain/notifications/digest-times.js';
import { fromInstantText, toInstantText } from '../../shared/clock.js';
import type { Connection } from '../database.js';
import { prepared } from '../prepared.js';
import type { IdentitiesTable, MembersTable } from '../schema.js';
import { fromCity, toCity } from './city-columns.js';

const memberByAccount = prepared((db, platform: string, teamId: string, accountId: string) =>
  db
    .selectFrom('identities')
    .innerJoin('members', 'members.id', 'identities.member_id')
    .selectAll('members')
    .select([
      'identities.id as identity_id',
      'identities.member_id',
      'identities.platform',
      'identities.team_id',
      'identities.account_id',
      'identities.direct_channel_id',
      'identities.reach',
    ])
    .where('identities.platform', '=', platform)
    .where('identities.team_id', '=', teamId)
    .where('identities.account_id', '=', accountId),
);

/** Members and their accounts in the database. */
export function membersRepository(db: Connection): MembersRepository {
  return {
    async findByAccount({ platform, teamId, accountId }) {
      const [row] = await memberByAccount(db, platform, teamId, accountId);
      if (!row) return undefined;
      return { member: toMember(row), identity: toIdentity({ ...row, id: row.identity_id }) };
    },

    async get(id) {
      const row = await db.selectFrom('members').selectAll().where('id', '=', id).executeTakeFirst();
      if (!row) throw new DomainError({ code: 'members.unknown' });
      return toMember(row);
    },

    async list(ids) {
      if (ids.length === 0) return [];
      const rows = await db.selectFrom('members').selectAll().where('id', 'in', ids).execute();
      return rows.map(toMember);
    },

    async add(member) {
      await db
        .insertInto('members')
        .values({ id: member.id, ...memberColumns(member) })
        .execute();
      const { frequency } = USUAL_CHOICES;
      const firstDigest = member.stoppedAt
        ? undefined
        : nextDigestAt(frequency, zoneOfMember(member), member.consentedAt);
      await db
        .insertInto('notification_choices')
        .values({ member_id: member.id, next_digest_at: firstDigest ? toInstantText(firstDigest) : null })
        .execute();
    },

    async addIdentity(identity) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('identities')
        .values({
          id: identity.id,
          member_id: identity.memberId,
          platform: identity.account.platform,
          team_id: identity.account.teamId,
          account_id: identity.account.accountId,
          direct_channel_id: identity.directChannelId ?? null,
          reach: identity.reach,
        })
        .onConflict((conflict) => conflict.columns(['platform', 'team_id', 'account_id']).doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },

    async findIdentity(id) {
      const row = await db.selectFrom('identities').selectAll().where('id', '=', id).executeTakeFirst();
      return row && toIdentity(row);
    },

    async listIdentities(id) {
      const rows = await db.selectFrom('identities').selectAll().where('member_id', '=', id).orderBy('id').execute();
      return rows.map(toIdentity);
    },

    async updateProfile(id, profile) {
      const { numUpdatedRows } = await db
        .updateTable('members')
        .set(profileColumns(profile))
        .where('id', '=', id)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) throw new DomainError({ code: 'members.unknown' });
    },

    async updateCity(id, city) {
      await db.updateTable('members').set(fromCity(city)).where('id', '=', id).execute();
    },

    async updateZone(id, zone) {
      await db.updateTable('members').set({ zone }).where('id', '=', id).execute();
    },

    async updatePrivacy(id, privacy) {
      await db.updateTable('members').set(privacyColumns(privacy)).where('id', '=', id).execute();
    },

    async updateStoppedAt(id, stoppedAt) {
      await db
        .updateTable('members')
        .set({ stopped_at: stoppedAt ? toInstantText(stoppedAt) : null })
        .where('id', '=', id)
        .execute();
    },

    async reopenReach(platform, teamId) {
      await db
        .updateTable('identities')
        .set({ reach: 'unknown' })
        .where('platform', '=', platform)
        .where('team_id', '=', teamId)
        .where('reach', '=', 'closed')
        .execute();
    },

    async updateReach(id, { reach, directChannelId }) {
      await db
        .updateTable('identities')
        .set({ reach, direct_channel_id: directChannelId ?? null })
        .where('id', '=', id)
        .execute();
    },
  };
}

/** Everything of a member's row but the id. */
export function memberColumns(member: Member) {
  return {
    ...profileColumns(member.profile),
    ...fromCity(member.city),
    ...privacyColumns(member.privacy),
    zone: member.zone ?? null,
    locale: member.locale,
    consented_at: toInstantText(member.consentedAt),
    stopped_at: member.stoppedAt ? toInstantText(member.stoppedAt) : null,
  };
}

function profileColumns(profile: Profile) {
  return {
    name: profile.name,
    headline: profile.headline,
    career_stage: profile.careerStage ?? null,
    skills: profile.skills.join('\n'),
    looking_for: profile.lookingFor,
  };
}

function privacyColumns(privacy: Privacy) {
  return {
    is_location_discoverable: Number(privacy.isLocationDiscoverable),
    is_attendance_shared: Number(privacy.isAttendanceShared),
    is_profile_shared: Number(privacy.isProfileShared),
  };
}

// The casts below rest on the CHECK constraints of the tables: the database refuses anything else.

export function toMember(row: Selectable<MembersTable>): Member {
  return {
    id: MemberId.parse(row.id),
    profile: {
      name: row.name,
      headline: row.headline,
      careerStage: (row.career_stage as CareerStage | null) ?? undefined,
      skills: row.skills === '' ? [] : row.skills.split('\n'),
      lookingFor: row.looking_for,
    },
    privacy: {
      isLocationDiscoverable: row.is_location_discoverable === 1,
      isAttendanceShared: row.is_attendance_shared === 1,
      isProfileShared: row.is_profile_shared === 1,
    },
    city: toCity(row),
    zone: row.zone ?? undefined,
    locale: row.locale,
    consentedAt: fromInstantText(row.consented_at),
    stoppedAt: row.stopped_at ? fromInstantText(row.stopped_at) : undefined,
  };
}

function toIdentity(row: Selectable<IdentitiesTable>): Identity {
  return {
    id: IdentityId.parse(row.id),
    memberId: MemberId.parse(row.member_id),
    account: { platform: row.platform as PlatformName, teamId: row.team_id, accountId: row.account_id },
    directChannelId: row.direct_channel_id ?? undefined,
    reach: row.reach as Reach,
  };
}
