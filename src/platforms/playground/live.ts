import type { Context } from 'hono';
import { type SSEStreamingApi, streamSSE } from 'hono/streaming';
import type { DemoPersona } from '../../demo/demo-personas.js';
import { wireMessage } from './acts.js';
import { type Chat, isSeenBy } from './chat.js';
import { isIn } from './places.js';
import type { WireClock, WireEvents, WireUnread } from './wire.js';

export type Live = ReturnType<typeof createLive>;

// Often enough that a page notices within seconds that the server went away.
const PING_EVERY_MS = 15_000;

/** Tells open pages what happens, as Server-Sent Events; each page hears what its person may see. */
export function createLive(parts: { chat: Chat; boot: string; unread: (persona: DemoPersona) => WireUnread }) {
  const { chat, boot, unread } = parts;
  const open = new Set<{ send: Send; end: () => void }>();

  return {
    /** Answers with a stream that lasts until the page goes or the server stops. */
    stream(context: Context, persona: DemoPersona): Response {
      return streamSSE(context, async (stream) => {
        const send = sender(stream);
        const page = { send, end: () => {} };
        const ended = new Promise<void>((resolve) => {
          page.end = resolve;
          stream.onAbort(resolve);
        });
        open.add(page);
        const deaf = chat.listen((event) => {
          if (event.kind !== 'read') {
            const { message } = event;
            if (!isIn(persona, message.spot) || !isSeenBy(message, persona.key)) return send('unread', unread(persona));
            if (event.kind === 'message') send('message', wireMessage(message));
            else send('gone', { id: message.id });
          }
          send('unread', unread(persona));
        });
        const pings = setInterval(() => void stream.write(': still here\n\n').catch(() => {}), PING_EVERY_MS);
        send('hello', { boot });
        await ended;
        clearInterval(pings);
        deaf();
        open.delete(page);
      });
    },

    /** Tells every page the time. */
    tellClock(clock: WireClock): void {
      for (const { send } of open) send('clock', clock);
    },

    /** Ends every stream. */
    close(): void {
      for (const { end } of open) end();
    },
  };
}

type Send = <Name extends keyof WireEvents>(event: Name, data: WireEvents[Name]) => void;

/** A page that has gone away is noticed by its stream; writing to it is no error. */
function sender(stream: SSEStreamingApi): Send {
  return (event, data) => void stream.writeSSE({ event, data: JSON.stringify(data) }).catch(() => {});
}
