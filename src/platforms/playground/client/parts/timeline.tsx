import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { WireMessage } from '../../wire.js';
import { useSurface } from '../surface.js';
import { dayName, dayOf } from '../times.js';
import { ArrowDownIcon } from './icons.js';
import { Message } from './message.js';

/** Messages of one author within so much time stand under one head. */
const TOGETHER_MS = 5 * 60_000;
/** Whoever is this near to the end follows along. */
const NEAR_END_PX = 120;
const BREATH_PX = 8;

/** The messages of one conversation, the newest at the bottom; `children` is what stands at its beginning. */
export function Timeline(props: {
  label: string;
  messages: readonly WireMessage[];
  isThinking: boolean;
  children: ComponentChildren;
}) {
  const { messages, isThinking } = props;
  const { reader } = useSurface();
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const isFollowing = useRef(true);
  const [isAway, setAway] = useState(false);

  const settledAt = useRef(0);

  /** To the end; a last message that is taller than the window is shown from its beginning. */
  const toEnd = () => {
    const element = scroller.current;
    if (!element) return;
    const last = element.querySelector<HTMLElement>('.timeline-entry:last-child');
    const end = element.scrollHeight - element.clientHeight;
    element.scrollTop = last && messages.length > 0 ? Math.min(end, last.offsetTop - BREATH_PX) : end;
    settledAt.current = element.scrollTop;
  };
  const latest = useRef(toEnd);
  latest.current = toEnd;
  useLayoutEffect(() => {
    if (isFollowing.current) toEnd();
  }, [messages, isThinking]);
  // Pictures and opened lists grow later than the message came.
  useEffect(() => {
    if (!content.current) return;
    const observer = new ResizeObserver(() => isFollowing.current && latest.current());
    observer.observe(content.current);
    return () => observer.disconnect();
  }, []);
  const onScroll = () => {
    const element = scroller.current;
    if (!element) return;
    const toGo = element.scrollHeight - element.scrollTop - element.clientHeight;
    isFollowing.current = toGo < NEAR_END_PX || Math.abs(element.scrollTop - settledAt.current) < 2;
    setAway(!isFollowing.current);
  };

  return (
    <div class="timeline-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <div class="timeline" ref={scroller} onScroll={onScroll} tabIndex={0} role="log" aria-label={props.label}>
        <div class="timeline-content" ref={content}>
          {props.children}
          {messages.map((message, position) => {
            const before = messages[position - 1];
            const isNewDay = !before || dayOf(before.at, reader) !== dayOf(message.at, reader);
            return (
              <div key={message.id} class="timeline-entry">
                {isNewDay && (
                  <div class="day">
                    <span>{dayName(message.at, reader)}</span>
                  </div>
                )}
                <Message
                  message={message}
                  answered={messages.find(({ id }) => id === message.answers)}
                  isCompact={!isNewDay && belongsTo(before, message)}
                />
              </div>
            );
          })}
          {isThinking && (
            <div class="thinking">
              <span class="thinking-dots" aria-hidden="true">
                <i />
                <i />
                <i />
              </span>
              Rollcall is on it…
            </div>
          )}
        </div>
      </div>
      {isAway && (
        <button
          type="button"
          class="to-end"
          onClick={() => {
            isFollowing.current = true;
            setAway(false);
            toEnd();
          }}
        >
          <ArrowDownIcon /> Newest
        </button>
      )}
    </div>
  );
}

function belongsTo(before: WireMessage | undefined, message: WireMessage): boolean {
  if (!before || message.body.kind !== 'text' || before.body.kind !== 'text') return false;
  const isSame = JSON.stringify(before.author) === JSON.stringify(message.author);
  return isSame && Date.parse(message.at) - Date.parse(before.at) < TOGETHER_MS;
}
