import type { WireMessage } from '../../wire.js';
import { useSurface } from '../surface.js';
import { formatTime, fullTime } from '../times.js';
import { Avatar, BotAvatar } from './avatar.js';
import { Card } from './card.js';
import { EyeIcon, ReplyIcon } from './icons.js';

/**
 * One message, and above it the one that it answers. `isCompact` leaves out the head, where the one above is by the same
 * author.
 */
export function Message(props: { message: WireMessage; answered: WireMessage | undefined; isCompact: boolean }) {
  const { message, answered, isCompact } = props;
  const { reader, dismiss } = useSurface();
  const { id, author, at, command, isPrivate, body } = message;
  const name = author.kind === 'bot' ? 'Rollcall' : author.name;
  const hour = formatTime(at, 'hour', reader);
  return (
    <article
      id={`message-${id}`}
      class={`message ${isCompact ? 'compact' : ''} ${isPrivate ? 'private' : ''}`}
      tabIndex={-1}
      aria-label={`${name}, ${hour}`}
    >
      {command && (
        <div class="message-command">
          <Avatar id={command.key} name={command.by} size="small" />
          <span class="message-command-words">
            <bdi class="message-command-by">{command.by}</bdi> used <CommandText text={command.text} />
          </span>
        </div>
      )}
      {answered && (
        <button
          type="button"
          class="message-answers"
          aria-label={`Answers: ${firstWords(answered)}`}
          onClick={() => goTo(answered)}
        >
          <ReplyIcon />
          <bdi class="message-answers-words">{firstWords(answered)}</bdi>
        </button>
      )}
      <div class="message-side">
        {isCompact ? (
          <time class="message-hour" dateTime={at} title={fullTime(at, reader)}>
            {hour}
          </time>
        ) : author.kind === 'bot' ? (
          <BotAvatar />
        ) : (
          <Avatar id={author.key} name={author.name} />
        )}
      </div>
      <div class="message-main">
        {!isCompact && (
          <header class="message-head">
            <bdi class="message-author">{name}</bdi>
            {author.kind === 'bot' && <span class="badge">Bot</span>}
            <time class="message-time" dateTime={at} title={fullTime(at, reader)}>
              {hour}
            </time>
          </header>
        )}
        {body.kind === 'text' ? (
          <p class="message-text" dir="auto">
            {body.text}
          </p>
        ) : (
          <Card message={id} view={body.view} />
        )}
        {isPrivate && (
          <p class="message-private">
            <EyeIcon />
            <span>Only you can see this</span>
            <span aria-hidden="true">·</span>
            <button type="button" class="text-button" onClick={() => dismiss(id)}>
              Dismiss
            </button>
          </p>
        )}
      </div>
    </article>
  );
}

/** The address names the place, so one goes to a message by hand. */
function goTo({ id }: WireMessage): void {
  const found = document.getElementById(`message-${id}`);
  found?.scrollIntoView({ block: 'center' });
  found?.focus({ preventScroll: true });
}

/** What a message begins with, to tell which one is answered. */
function firstWords({ body }: WireMessage): string {
  if (body.kind === 'text') return body.text;
  return (body.view.title ?? [])
    .map((piece) => (typeof piece === 'string' ? piece : 'text' in piece ? piece.text : ''))
    .join('');
}

/** `/orgs browse city:Berlin`: the command stands out, its options stand back. */
function CommandText({ text }: { text: string }) {
  const cut = text.search(/ [a-z][a-z0-9-]*:/);
  const name = cut < 0 ? text : text.slice(0, cut);
  return (
    <>
      <span class="message-command-name">{name}</span>
      {cut >= 0 && <bdi class="message-command-options">{text.slice(cut)}</bdi>}
    </>
  );
}
