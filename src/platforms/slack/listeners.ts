import type { App } from '@slack/bolt';
import { LRUCache } from 'lru-cache';
import { errorFacts } from '../../shared/logger.js';
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

/** Work that is under way, for stopping to wait for. */
export interface Intake {
  running: Set<Promise<void>>;
  /** Interactions that Slack waits for an acknowledgement of, which takes an open connection. */
  unacknowledged: Set<Ack>;
  isStopping: boolean;
}

/** Told when the workspace takes its permission back. */
export type OnRevoked = (teamId: string, why: 'app_uninstalled' | 'tokens_revoked') => void;

/** Connects Bolt's listeners to what answers them. */
export function listen(app: App, desk: Desk, intake: Intake, onRevoked: OnRevoked): void {
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
    if ('command' in args && args.command) {
      return interaction(idOf(body), args.ack, (once) => onCommand(desk, CommandPayload.parse(body), once));
    }
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
    return next();
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
  app.event('app_uninstalled', ({ body }) =>
    event(body.event_id, async () => onRevoked(body.team_id, 'app_uninstalled')),
  );
  app.event('tokens_revoked', ({ event: revoked, body }) =>
    event(body.event_id, async () => {
      if ((revoked.tokens.bot?.length ?? 0) > 0) onRevoked(body.team_id, 'tokens_revoked');
    }),
  );
  app.error(async (error) => logger.error({ error: errorFacts(error) }, 'slack: a listener failed'));
}

/** Every command, tap and submission has a trigger of its own. */
function idOf(body: object): string | undefined {
  return 'trigger_id' in body && typeof body.trigger_id === 'string' ? body.trigger_id : undefined;
}

const REMEMBERED_MS = 2 * 60 * 60 * 1000;
const MOST_REMEMBERED = 20_000;

/** Slack delivers again what it thinks was lost, for events up to an hour later; each acts once. */
function createSeen() {
  const ids = new LRUCache<string, true>({ max: MOST_REMEMBERED, ttl: REMEMBERED_MS });
  return {
    before(id: string): boolean {
      const isKnown = ids.has(id);
      ids.set(id, true);
      return isKnown;
    },
  };
}
