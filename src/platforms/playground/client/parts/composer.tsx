import type { Ref, TargetedKeyboardEvent } from 'preact';
import { useImperativeHandle, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { WireCatalogue, WireCommand } from '../../wire.js';
import { matchCommands, readCommand, writeCommand } from '../commands.js';
import { ChoiceList, stepInList } from './choice-list.js';
import { CommandLine } from './command-line.js';
import { CommandsIcon, SendIcon } from './icons.js';
import { paletteRows } from './palette.js';

/** What others may ask of the composer. */
export interface ComposerHandle {
  fill(command: string): void;
  focus(): void;
}

export interface ComposerProps {
  catalogue: WireCatalogue;
  placeholder: string;
  run: (name: string, options: Record<string, string>) => void;
  say: (text: string) => void;
  handle: Ref<ComposerHandle>;
  /** Commands run before, the newest last. */
  history: readonly string[];
}

const LIST = 'palette';

/** Where one writes: a message, or a command, found in the palette or typed in full. */
export function Composer({ catalogue, placeholder, run, say, handle, history }: ComposerProps) {
  const [text, setText] = useState('');
  const [command, setCommand] = useState<WireCommand>();
  const [active, setActive] = useState(0);
  const [isClosed, setClosed] = useState(false);
  const [recalled, setRecalled] = useState(0);
  const input = useRef<HTMLTextAreaElement>(null);
  /** Whether a command was just left, and the writing place takes the focus back. */
  const isBack = useRef(false);
  const isCommand = text.startsWith('/');
  const found = isCommand && !text.includes('\n') ? matchCommands(text, catalogue.commands) : [];
  const isOpen = isCommand && !isClosed && !command;
  const rows = isOpen ? paletteRows(found, catalogue.groups, text) : [];

  const write = (next: string) => {
    setText(next);
    setActive(0);
    setClosed(false);
    setRecalled(0);
  };
  const choose = (chosen: WireCommand) => {
    setCommand(chosen);
    write('');
  };
  useImperativeHandle(handle, () => ({
    fill(name) {
      const named = catalogue.commands.find((one) => one.name === name);
      if (named) choose(named);
      else write(`/${name}`);
      input.current?.focus();
    },
    focus: () => input.current?.focus(),
  }));
  useLayoutEffect(() => {
    const element = input.current;
    if (!element) return;
    if (isBack.current) element.focus();
    isBack.current = false;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight, 180)}px`;
  });

  const send = () => {
    const trimmed = text.trim();
    if (trimmed === '') return;
    if (!isCommand) {
      write('');
      return say(trimmed);
    }
    const typed = readCommand(trimmed, catalogue.commands);
    const marked = found[active];
    const isMissing = typed?.command.options.some(({ name, isRequired }) => isRequired && !typed.options[name]);
    if (typed && !isMissing && (typed.hasRest || marked === typed.command)) {
      write('');
      return run(typed.command.name, typed.options);
    }
    if (marked) choose(marked);
  };
  const recall = (back: number) => {
    const wanted = history[history.length - back];
    if (back < 0 || (back > 0 && wanted === undefined)) return;
    write(back === 0 ? '' : (wanted ?? ''));
    setRecalled(back);
    setClosed(true);
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLTextAreaElement>) => {
    if (event.isComposing) return;
    const step = isOpen ? stepInList(event.key, active, rows.length) : undefined;
    const canRecall = text === '' || recalled > 0;
    if (step !== undefined) setActive(step);
    else if (event.key === 'Enter' && !event.shiftKey) send();
    else if (event.key === 'Tab' && !event.shiftKey && isOpen && found[active]) choose(found[active]);
    else if (event.key === 'Escape' && isOpen) setClosed(true);
    else if (event.key === 'ArrowUp' && canRecall) recall(recalled + 1);
    else if (event.key === 'ArrowDown' && recalled > 0) recall(recalled - 1);
    else return;
    event.preventDefault();
  };

  if (command) {
    return (
      <CommandLine
        key={command.name}
        command={command}
        leave={(back) => {
          setCommand(undefined);
          write(back ? writeCommand(command.name, {}) : '');
          isBack.current = true;
        }}
        run={(options) => {
          setCommand(undefined);
          write('');
          run(command.name, options);
          isBack.current = true;
        }}
      />
    );
  }
  return (
    <div class="composer">
      {isOpen && (
        <div class="palette">
          {rows.length > 0 ? (
            <ChoiceList
              id={LIST}
              label="Commands"
              rows={rows}
              active={active}
              pick={(position) => {
                const picked = found[position];
                if (picked) choose(picked);
              }}
            />
          ) : (
            <p class="palette-empty">No command is called that. /help lists them all.</p>
          )}
          <p class="palette-foot" aria-hidden="true">
            <kbd>↑</kbd>
            <kbd>↓</kbd> to move <kbd>Tab</kbd> to fill in <kbd>Enter</kbd> to go <kbd>Esc</kbd> to close
          </p>
        </div>
      )}
      <div class="composer-box">
        <button
          type="button"
          class="icon-button"
          aria-label="Show all commands"
          title="Commands"
          onClick={() => {
            write(isOpen ? '' : '/');
            input.current?.focus();
          }}
        >
          <CommandsIcon />
        </button>
        <textarea
          ref={input}
          id="composer"
          rows={1}
          value={text}
          maxLength={4000}
          placeholder={placeholder}
          dir="auto"
          aria-label={placeholder}
          aria-autocomplete="list"
          aria-controls={isOpen ? LIST : undefined}
          aria-activedescendant={isOpen && rows.length > 0 ? `${LIST}-${active}` : undefined}
          onInput={(event) => write(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <button
          type="button"
          class="icon-button send"
          aria-label="Send"
          aria-disabled={text.trim() === ''}
          onClick={send}
        >
          <SendIcon />
        </button>
      </div>
    </div>
  );
}
