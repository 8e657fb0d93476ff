import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Where, WireCatalogue, WireMoved } from '../wire.js';
import { api } from './api.js';
import { Opening } from './app.js';
import { firstSteps } from './first-steps.js';
import { movedWords } from './moved-words.js';
import { Beginning, WelcomeStrip } from './parts/beginning.js';
import { Composer, type ComposerHandle } from './parts/composer.js';
import { FormDialog } from './parts/form-dialog.js';
import { Lightbox } from './parts/lightbox.js';
import { Channels, Rail } from './parts/sidebar.js';
import { Timeline } from './parts/timeline.js';
import { Toasts, useToasts } from './parts/toasts.js';
import { TopBar } from './parts/top-bar.js';
import { type Surface, SurfaceContext } from './surface.js';
import { recall, remember } from './theme.js';
import { useActing } from './use-acting.js';
import { useChat } from './use-chat.js';
import type { Location } from './use-location.js';
import { useNow } from './use-now.js';

const WELCOMED = 'rollcall.welcomed';
const DM_TOAST = 'Rollcall sent you a direct message.';
const TOLD_OF_CHANNELS = 'rollcall.told-of-channels';

/** The whole chat, as one person sees it. */
export function ChatScreen(props: {
  as: string;
  where: string | undefined;
  catalogue: WireCatalogue;
  go: (to: Location) => void;
}) {
  const { as, catalogue, go } = props;
  const { toasts, add: toast, drop } = useToasts();
  const [isWelcome, setWelcome] = useState(() => recall(WELCOMED) === undefined);
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const [image, setImage] = useState<{ url: string; alt: string; name: string }>();
  const composer = useRef<ComposerHandle>(null);
  const open = useRef<Where>('');

  const chat = useChat(as, (event) => {
    if ('restarted' in event)
      return toast({ text: 'Rollcall was restarted: the chat begins anew, what you changed is kept.' });
    const { arrived } = event;
    const isElsewhere = arrived.where === 'dm' && open.current !== 'dm' && arrived.author.kind === 'bot';
    if (isElsewhere) {
      toast({ text: DM_TOAST, action: { label: 'Open', run: () => goTo('dm') } });
    }
  });
  const { state, connection } = chat;
  const now = useNow(state?.clock);
  const [firstServer] = state?.servers ?? [];
  const places = [
    'dm',
    ...(state?.servers ?? []).flatMap(({ key, channels }) => channels.map(({ id }) => `${key}/${id}`)),
  ];
  const fallback = firstServer ? `${firstServer.key}/${firstServer.channels[0]?.id ?? ''}` : 'dm';
  const where = props.where !== undefined && places.includes(props.where) ? props.where : fallback;
  open.current = where;

  const goTo = (to: Where) => {
    setDrawerOpen(false);
    if (to === 'dm') drop(DM_TOAST);
    go({ as, where: to });
  };
  const focusMessage = (id: number) =>
    requestAnimationFrame(() => {
      const element = document.getElementById(`message-${id}`);
      // A pager keeps the focus; a button that is gone hands it to its message, never to the button that took its place.
      if (element && !element.contains(document.activeElement)) element.focus({ preventScroll: true });
    });
  const acting = useActing({ standing: { as, where }, chat, toast, focusMessage });
  const unreadHere = state?.unread.mine[where] ?? 0;

  useEffect(() => {
    const read = () => {
      if (unreadHere > 0 && document.visibilityState === 'visible') void api.read({ as, where }).catch(() => {});
    };
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [as, where, unreadHere]);

  const waiting = Object.values(state?.unread.mine ?? {}).reduce((sum, count) => sum + count, 0);
  useEffect(() => {
    document.title = waiting > 0 ? `(${waiting}) Rollcall playground` : 'Rollcall playground';
  }, [waiting]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') setDrawerOpen(false);
      const isTyping = event.target instanceof HTMLElement && event.target.closest('input, textarea, select, dialog');
      if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      composer.current?.fill('');
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);

  useLayoutEffect(() => {
    if (isDrawerOpen) document.querySelector<HTMLElement>('.drawer [aria-current]')?.focus();
  }, [isDrawerOpen]);

  const isReady = state !== undefined;
  // On a touch screen this would bring the keyboard up over half of the page.
  useLayoutEffect(() => {
    if (isReady && where && !window.matchMedia('(pointer: coarse)').matches) composer.current?.focus();
  }, [isReady, where]);

  if (!state)
    return (
      <Opening
        problem={connection === 'lost' ? 'Rollcall does not answer yet. Trying again…' : undefined}
        retry={() => window.location.reload()}
      />
    );

  const server = state.servers.find(({ key }) => where.startsWith(`${key}/`));
  const channel = server?.channels.find(({ id }) => where === `${server.key}/${id}`);
  const messages = state.messages.filter((message) => message.where === where);
  const reader = { zone: state.me.zone, locale: state.me.locale, now };
  const surface: Surface = {
    reader,
    standing: { as, where },
    fillCommand: (name) => composer.current?.fill(name),
    runCommand: acting.runCommand,
    press: acting.press,
    dismiss: acting.dismiss,
    openImage: setImage,
  };
  const say = (text: string) => {
    acting.say(text);
    if (where === 'dm' || recall(TOLD_OF_CHANNELS)) return;
    remember(TOLD_OF_CHANNELS, 'yes');
    toast({
      text: 'Sent to the channel. Rollcall never reads channels: to reach it, type / for a command, or write to it directly.',
      action: { label: 'Write to Rollcall', run: () => goTo('dm') },
    });
  };
  const onMoved = (moved: WireMoved) => {
    chat.setClock(moved.clock);
    toast({ text: movedWords(moved, catalogue.personas, reader) });
  };

  return (
    <SurfaceContext.Provider value={surface}>
      <button type="button" class="skip" onClick={() => composer.current?.focus()}>
        Skip to writing
      </button>
      <div class={`screen ${isDrawerOpen ? 'drawer-open' : ''}`}>
        <div class="drawer">
          <Rail state={state} where={where} go={goTo} />
          <Channels state={state} where={where} go={goTo} />
        </div>
        {isDrawerOpen && (
          <button type="button" class="drawer-shade" aria-label="Close the list" onClick={() => setDrawerOpen(false)} />
        )}
        <main class="main">
          <TopBar
            state={state}
            reader={reader}
            personas={catalogue.personas}
            channel={channel}
            openDrawer={() => setDrawerOpen(true)}
            actAs={(key) => go({ as: key, where: undefined })}
            onMoved={onMoved}
          />
          {isWelcome && (
            <WelcomeStrip
              dismiss={() => {
                remember(WELCOMED, 'yes');
                setWelcome(false);
              }}
            />
          )}
          {connection === 'lost' && (
            <p class="lost" role="status">
              The connection to Rollcall was lost. Trying again…
            </p>
          )}
          <Timeline
            key={where}
            label={channel ? `Messages in #${channel.name}` : 'Messages with Rollcall'}
            messages={messages}
            isThinking={acting.isWaiting}
          >
            <Beginning
              me={state.me}
              server={server}
              channel={channel}
              steps={messages.length === 0 ? firstSteps(state.me, server, catalogue.commands) : []}
              say={say}
            />
          </Timeline>
          <Composer
            key={`composer ${where}`}
            handle={composer}
            catalogue={catalogue}
            placeholder={
              channel ? `Message #${channel.name}, or type / for commands` : 'Write to Rollcall, or type / for commands'
            }
            history={acting.history}
            run={acting.runCommand}
            say={say}
          />
        </main>
      </div>
      {acting.form && (
        <FormDialog
          key={acting.draftKey}
          open={acting.form}
          drafts={acting.drafts}
          draftKey={acting.draftKey}
          submit={acting.submit}
          close={acting.closeForm}
        />
      )}
      {image && <Lightbox image={image} close={() => setImage(undefined)} />}
      <Toasts toasts={toasts} drop={drop} />
    </SurfaceContext.Provider>
  );
}
