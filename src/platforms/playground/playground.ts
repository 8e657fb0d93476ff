import type { Context } from 'hono';
import { Hono } from 'hono';
import { nanoid } from 'nanoid';
import type { Bot } from '../../bot/bot.js';
import type { View } from '../../bot/views.js';
import type { DemoPersona } from '../../demo/demo-personas.js';
import type { MovableClock } from '../../shared/clock.js';
import { errorFacts, type Logger } from '../../shared/logger.js';
import { type Delivered, type Platform, StartProblem } from '../platform.js';
import { createActs } from './acts.js';
import { createAssets } from './assets.js';
import { RequestProblem, shortBodies } from './bodies.js';
import { createChannels } from './channels.js';
import { createChat } from './chat.js';
import { chatRoutes } from './chat-routes.js';
import { createClockMoves, MoveProblem, type MoveTo } from './clock-moves.js';
import { createDirectMessages } from './direct-messages.js';
import { createKeptFiles } from './kept-files.js';
import { createLive } from './live.js';
import { localOnly } from './local-only.js';
import { pageRoutes } from './page-routes.js';
import { spotsOf, whereOf } from './places.js';
import { stateRoutes } from './state-routes.js';
import type { WireUnread } from './wire.js';

/** The local playground: a platform like the others, with its pages. */
export type Playground = Platform & { routes: Hono };

/**
 * A chat on a local web page, in which one acts as any of a few invented people. All of it is in memory: the product's
 * own data lives on, what was said is gone with the process.
 *
 * @see product.md section 2
 */
export function createPlayground(parts: {
  bot: Bot;
  clock: MovableClock;
  moveTo: MoveTo;
  personas: readonly DemoPersona[];
  /** A server's name by its key; may fail when its org is gone. */
  spaceName: (key: string) => Promise<string>;
  logger: Logger;
  /** Where the built page is, for tests. */
  assetsFolder?: string;
  /** Who is at the other end, for tests. */
  remoteAddress?: (context: Context) => string | undefined;
}): Playground {
  const { bot, clock, personas, logger } = parts;
  const boot = nanoid(10);
  const chat = createChat({ clock });
  const files = createKeptFiles();
  const acts = createActs({ bot, chat, files });
  const moves = createClockMoves({ clock, moveTo: parts.moveTo });
  const direct = createDirectMessages({ chat, files });
  let isOpen = false;

  const findPersona = (key: string): DemoPersona => {
    const found = personas.find((one) => one.key === key);
    if (!found) throw new RequestProblem('There is nobody of that name in this demo.', 404);
    return found;
  };
  const unreadBySpot = (persona: DemoPersona) =>
    spotsOf(persona).map((spot) => ({ where: whereOf(spot), count: chat.countUnread(spot, persona.key) }));
  const unread = (me: DemoPersona): WireUnread => ({
    mine: Object.fromEntries(unreadBySpot(me).flatMap(({ where, count }) => (count > 0 ? [[where, count]] : []))),
    // For the others only what was written to them: what everybody sees is no reason to become somebody else.
    others: Object.fromEntries(
      personas.map(({ key }) => [key, chat.countUnread({ kind: 'direct', person: key }, key)] as const),
    ),
  });
  const live = createLive({ chat, boot, unread });

  const routes = new Hono();
  const guard = localOnly(parts.remoteAddress);
  routes.get('/', guard);
  routes.use('/playground/*', guard, shortBodies, async (context, next) => {
    const isAsking = context.req.method !== 'GET';
    if (isAsking && !isOpen) return context.json({ error: 'Rollcall is stopping. Start it again to go on.' }, 503);
    await next();
  });
  routes.route('/', pageRoutes({ assets: createAssets(parts.assetsFolder), files }));
  routes.route('/', chatRoutes({ bot, chat, acts, findPersona }));
  routes.route('/', stateRoutes({ ...parts, chat, moves, live, direct, boot, findPersona, unread }));
  routes.all('/playground/*', (context) => context.json({ error: 'There is nothing here.' }, 404));
  routes.onError((error, context) => {
    if (error instanceof RequestProblem) return context.json({ error: error.message }, error.status);
    if (error instanceof MoveProblem) return context.json({ error: error.message }, 409);
    logger.error({ path: context.req.routePath, error: errorFacts(error) }, 'a playground request failed');
    return context.json({ error: 'Sorry, that went wrong on my side. Please try again.' }, 500);
  });

  return {
    name: 'playground',
    routes,
    channels: createChannels({ chat, files, isOpen: () => isOpen }),
    async start() {
      isOpen = true;
    },
    /** What is said here is in the memory of the process that shows it, so no other can send. */
    async startSending() {
      throw new StartProblem('The playground’s messages are sent by the process that shows it.');
    },
    async stop() {
      isOpen = false;
      await acts.settled();
      live.close();
    },
    health: () => ({ isUp: isOpen, detail: isOpen ? 'open on this computer' : 'closed' }),
    async sendDirect({ account }, view: View, nonce): Promise<Delivered> {
      if (!isOpen) return { kind: 'retry-later' };
      return direct.send(account, view, nonce);
    },
    async editDirect(at, view: View): Promise<Delivered> {
      return isOpen ? direct.edit(at, view) : { kind: 'retry-later' };
    },
  };
}
