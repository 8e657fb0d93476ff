import { z } from 'zod';
import type { ClosedInstallation, Installation, Installations } from '../platforms/slack/installations.js';
import { fromInstantText, toInstantText } from '../shared/clock.js';
import { type SecretBox, SecretProblem } from '../shared/secret-box.js';
import type { Connection } from './database.js';
import type { SlackInstallationsTable } from './schema.js';

const Bot = z.object({ token: z.string(), id: z.string(), userId: z.string() });

const sealedAt = (rowId: string) => ({ table: 'slack_installations', column: 'sealed_bot', rowId });

/** Slack installations in the database. */
export function slackInstallations(db: Connection, box: SecretBox): Installations {
  return {
    async save({ id, isEnterprise, name, bot, installedAt }) {
      const row = {
        is_enterprise: Number(isEnterprise),
        name,
        sealed_bot: box.seal(JSON.stringify(bot), sealedAt(id)),
        installed_at: toInstantText(installedAt),
        revoked_at: null,
      };
      await db
        .insertInto('slack_installations')
        .values({ id, ...row })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
    },

    async list() {
      const rows = await db.selectFrom('slack_installations').selectAll().orderBy('name').orderBy('id').execute();
      const installations: Installation[] = [];
      const closed: ClosedInstallation[] = [];
      for (const row of rows) {
        if (row.sealed_bot === null) continue;
        const opened = open(row, row.sealed_bot, box);
        if ('bot' in opened) installations.push(opened);
        else closed.push(opened);
      }
      return { installations, closed };
    },

    async countRevoked() {
      const { revoked } = await db
        .selectFrom('slack_installations')
        .select((select) => select.fn.countAll().as('revoked'))
        .where('revoked_at', 'is not', null)
        .executeTakeFirstOrThrow();
      return Number(revoked);
    },

    async revoke(id, at) {
      await db
        .updateTable('slack_installations')
        .set({ sealed_bot: null, revoked_at: toInstantText(at) })
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .execute();
    },

    async noteTeam({ teamId, installationId }) {
      await db
        .insertInto('slack_enterprise_teams')
        .values({ team_id: teamId, installation_id: installationId })
        .onConflict((conflict) => conflict.column('team_id').doUpdateSet({ installation_id: installationId }))
        .execute();
    },

    async listTeams() {
      const rows = await db.selectFrom('slack_enterprise_teams').selectAll().execute();
      return rows.map(({ team_id, installation_id }) => ({ teamId: team_id, installationId: installation_id }));
    },
  };
}

function open(row: SlackInstallationsTable, sealed: string, box: SecretBox): Installation | ClosedInstallation {
  const { id, name } = row;
  try {
    const bot = Bot.parse(JSON.parse(box.open(sealed, sealedAt(id))));
    return { id, name, isEnterprise: row.is_enterprise === 1, bot, installedAt: fromInstantText(row.installed_at) };
  } catch (error) {
    if (error instanceof SecretProblem) return { id, code: error.code };
    throw error;
  }
}
