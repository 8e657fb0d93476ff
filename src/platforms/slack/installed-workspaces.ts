import type { AuthorizeSourceData, Logger as SlackLogger, webApi } from '@slack/bolt';
import { countWords } from '../../bot/numbers.js';
import type { Clock } from '../../shared/clock.js';
import { errorFacts, type Logger } from '../../shared/logger.js';
import { StartProblem } from '../platform.js';
import type { Installation, Installations } from './installations.js';
import type { Timings } from './timings.js';
import { createWebClient } from './web-client.js';
import type { TakenBack, Workspaces } from './workspaces.js';

/** Slack tells the moment of an event in whole seconds, cut. */
const EVENT_SECOND = { seconds: 1 };

/** Workspaces that people install the app in by themselves. */
export interface InstalledWorkspaces extends Workspaces {
  /** Takes a new installation into use at once, in the place of an earlier one. */
  install(installation: Installation): Promise<void>;
}

/**
 * Many workspaces. Their installations are stored sealed and held open in memory, as every command needs one; this
 * process is the only one that changes them.
 *
 * @param onInstalled told of the workspaces that let the bot in, perhaps again.
 * @param onChange told when an installation came or went, so that what was learnt with its token can be dropped.
 */
export function createInstalledWorkspaces(parts: {
  store: Installations;
  apiUrl: string;
  timings: Timings;
  clock: Clock;
  logger: Logger;
  slackLogger: SlackLogger;
  onInstalled: (teamId: string) => Promise<void>;
  onChange: () => void;
}): InstalledWorkspaces {
  const { store, apiUrl, timings, clock, logger, slackLogger, onInstalled, onChange } = parts;
  const installations = new Map<string, Installation>();
  /** Workspaces that an org-wide installation reaches, with its id. */
  const enterpriseOf = new Map<string, string>();
  const clients = new Map<string, webApi.WebClient>();
  let revoked = 0;
  /** Stored, but their token does not open. */
  const damaged = new Set<string>();

  /** A workspace's own installation before its enterprise's. An enterprise itself is no workspace. */
  const find = (teamId: string): Installation | undefined => {
    const own = installations.get(teamId);
    return own && !own.isEnterprise ? own : installations.get(enterpriseOf.get(teamId) ?? '');
  };

  const changed = async (): Promise<void> => {
    clients.clear();
    onChange();
    revoked = await store.countRevoked();
  };

  /** An event that was late, or told again, says nothing of an installation that came after it. */
  const isAbout = ({ bot, installedAt }: Installation, { at, botUserIds }: TakenBack): boolean =>
    installedAt < at.plus(EVENT_SECOND) && (botUserIds === undefined || botUserIds.includes(bot.userId));

  const takeBack = async (taken: TakenBack): Promise<void> => {
    const installation = installations.get(taken.id);
    if (!installation || !isAbout(installation, taken)) return;
    installations.delete(taken.id);
    await store.revoke(taken.id, taken.at);
    await changed();
    logger.warn({ installation: taken.id }, 'slack: an installation was taken back');
  };

  /** Slack refused a call for good: the events that should have told may have come while nobody listened. */
  const learnTakenBack = ({ id, bot }: Installation): void => {
    if (installations.get(id)?.bot.token !== bot.token) return;
    takeBack({ id, at: clock.now(), botUserIds: undefined }).catch((error: unknown) =>
      logger.error({ error: errorFacts(error) }, 'slack: a lost installation could not be noted'),
    );
  };

  const noteTeam = async (teamId: string, installationId: string): Promise<void> => {
    if (enterpriseOf.get(teamId) === installationId) return;
    enterpriseOf.set(teamId, installationId);
    await store.noteTeam({ teamId, installationId });
  };

  const sourceOf = async (source: AuthorizeSourceData<boolean>): Promise<Installation | undefined> => {
    const { teamId, enterpriseId, isEnterpriseInstall } = source;
    if (!isEnterpriseInstall || !enterpriseId) return teamId ? installations.get(teamId) : undefined;
    const installation = installations.get(enterpriseId);
    if (installation && teamId) await noteTeam(teamId, enterpriseId);
    return installation;
  };

  return {
    async load() {
      const stored = await store.list();
      if (stored.closed.some(({ code }) => code === 'unknown-key')) throw new StartProblem(MISSING_KEY);
      for (const { id } of stored.closed) {
        damaged.add(id);
        logger.error({ installation: id }, 'slack: a stored token is damaged');
      }
      for (const installation of stored.installations) installations.set(installation.id, installation);
      for (const { teamId, installationId } of await store.listTeams()) enterpriseOf.set(teamId, installationId);
      revoked = await store.countRevoked();
    },

    async install(installation) {
      await store.save(installation);
      installations.set(installation.id, installation);
      damaged.delete(installation.id);
      await changed();
      const reached = [...enterpriseOf].flatMap(([teamId, id]) => (id === installation.id ? teamId : []));
      for (const teamId of installation.isEnterprise ? reached : [installation.id]) await onInstalled(teamId);
      logger.info({ installation: installation.id, isEnterprise: installation.isEnterprise }, 'slack: installed');
    },

    serves: (teamId) => find(teamId) !== undefined,

    clientFor(teamId) {
      const known = clients.get(teamId);
      if (known) return known;
      const installation = find(teamId);
      const client = createWebClient({
        token: installation?.bot.token,
        apiUrl,
        timings,
        logger: slackLogger,
        ...(installation ? { teamId, onTakenBack: () => learnTakenBack(installation) } : {}),
      });
      if (installation) clients.set(teamId, client);
      return client;
    },

    async authorize(source) {
      const installation = await sourceOf(source);
      if (!installation) return {};
      const { token: botToken, id: botId, userId: botUserId } = installation.bot;
      return { botToken, botId, botUserId };
    },

    takeBack,

    // One workspace's trouble is no reason to take the bot from the others.
    trouble: () => undefined,

    summary() {
      const count = installations.size;
      return [
        count === 0 ? 'not installed anywhere yet' : countWords(count, 'installation'),
        ...(revoked === 0 ? [] : [`${revoked} taken back`]),
        ...(damaged.size === 0 ? [] : [`${countWords(damaged.size, 'damaged token')}, to be installed anew`]),
      ].join(', ');
    },
  };
}

const MISSING_KEY =
  'The Slack installations in the database were encrypted with another key than ENCRYPTION_KEY or the file beside the ' +
  'database holds. Add that key to ENCRYPTION_KEY, after a comma; `npx rollcall doctor` checks it.';
