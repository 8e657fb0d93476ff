import { Hono } from 'hono';
import type { Bot } from '../../bot/bot.js';
import type { DemoPersona } from '../../demo/demo-personas.js';
import type { Acts, Doer } from './acts.js';
import { RequestProblem, readBody } from './bodies.js';
import type { Chat } from './chat.js';
import { findSpot, visitorAt } from './places.js';
import * as requests from './requests.js';

/** What a person does in the chat: commands, taps, forms, messages. */
export function chatRoutes(parts: {
  bot: Bot;
  chat: Chat;
  acts: Acts;
  findPersona: (key: string) => DemoPersona;
}): Hono {
  const { bot, chat, acts, findPersona } = parts;
  const routes = new Hono();

  /** Who is acting where. @throws RequestProblem */
  const doerOf = ({ as, where }: { as: string; where: string }): Doer => {
    const persona = findPersona(as);
    const spot = findSpot(persona, where);
    if (!spot) throw new RequestProblem('There is no such channel.', 404);
    return { persona, spot };
  };

  routes.post('/playground/command', async (context) => {
    const asked = await readBody(context.req.raw, requests.CommandRequest);
    return context.json(await acts.command(doerOf(asked), asked));
  });

  routes.post('/playground/press', async (context) => {
    const asked = await readBody(context.req.raw, requests.PressRequest);
    return context.json(await acts.press(doerOf(asked), asked));
  });

  routes.post('/playground/submit', async (context) => {
    const asked = await readBody(context.req.raw, requests.SubmitRequest);
    return context.json(await acts.submit(doerOf(asked), asked));
  });

  routes.post('/playground/say', async (context) => {
    const asked = await readBody(context.req.raw, requests.SayRequest);
    return context.json(await acts.say(doerOf(asked), asked.text));
  });

  routes.post('/playground/read', async (context) => {
    const { persona, spot } = doerOf(await readBody(context.req.raw, requests.ReadRequest));
    chat.markRead(spot, persona.key);
    return context.json({ ok: true });
  });

  // Only what a person alone sees can be dismissed: what others see is not theirs to take away.
  routes.post('/playground/dismiss', async (context) => {
    const asked = await readBody(context.req.raw, requests.DismissRequest);
    const { persona, spot } = doerOf(asked);
    const message = chat.list(spot, persona.key).find(({ id }) => id === asked.message);
    if (message?.onlyFor === persona.key) chat.remove(message);
    return context.json({ ok: true });
  });

  routes.post('/playground/suggest', async (context) => {
    const asked = await readBody(context.req.raw, requests.SuggestRequest);
    const { persona, spot } = doerOf(asked);
    const { of, text } = asked;
    const visitor = visitorAt(persona, spot);
    const choices =
      'command' in of
        ? await bot.suggest(visitor, { ...of, text })
        : await bot.suggestField(visitor, { id: of.form, field: of.field, text });
    return context.json({ choices: choices.slice(0, 25) });
  });

  return routes;
}
