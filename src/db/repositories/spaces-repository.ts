import { OrgId } from '../../domain/ids.js';
import type { PlatformName } from '../../domain/members/account.js';
import type { SpacesRepository } from '../../domain/orgs/spaces-repository.js';
import { fromInstantText, toInstantText } from '../../shared/clock.js';
import type { Connection } from '../database.js';

/** Connected spaces, and the codes that connect them, in the database. */
export function spacesRepository(db: Connection): SpacesRepository {
  return {
    async list(orgId) {
      const rows = await db
        .selectFrom('spaces')
        .selectAll()
        .where('org_id', '=', orgId)
        .orderBy('connected_at')
        .orderBy('external_id')
        .execute();
      return rows.map(({ platform, external_id, connected_at }) => ({
        // The CHECK constraint refuses anything else.
        platform: platform as PlatformName,
        externalId: external_id,
        connectedAt: fromInstantText(connected_at),
      }));
    },

    async remove({ platform, externalId }, orgId) {
      const { numDeletedRows } = await db
        .deleteFrom('spaces')
        .where('platform', '=', platform)
        .where('external_id', '=', externalId)
        .where('org_id', '=', orgId)
        .executeTakeFirst();
      return numDeletedRows === 1n;
    },

    async addCode({ hash, orgId, expiresAt }) {
      await db
        .insertInto('connect_codes')
        .values({ code_hash: hash, org_id: orgId, expires_at: toInstantText(expiresAt), used_at: null })
        .execute();
    },

    async findCode(hash) {
      const row = await db.selectFrom('connect_codes').selectAll().where('code_hash', '=', hash).executeTakeFirst();
      if (!row) return undefined;
      return {
        hash: row.code_hash,
        orgId: OrgId.parse(row.org_id),
        expiresAt: fromInstantText(row.expires_at),
        usedAt: row.used_at === null ? undefined : fromInstantText(row.used_at),
      };
    },

    async useCode(hash, at) {
      const { numUpdatedRows } = await db
        .updateTable('connect_codes')
        .set({ used_at: toInstantText(at) })
        .where('code_hash', '=', hash)
        .where('used_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async dropCodesBefore(instant) {
      await db.deleteFrom('connect_codes').where('expires_at', '<', toInstantText(instant)).execute();
    },
  };
}
