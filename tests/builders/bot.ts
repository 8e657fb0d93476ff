import { DateTime } from 'luxon';
import { encodeAction } from '../../src/bot/action-codec.js';
import type { ActionRef } from '../../src/bot/actions.js';
import type { Visitor } from '../../src/bot/actor.js';
import type { Answered } from '../../src/bot/bot.js';
import type { FormInstance, RawFields } from '../../src/bot/forms.js';
import type { BotModule } from '../../src/bot/registry.js';
import type { Reply } from '../../src/bot/reply.js';
import { createRollcallBot } from '../../src/bot/rollcall-bot.js';
import { plainText } from '../../src/bot/text.js';
import { type Button, textsOf, type View } from '../../src/bot/views.js';
import type { LumaAddresses } from '../../src/calendar-services.js';
import { migrate, openDatabase } from '../../src/db/database.js';
import type { Pictures } from '../../src/pictures/pictures.js';
import type { Platform } from '../../src/platforms/platform.js';
import { createDispatcher } from '../../src/scheduler/dispatcher.js';
import { createServices } from '../../src/services.js';
import type { Clock } from '../../src/shared/clock.js';
import { createLogger } from '../../src/shared/logger.js';

/** Somebody acting, as a platform would tell of them. */
export function aVisitor(overrides: Partial<Visitor> = {}): Visitor {
  return {
    account: { platform: 'discord', teamId: '', accountId: '700000000000000001' },
    displayName: 'Ana',
    locale: 'en-GB',
    zone: undefined,
    place: { kind: 'space', externalId: '600000000000000001', channelId: '400000000000000001' },
    managesSpace: false,
    ...overrides,
  };
}

/** The bot over a database in memory, with a note of all it sent and logged. */
export async function startBot({
  more = [],
  sendDirect = async () => ({ kind: 'sent', channelId: 'dm-1', messageId: 'm-1' }),
  publicUrl,
  pictures,
  reviewsNewOrgs = false,
  luma,
  clock = { now: () => DateTime.fromISO('2026-03-01T10:00:00Z', { zone: 'utc' }) as DateTime<true> },
}: {
  more?: readonly BotModule[];
  sendDirect?: Platform['sendDirect'];
  publicUrl?: string;
  /** One that several tests share, as each has a thread. */
  pictures?: Pictures;
  reviewsNewOrgs?: boolean;
  /** Where a fake lu.ma is. */
  luma?: LumaAddresses;
  clock?: Clock;
} = {}) {
  const database = openDatabase(':memory:');
  await migrate(database.connection);
  const logged: string[] = [];
  const logger = createLogger('debug', { write: (line) => logged.push(line) });
  const { inTransaction } = database;
  const services = createServices(database, clock, { pictures, publicUrl, reviewsNewOrgs, luma });
  const sent: { accountId: string; view: View; nonce: string }[] = [];
  const edited: { accountId: string; messageId: string; view: View }[] = [];
  const answered: Answered[] = [];
  const onAnswered = (one: Answered) => answered.push(one);
  const bot = createRollcallBot({ services, clock, logger, more, onAnswered });
  const discord: Pick<Platform, 'name' | 'sendDirect' | 'editDirect'> = {
    name: 'discord',
    async sendDirect(to, view, nonce, triedMsAgo) {
      const outcome = await sendDirect(to, view, nonce, triedMsAgo);
      if (outcome.kind === 'sent') sent.push({ accountId: to.account.accountId, view, nonce });
      return outcome;
    },
    async editDirect({ account: { accountId }, channelId, messageId }, view) {
      edited.push({ accountId, messageId, view });
      return { kind: 'sent', channelId, messageId };
    },
  };
  const dispatcher = createDispatcher({ inTransaction, bot, platforms: [discord], clock, logger });
  return {
    bot,
    database,
    inTransaction,
    services,
    sent,
    edited,
    logged,
    answered,
    /** Sends all that is due. */
    settle: () => dispatcher.run(),
    stop: () => database.close(),
  };
}

/** The view of a reply; a reply of another kind fails the test. */
export function viewOf(reply: Reply): View {
  if (reply.kind !== 'show' && reply.kind !== 'replace') throw new Error(`A ${reply.kind} came, not a view.`);
  return reply.view;
}

/** The form of a reply; a reply of another kind fails the test. */
export function formOf(reply: Reply): FormInstance {
  if (reply.kind !== 'form') throw new Error(`A ${reply.kind} came, not a form.`);
  return reply.form;
}

/** Everything readable in a reply. */
export function wordsOf(reply: Reply): string {
  return textsOf(viewOf(reply)).map(plainText).join('\n');
}

/** Every button of a view, those in lists included. */
export function buttonsOf(view: View): Button[] {
  return view.blocks.flatMap((block) => {
    if (block.kind === 'buttons') return block.buttons;
    if (block.kind === 'list') return block.items.flatMap(({ button }) => (button ? [button] : []));
    return [];
  });
}

/** The tap behind a button, as a platform would send it. */
export function tapOf(reply: Reply, label: string): string {
  const buttons = buttonsOf(viewOf(reply));
  const found = buttons.find((button) => button.label === label);
  if (found?.kind !== 'action')
    throw new Error(`No button "${label}" among ${buttons.map((b) => b.label).join(', ')}.`);
  return encodeAction(found.action);
}

/** A form's own text, as a platform would send it with what was typed. */
export function formId(form: FormInstance): string {
  const ref: ActionRef = { action: form.form, payload: form.payload };
  return encodeAction(ref);
}

/** What stands in a form, as somebody would send it unchanged. */
export function asShown(form: FormInstance): RawFields {
  return Object.fromEntries(form.fields.map(({ name, initial }) => [name, initial]));
}
