import type { Visitor } from '../../bot/actor.js';
import type { Bot } from '../../bot/bot.js';
import type { RawFields } from '../../bot/forms.js';
import type { Reply } from '../../bot/reply.js';
import type { View } from '../../bot/views.js';
import type { DemoPersona } from '../../demo/demo-personas.js';
import type { Chat, ChatMessage, Spot } from './chat.js';
import type { KeptFiles } from './kept-files.js';
import { visitorAt, whereOf } from './places.js';
import type { WireMessage, WireOutcome } from './wire.js';
import { wireForm, wireView } from './wire-view.js';

/** A person in a place, about to do something. */
export interface Doer {
  persona: DemoPersona;
  spot: Spot;
}

export type Acts = ReturnType<typeof createActs>;

/** What people do on the page: each is handed to the bot, and its reply becomes a change of the chat. */
export function createActs({ bot, chat, files }: { bot: Bot; chat: Chat; files: KeptFiles }) {
  const underWay = new Map<string, Promise<WireOutcome>>();

  /** The same thing asked for again while it is under way gets the answer of the first: a double press acts once. */
  const once = ({ persona, spot }: Doer, thing: unknown, work: () => Promise<WireOutcome>): Promise<WireOutcome> => {
    const key = JSON.stringify([persona.key, whereOf(spot), thing]);
    const running = underWay.get(key);
    if (running) return running;
    const started = work().finally(() => underWay.delete(key));
    underWay.set(key, started);
    return started;
  };

  const visitor = ({ persona, spot }: Doer): Visitor => visitorAt(persona, spot);

  const postView = (
    { persona, spot }: Doer,
    view: View,
    how: { isPublic?: boolean; command?: WireMessage['command'] } = {},
  ): ChatMessage =>
    chat.post({
      spot,
      author: { kind: 'bot' },
      onlyFor: spot.kind === 'channel' && !how.isPublic ? persona.key : undefined,
      command: how.command,
      body: { kind: 'view', view: wireView(view, files) },
    });

  /** Makes a reply visible. `from` is the message that was tapped, if it is still there. */
  const settle = (
    doer: Doer,
    reply: Reply,
    { from, command }: { from?: ChatMessage | undefined; command?: WireMessage['command'] } = {},
  ): WireOutcome => {
    switch (reply.kind) {
      case 'show': {
        const message = postView(doer, reply.view, { isPublic: reply.audience === 'everyone', command });
        return outcome(message);
      }
      case 'replace': {
        if (!from) return outcome(postView(doer, reply.view, { command }));
        return outcome(chat.change(from, { kind: 'view', view: wireView(reply.view, files) }));
      }
      case 'form':
        return { kind: 'form', form: wireForm(reply.form) };
      case 'correct':
        return { kind: 'correct', form: wireForm(reply.form), problems: reply.problems };
    }
  };

  const findTapped = ({ persona, spot }: Doer, id: number | undefined): ChatMessage | undefined =>
    chat.list(spot, persona.key).find((one) => one.id === id && one.author.kind === 'bot');

  return {
    /** Runs a command with its options' texts. */
    command(doer: Doer, asked: { name: string; options: Record<string, string> }): Promise<WireOutcome> {
      return once(doer, ['command', asked], async () => {
        const reply = await bot.runCommand(visitor(doer), asked.name, asked.options);
        return settle(doer, reply, {
          command: { text: commandLine(asked), by: doer.persona.name, key: doer.persona.key },
        });
      });
    },

    /** Presses a button or chooses from a select. */
    press(doer: Doer, asked: { message: number; id: string; values: string[] }): Promise<WireOutcome> {
      return once(doer, ['press', asked.message, asked.id], async () => {
        const reply = await bot.press(visitor(doer), asked.id, asked.values);
        return settle(doer, reply, { from: findTapped(doer, asked.message) });
      });
    },

    /** Sends a form. */
    submit(doer: Doer, asked: { message?: number | undefined; id: string; fields: RawFields }): Promise<WireOutcome> {
      return once(doer, ['submit', asked.id], async () => {
        const reply = await bot.submit(visitor(doer), asked.id, asked.fields);
        return settle(doer, reply, { from: findTapped(doer, asked.message) });
      });
    },

    /** Writes a message: Rollcall reads and answers it in the conversation with it, and never in a channel. */
    async say(doer: Doer, text: string): Promise<WireOutcome> {
      const { persona, spot } = doer;
      const said = chat.post({
        spot,
        author: { kind: 'person', key: persona.key, name: persona.name },
        onlyFor: undefined,
        command: undefined,
        body: { kind: 'text', text },
      });
      if (spot.kind === 'channel') return outcome(said);
      return settle(doer, await bot.hear(visitor(doer), text));
    },

    /** Resolves once nothing is under way. */
    async settled(): Promise<void> {
      await Promise.allSettled(underWay.values());
    },
  };
}

/** A message as one of its readers gets it. */
export function wireMessage({ id, spot, at, author, onlyFor, command, answers, body }: ChatMessage): WireMessage {
  return {
    id,
    where: whereOf(spot),
    at,
    author,
    isPrivate: onlyFor !== undefined,
    ...(command ? { command } : {}),
    ...(answers === undefined ? {} : { answers }),
    body,
  };
}

const outcome = (message: ChatMessage): WireOutcome => ({ kind: 'message', message: wireMessage(message) });

/** The command as it would be typed: `/orgs browse city:"Buenos Aires"`. */
function commandLine({ name, options }: { name: string; options: Record<string, string> }): string {
  const given = Object.entries(options).map(([option, text]) => `${option}:${/[\s"]/.test(text) ? `"${text}"` : text}`);
  return [`/${name}`, ...given].join(' ');
}
