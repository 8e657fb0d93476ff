import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { WireClock, WireEvents, WireMessage, WireState, WireUnread } from '../wire.js';
import { api } from './api.js';

/** How things stand with the server. */
export type Connection = 'opening' | 'open' | 'lost';

export interface LiveChat {
  /** Nothing until the first answer. */
  state: WireState | undefined;
  connection: Connection;
  /** Puts a message in its place, or a newer form of it over the older. */
  upsert(message: WireMessage): void;
  remove(id: number): void;
  setClock(clock: WireClock): void;
}

/**
 * The chat of one person, kept up to date by the server. When the connection is lost it is opened again, and the state
 * read afresh, so nothing that was said meanwhile is missed.
 */
export function useChat(
  as: string,
  onEvent: (event: { arrived: WireMessage } | { restarted: true }) => void,
): LiveChat {
  const [state, setState] = useState<WireState>();
  const [connection, setConnection] = useState<Connection>('opening');
  const tell = useRef(onEvent);
  tell.current = onEvent;

  const change = useCallback((part: (state: WireState) => Partial<WireState>) => {
    setState((before) => before && { ...before, ...part(before) });
  }, []);
  const upsert = useCallback(
    (message: WireMessage) => change(({ messages }) => ({ messages: withMessage(messages, message) })),
    [change],
  );
  const remove = useCallback(
    (id: number) => change(({ messages }) => ({ messages: messages.filter((one) => one.id !== id) })),
    [change],
  );
  const setClock = useCallback((clock: WireClock) => change(() => ({ clock })), [change]);

  useEffect(() => {
    let boot: string | undefined;
    const stop = listen(as, {
      async hello() {
        const fresh = await api.state(as);
        if (boot !== undefined && boot !== fresh.boot) tell.current({ restarted: true });
        boot = fresh.boot;
        setState(fresh);
        setConnection('open');
      },
      message(message) {
        upsert(message);
        tell.current({ arrived: message });
      },
      gone: ({ id }) => remove(id),
      unread: (unread: WireUnread) => change(() => ({ unread })),
      clock: setClock,
      lost: () => setConnection('lost'),
    });
    return stop;
  }, [as, change, upsert, remove, setClock]);

  // What was loaded for somebody else is not shown as this person's.
  return { state: state?.me.key === as ? state : undefined, connection, upsert, remove, setClock };
}

function withMessage(messages: WireMessage[], message: WireMessage): WireMessage[] {
  const isKnown = messages.some(({ id }) => id === message.id);
  if (isKnown) return messages.map((one) => (one.id === message.id ? message : one));
  return [...messages, message].sort((one, other) => one.id - other.id);
}

type Handlers = { [Name in Exclude<keyof WireEvents, 'hello'>]: (data: WireEvents[Name]) => void } & {
  hello: () => Promise<void>;
  lost: () => void;
};

const RETRY_MS = 1500;

/** Listens to the server's events until told to stop. The browser gives up on some errors, so we open anew ourselves. */
function listen(as: string, handlers: Handlers): () => void {
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const lost = () => {
    source?.close();
    handlers.lost();
    clearTimeout(retry);
    retry = setTimeout(open, RETRY_MS);
  };
  const open = () => {
    const opened = new EventSource(`/playground/live?as=${encodeURIComponent(as)}`);
    source = opened;
    const on = <Name extends 'message' | 'gone' | 'unread' | 'clock'>(name: Name) =>
      opened.addEventListener(name, (event) => {
        if ('data' in event) (handlers[name] as (data: unknown) => void)(JSON.parse(String(event.data)));
      });
    opened.addEventListener('hello', () => handlers.hello().catch(lost));
    opened.addEventListener('error', lost);
    for (const name of ['message', 'gone', 'unread', 'clock'] as const) on(name);
  };
  open();
  return () => {
    clearTimeout(retry);
    source?.close();
  };
}
