import { useState } from 'preact/hooks';
import type { WireMoved, WirePersona, WireState } from '../../wire.js';
import { storedTheme, storeTheme, type Theme } from '../theme.js';
import type { Reader } from '../times.js';
import { Avatar } from './avatar.js';
import { ClockFace } from './clock-face.js';
import { ClockPanel } from './clock-panel.js';
import { DownIcon, HashIcon, MenuIcon, MoonIcon, ScreenIcon, SunIcon } from './icons.js';
import { PersonaPanel } from './persona-panel.js';
import { Popover } from './popover.js';

/** Where one is, and the three things that stand above the chat: the clock, the light, and who one is. */
export function TopBar(props: {
  state: WireState;
  reader: Reader;
  personas: readonly WirePersona[];
  channel: { name: string; topic: string } | undefined;
  openDrawer: () => void;
  actAs: (key: string) => void;
  onMoved: (moved: WireMoved) => void;
}) {
  const { state, reader, personas, channel, openDrawer, actAs, onMoved } = props;
  const { me, unread } = state;
  const waiting = Object.entries(unread.others).some(([key, count]) => key !== me.key && count > 0);
  return (
    <header class="top">
      <button type="button" class="icon-button drawer-opener" aria-label="Servers and channels" onClick={openDrawer}>
        <MenuIcon />
        {Object.keys(unread.mine).length > 0 && <span class="dot" />}
      </button>
      <div class="top-where">
        {channel && <HashIcon />}
        <h1 class="top-name">{channel?.name ?? 'Rollcall'}</h1>
        {!channel && <span class="badge">Bot</span>}
        <span class="top-topic">{channel?.topic ?? 'Direct message'}</span>
      </div>
      <div class="top-tools">
        <Popover
          class="clock"
          label="Rollcall’s clock"
          panelLabel="Rollcall’s clock"
          face={<ClockFace clock={state.clock} reader={reader} />}
        >
          {() => <ClockPanel clock={state.clock} reader={reader} as={me.key} onMoved={onMoved} />}
        </Popover>
        <ThemeButton />
        <Popover
          class="persona"
          label={`You are acting as ${me.name}. Switch person`}
          panelLabel="Act as somebody else"
          face={
            <>
              <Avatar id={me.key} name={me.name} size="small" />
              <span class="persona-words">
                <span class="persona-as">Acting as</span>
                <span class="persona-name">{me.name}</span>
              </span>
              {waiting && <span class="dot" />}
              <DownIcon />
            </>
          }
        >
          {(close) => (
            <PersonaPanel
              personas={personas}
              me={me}
              unread={unread.others}
              choose={(key) => {
                close();
                actAs(key);
              }}
            />
          )}
        </Popover>
      </div>
    </header>
  );
}

const NEXT: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };
const WORDS: Record<Theme, string> = { system: 'as the system', light: 'light', dark: 'dark' };

function ThemeButton() {
  const [theme, setTheme] = useState(storedTheme);
  const next = NEXT[theme];
  const Face = { system: ScreenIcon, light: SunIcon, dark: MoonIcon }[theme];
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={`Appearance: ${WORDS[theme]}. Change to ${WORDS[next]}`}
      title={`Appearance: ${WORDS[theme]}`}
      onClick={() => {
        storeTheme(next);
        setTheme(next);
      }}
    >
      <Face />
    </button>
  );
}
