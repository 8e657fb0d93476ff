import type { ComponentChildren, TargetedKeyboardEvent } from 'preact';
import type { Where, WireServer, WireState } from '../../wire.js';
import { BotAvatar, hueOf, initials } from './avatar.js';
import { ChatIcon, HashIcon } from './icons.js';

/** The servers at the far left, and the conversation with Rollcall above them. */
export function Rail({ state, where, go }: { state: WireState; where: Where; go: (where: Where) => void }) {
  const { servers, unread } = state;
  const countOf = (server: WireServer) =>
    server.channels.reduce((sum, { id }) => sum + (unread.mine[`${server.key}/${id}`] ?? 0), 0);
  return (
    <nav class="rail" aria-label="Servers" onKeyDown={roveVertically}>
      <RailTile
        isCurrent={where === 'dm'}
        label="Direct messages"
        unread={unread.mine.dm ?? 0}
        go={() => go('dm')}
        hue="direct"
      >
        <ChatIcon />
      </RailTile>
      <hr />
      {servers.map((server) => (
        <RailTile
          key={server.key}
          isCurrent={where.startsWith(`${server.key}/`)}
          label={server.name}
          unread={countOf(server)}
          hue={hueOf(server.key)}
          go={() => go(`${server.key}/${server.channels[0]?.id ?? ''}`)}
        >
          {initials(server.name)}
        </RailTile>
      ))}
    </nav>
  );
}

function RailTile(props: {
  isCurrent: boolean;
  label: string;
  unread: number;
  hue: string;
  go: () => void;
  children: ComponentChildren;
}) {
  const { isCurrent, label, unread, hue, go, children } = props;
  return (
    <button
      type="button"
      class={`rail-tile ${hue}`}
      aria-current={isCurrent ? 'true' : undefined}
      aria-label={unread > 0 ? `${label}, ${unread} unread` : label}
      title={label}
      onClick={go}
    >
      <span class="rail-face">{children}</span>
      {unread > 0 && <Unread count={unread} />}
    </button>
  );
}

/** The conversations of the server on show. */
export function Channels({ state, where, go }: { state: WireState; where: Where; go: (where: Where) => void }) {
  const server = state.servers.find(({ key }) => where.startsWith(`${key}/`));
  return (
    <nav class="channels" aria-label="Conversations" onKeyDown={roveVertically}>
      <h2 class="channels-title" dir="auto">
        {server ? server.name : 'Direct messages'}
      </h2>
      {server?.isManaged && <p class="channels-note">You manage this server</p>}
      <ul>
        {server ? (
          server.channels.map(({ id, name }) => (
            <ChannelLine
              key={id}
              isCurrent={where === `${server.key}/${id}`}
              unread={state.unread.mine[`${server.key}/${id}`] ?? 0}
              go={() => go(`${server.key}/${id}`)}
              icon={<HashIcon />}
              name={name}
            />
          ))
        ) : (
          <ChannelLine
            isCurrent
            unread={state.unread.mine.dm ?? 0}
            go={() => go('dm')}
            icon={<BotAvatar size="small" />}
            name="Rollcall"
          />
        )}
      </ul>
      <p class="channels-foot">Local demo with invented people. Nothing leaves this computer.</p>
    </nav>
  );
}

function ChannelLine(props: {
  isCurrent: boolean;
  unread: number;
  go: () => void;
  icon: ComponentChildren;
  name: string;
}) {
  const { isCurrent, unread, go, icon, name } = props;
  return (
    <li>
      <button
        type="button"
        class={`channel ${unread > 0 ? 'unread' : ''}`}
        aria-current={isCurrent ? 'page' : undefined}
        onClick={go}
      >
        {icon}
        <span class="channel-name">{name}</span>
        {unread > 0 && <Unread count={unread} />}
      </button>
    </li>
  );
}

export function Unread({ count }: { count: number }) {
  return (
    <span class="unread-count">
      {count > 99 ? '99+' : count}
      <span class="unseen"> unread</span>
    </span>
  );
}

/** Arrow keys go from one button to the next in a list of them. */
export function roveVertically(event: TargetedKeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const all = [...event.currentTarget.querySelectorAll('button')];
  const at = all.indexOf(document.activeElement as HTMLButtonElement);
  all[(at + step + all.length) % all.length]?.focus();
  event.preventDefault();
}
