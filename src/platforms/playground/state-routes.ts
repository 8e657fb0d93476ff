import { Hono } from 'hono';
import type { Bot } from '../../bot/bot.js';
import type { DemoPersona } from '../../demo/demo-personas.js';
import { wireMessage } from './acts.js';
import { RequestProblem, readBody } from './bodies.js';
import type { Chat } from './chat.js';
import type { ClockMoves } from './clock-moves.js';
import type { DirectMessages } from './direct-messages.js';
import type { Live } from './live.js';
import { spotsOf, wirePersona, wireServers } from './places.js';
import { MoveRequest } from './requests.js';
import type { WireCatalogue, WireMoved, WireState, WireUnread } from './wire.js';
import { wireCommand } from './wire-view.js';

// The jobs on the way are quick; this is how smooth the progress looks.
const TELL_CLOCK_EVERY_MS = 200;

/** What there is to see: the page's state, its updates, and the product's clock. */
export function stateRoutes(parts: {
  bot: Bot;
  chat: Chat;
  moves: ClockMoves;
  live: Live;
  direct: DirectMessages;
  boot: string;
  personas: readonly DemoPersona[];
  spaceName: (key: string) => Promise<string>;
  findPersona: (key: string) => DemoPersona;
  unread: (persona: DemoPersona) => WireUnread;
}): Hono {
  const { bot, chat, moves, live, direct, boot, findPersona, unread } = parts;
  const routes = new Hono();

  const personaOf = (key: string | undefined): DemoPersona => {
    if (key === undefined) throw new RequestProblem('Say who is looking: ?as=…', 400);
    return findPersona(key);
  };

  routes.get('/playground/catalogue', (context) => {
    const { commands, groups } = bot.registry;
    const catalogue: WireCatalogue = {
      personas: parts.personas.map(wirePersona),
      commands: commands.map(wireCommand),
      groups: { ...groups },
    };
    return context.json(catalogue);
  });

  routes.get('/playground/state', async (context) => {
    const me = personaOf(context.req.query('as'));
    const state: WireState = {
      boot,
      me: wirePersona(me),
      servers: await wireServers(me, parts.spaceName),
      messages: spotsOf(me).flatMap((spot) => chat.list(spot, me.key).map(wireMessage)),
      unread: unread(me),
      clock: moves.state(),
    };
    return context.json(state);
  });

  routes.get('/playground/live', (context) => live.stream(context, personaOf(context.req.query('as'))));

  routes.post('/playground/clock', async (context) => {
    const { as, to } = await readBody(context.req.raw, MoveRequest);
    const { zone } = findPersona(as);
    const before = direct.counts();
    const progress = setInterval(() => live.tellClock(moves.state()), TELL_CLOCK_EVERY_MS);
    try {
      const jobs = await moves.move(to, zone);
      const moved: WireMoved = { clock: moves.state(), delivered: newSince(before, direct.counts()), jobs: [...jobs] };
      return context.json(moved);
    } finally {
      clearInterval(progress);
      live.tellClock(moves.state());
    }
  });

  return routes;
}

function newSince(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): Record<string, number> {
  const grown = [...after].map(([key, count]) => [key, count - (before.get(key) ?? 0)] as const);
  return Object.fromEntries(grown.filter(([, count]) => count > 0));
}
