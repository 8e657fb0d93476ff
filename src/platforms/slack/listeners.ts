import type { App, Context, EnvelopedEvent } from '@slack/bolt';
import { LRUCache } from 'lru-cache';
import { DateTime } from 'luxon';
import { errorFacts } from '../../shared/logger.js';
import { notInstalledView } from './adapter-views.js';
import type { Desk } from './desk.js';
import { onAction } from './on-action.js';
import { type Ack, onCommand } from './on-command.js';
import { onMessage } from './on-message.js';
import { onSubmission } from './on-submission.js';
import { suggestOptions } from './on-suggestion.js';
import {
  ActionPayload,
  CommandPayload,
  DirectMessage,
  HomeOpened,
  SubmissionPayload,
  SuggestionPayload,
} from './payloads.js';
import type { TakenBack } from './workspaces.js';

/** Work that is under way, for stopping to wait for. */
export interface Intake {
  running: Set<Promise<void>>;
  /** Interactions that Slack waits for an acknowledgement of, which takes an open connection. */
  unacknowledged: Set<Ack>;
  isStopping: boolean;
}

/** Told when a workspace or an enterprise takes its permission back. */
export type OnTakenBack = (taken: TakenBack) => Promise<void>;

/** Connects Bolt's listeners to what answers them. */
export function listen(app: App, desk: Desk, intake: Intake, onTakenBack: OnTakenBack): void {
  const { logger, directChannels, people, homes } = desk;
  const seen = createSeen();

  /** Runs a handler in sight, once for each id, and never lets a failure out. */
  const run = async (work: () => Promise<void>): Promise<void> => {
    const task: Promise<void> = Promise.resolve()
      .then(work)
      .catch((error: unknown) => logger.error({ error: errorFacts(error) }, 'slack: a handler failed'))
      .finally(() => intake.running.delete(task));
    intake.running.add(task);
    await task;
  };

  /** An interaction, which somebody waits for. While stopping it is left alone, so that Slack tells them at once. */
  const interaction = async (id: string | undefined, plainAck: unknown, work: (ack: Ack) => Promise<void>) => {
    if (intake.isStopping) return;
    const ack: Ack = async (answer) => {
      intake.unacknowledged.delete(ack);
      await (plainAck as Ack)(answer);
    };
    if (id !== undefined && seen.before(id)) return ack().catch(() => {});
    intake.unacknowledged.add(ack);
    await run(async () => {
      try {
        await work(ack);
      } finally {
        if (intake.unacknowledged.has(ack)) await ack().catch(() => {});
      }
    });
  };

  /** An event, which Bolt has acknowledged already. */
  const event = async (id: string, work: () => Promise<void>) => {
    if (!seen.before(id)) await run(work);
  };

  // One middleware instead of a listener each: Bolt walks through every listener it has for each envelope.
  app.use(async (args) => {
    const { body, next } = args;
    // Bolt was given no token: this workspace is not one of ours, or not any more.
    const isServed = args.context.botToken !== undefined;
    if ('command' in args && args.command) {
      if (!isServed) return interaction(undefined, args.ack, async (once) => once(await notInstalled(desk, body)));
      return interaction(idOf(body), args.ack, (once) => onCommand(desk, CommandPayload.parse(body), once));
    }
    if (!isServed && 'ack' in args && args.ack) return interaction(undefined, args.ack, (once) => once());
    if ('action' in args && args.action) {
      return interaction(idOf(body), args.ack, (once) => onAction(desk, ActionPayload.parse(body), once));
    }
    if ('view' in args && args.view) {
      return interaction(idOf(body), args.ack, (once) => onSubmission(desk, SubmissionPayload.parse(body), once));
    }
    if ('options' in args && args.options) {
      const suggest = async () => ({ options: await suggestOptions(desk, SuggestionPayload.parse(body)) });
      return interaction(undefined, args.ack, async (once) => once(await suggest()));
    }
    if (isServed || TAKING_BACK.has(args.payload.type)) return next();
  });

  app.message(({ event: sent, body }) =>
    event(body.event_id, async () => {
      const message = DirectMessage.safeParse(sent);
      if (message.success) await onMessage(desk, body.team_id, message.data);
    }),
  );
  app.event('app_home_opened', ({ event: opened, body }) =>
    event(body.event_id, async () => {
      const { user, channel, tab } = HomeOpened.parse(opened);
      if (channel) directChannels.learn(body.team_id, user, channel);
      if (tab === 'home') await homes.refresh(body.team_id, user);
    }),
  );
  app.event('user_change', ({ event: changed, body }) =>
    event(body.event_id, async () => people.forget(body.team_id, changed.user.id)),
  );
  app.event('app_uninstalled', ({ body, context }) =>
    event(body.event_id, () => onTakenBack({ ...takenFrom(body, context), botUserIds: undefined })),
  );
  app.event('tokens_revoked', ({ event: revoked, body, context }) =>
    event(body.event_id, async () => {
      const botUserIds = revoked.tokens.bot ?? [];
      if (botUserIds.length > 0) await onTakenBack({ ...takenFrom(body, context), botUserIds });
    }),
  );
  app.error(async (error) => logger.error({ error: errorFacts(error) }, 'slack: a listener failed'));
}

/** Events that come without a token of ours, as there is none any more. */
const TAKING_BACK = new Set(['app_uninstalled', 'tokens_revoked']);

/** Which installation, and when: the enterprise's where it is org-wide. */
function takenFrom(body: EnvelopedEvent, { isEnterpriseInstall, enterpriseId }: Context): Pick<TakenBack, 'id' | 'at'> {
  const id = isEnterpriseInstall ? enterpriseId : body.team_id;
  return { id: id ?? enterpriseId ?? '', at: DateTime.fromSeconds(body.event_time, { zone: 'utc' }) };
}

async function notInstalled({ composer }: Desk, body: object): Promise<Record<string, unknown>> {
  const { team_id: teamId, user_id: accountId } = CommandPayload.parse(body);
  return { ...(await composer.message(notInstalledView(), { teamId, accountId })), response_type: 'ephemeral' };
}

/** Every command, tap and submission has a trigger of its own. */
function idOf(body: object): string | undefined {
  return 'trigger_id' in body && typeof body.trigger_id === 'string' ? body.trigger_id : undefined;
}

const MOST_REMEMBERED = 20_000;

/**
 * Slack delivers again what it thinks was lost, for events up to an hour later; each acts once. The last so many ids are
 * remembered, however old: throwing old ones away by the clock would cost each command more than it saves.
 */
function createSeen() {
  const ids = new LRUCache<string, true>({ max: MOST_REMEMBERED });
  return {
    before(id: string): boolean {
      if (ids.has(id)) return true;
      ids.set(id, true);
      return false;
    },
  };
}
