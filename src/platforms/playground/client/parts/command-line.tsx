import type { TargetedKeyboardEvent } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { WireChoice, WireCommand, WireOption } from '../../wire.js';
import { api } from '../api.js';
import { useSurface } from '../surface.js';
import { useChoices } from '../use-choices.js';
import { ChoiceList, stepInList } from './choice-list.js';
import { CloseIcon, PlusIcon, SendIcon } from './icons.js';

const LIST = 'option-choices';
/** The place behind the last option, where others are added. */
const MORE = '';

/** A chosen command with its options as inputs: the required ones stand ready, the others are a tap or a word away. */
export function CommandLine(props: {
  command: WireCommand;
  run: (options: Record<string, string>) => void;
  /** Gives the command up; `back` keeps its name in the composer. */
  leave: (back: boolean) => void;
}) {
  const { command, run, leave } = props;
  const { standing } = useSurface();
  const [shown, setShown] = useState(() =>
    command.options.filter(({ isRequired }) => isRequired).map(({ name }) => name),
  );
  const [texts, setTexts] = useState<Record<string, string>>({});
  const [picked, setPicked] = useState<Record<string, WireChoice>>({});
  const [at, setAt] = useState(shown[0] ?? MORE);
  const [active, setActive] = useState(-1);
  const [isOpen, setOpen] = useState(true);
  const [missing, setMissing] = useState<string>();
  const [more, setMore] = useState('');
  const line = useRef<HTMLDivElement>(null);
  const wanted = useRef<string | undefined>(at);
  const here = command.options.find(({ name }) => name === at);
  const others = command.options.filter(({ name }) => !shown.includes(name));

  const choices = useChoices(
    here ? (texts[here.name] ?? '') : more.replace(/:$/, ''),
    sourceOf(here, others, (text) => api.suggest(standing, { command: command.name, option: at }, text)),
    at,
  );
  const isListOpen = isOpen && choices.length > 0 && (at !== MORE || more !== '' || active >= 0);

  const focus = (name: string) => {
    setAt(name);
    setActive(-1);
    wanted.current = name;
  };
  // In the same turn as the key press that led here: whoever types on loses no letter.
  useLayoutEffect(() => {
    if (wanted.current === undefined) return;
    line.current?.querySelector<HTMLInputElement>(`[data-option="${wanted.current}"]`)?.focus();
    wanted.current = undefined;
  });
  const type = (name: string, text: string) => {
    setTexts({ ...texts, [name]: text });
    setPicked(Object.fromEntries(Object.entries(picked).filter(([one]) => one !== name)));
    setMissing(undefined);
    setOpen(true);
    setActive(text.trim() === '' ? -1 : 0);
  };
  const add = (name: string) => {
    setShown([...shown, name]);
    setMore('');
    setActive(-1);
    setOpen(true);
    focus(name);
  };
  const drop = (name: string) => {
    setShown(shown.filter((one) => one !== name));
    setTexts(Object.fromEntries(Object.entries(texts).filter(([one]) => one !== name)));
    focus(MORE);
  };
  const pick = (position: number) => {
    const choice = choices[position];
    if (!choice) return;
    setActive(-1);
    if (at === MORE) return add(choice.value);
    setTexts({ ...texts, [at]: choice.label });
    setPicked({ ...picked, [at]: choice });
    setMissing(undefined);
    setOpen(false);
    const next = shown.find((name) => name !== at && !texts[name]);
    if (next) focus(next);
  };
  const submit = () => {
    const options: Record<string, string> = {};
    for (const name of shown) {
      const text = picked[name]?.value ?? texts[name]?.trim() ?? '';
      if (text !== '') options[name] = text;
    }
    const lacking = command.options.find(({ name, isRequired }) => isRequired && !options[name]);
    if (!lacking) return run(options);
    setMissing(lacking.name);
    focus(lacking.name);
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLInputElement>) => {
    if (event.isComposing) return;
    const step = stepInList(event.key, active, choices.length);
    const isMarked = isListOpen && active >= 0;
    if (step !== undefined) {
      setOpen(true);
      setActive(step);
    } else if ((event.key === 'Enter' || event.key === 'Tab') && isMarked && !event.shiftKey) pick(active);
    else if (event.key === 'Enter') submit();
    else if (event.key === 'Escape') {
      if (isListOpen) setOpen(false);
      else leave(false);
    } else if (event.key === 'Backspace' && event.currentTarget.value === '') {
      if (here && !here.isRequired) drop(here.name);
      else if (at === MORE && shown.length > 0) focus(shown.at(-1) ?? MORE);
      else leave(true);
    } else return;
    event.preventDefault();
  };
  const inputProps = (name: string) => ({
    'data-option': name,
    autocomplete: 'off',
    spellcheck: false,
    role: 'combobox' as const,
    'aria-expanded': isListOpen && at === name,
    'aria-controls': isListOpen && at === name ? LIST : undefined,
    'aria-autocomplete': 'list' as const,
    'aria-activedescendant': isListOpen && at === name && active >= 0 ? `${LIST}-${active}` : undefined,
    onFocus: () => {
      if (at === name) return;
      setAt(name);
      setActive(-1);
      setOpen(true);
    },
    onKeyDown,
  });

  return (
    <div class="composer" ref={line}>
      <div class="palette options">
        {isListOpen && (
          <ChoiceList
            id={LIST}
            label={here ? here.name : 'Options'}
            rows={choices.map(({ value, label }) => ({ key: value, content: <ChoiceRow choice={{ value, label }} /> }))}
            active={active}
            pick={pick}
          />
        )}
        <p class="palette-foot">
          {missing === at && missing !== MORE ? (
            <span class="problem" role="alert">
              {`“${missing}” is needed: ${here?.description.toLowerCase() ?? ''}.`}
            </span>
          ) : here ? (
            <span>
              <strong>{here.name}</strong> {here.description}
              {here.isRequired ? '' : ' (optional)'} · such as <code>{here.example}</code>
            </span>
          ) : (
            <span>
              <strong>/{command.name}</strong> {command.description} · <kbd>Enter</kbd> runs it
            </span>
          )}
        </p>
      </div>
      <div class="composer-box command">
        <div class="command-parts">
          <span class="command-chip">
            /{command.name}
            <button type="button" aria-label="Give this command up" title="Esc" onClick={() => leave(false)}>
              <CloseIcon />
            </button>
          </span>
          {shown.map((name) => (
            <label
              key={name}
              class={`option-chip ${missing === name ? 'missing' : ''} ${at === name ? 'current' : ''}`}
            >
              <span>{name}</span>
              <input
                {...inputProps(name)}
                type="text"
                dir="auto"
                value={texts[name] ?? ''}
                size={Math.min(28, Math.max(8, (texts[name] ?? '').length + 1))}
                aria-invalid={missing === name}
                onInput={(event) => type(name, event.currentTarget.value)}
              />
            </label>
          ))}
          {others.map(({ name, description }) => (
            <button
              type="button"
              key={name}
              class="option-add"
              title={description}
              aria-label={`Add ${name}: ${description}`}
              onClick={() => add(name)}
            >
              <PlusIcon />
              {name}
            </button>
          ))}
          <input
            {...inputProps(MORE)}
            class="option-more"
            type="text"
            value={more}
            aria-label={others.length > 0 ? 'Add an option, or press Enter to run' : 'Press Enter to run'}
            onInput={(event) => {
              const typed = event.currentTarget.value;
              const named = others.find(({ name }) => typed.trim().toLowerCase() === `${name}:`);
              if (named) return add(named.name);
              setMore(typed);
              setActive(typed === '' ? -1 : 0);
              setOpen(true);
            }}
          />
        </div>
        <button type="button" class="icon-button send" aria-label={`Run /${command.name}`} onClick={submit}>
          <SendIcon />
        </button>
      </div>
    </div>
  );
}

function ChoiceRow({ choice }: { choice: WireChoice }) {
  return (
    <span class="choice-label" dir="auto">
      {choice.label}
    </span>
  );
}

/** What can be picked: an option's own list or lookup; behind the last option, the options not yet there. */
function sourceOf(
  here: WireOption | undefined,
  others: readonly WireOption[],
  ask: (text: string) => Promise<WireChoice[]>,
): Parameters<typeof useChoices>[1] {
  if (!here)
    return { known: others.map(({ name, description }) => ({ value: name, label: `${name} · ${description}` })) };
  if (here.input.kind === 'choice') return { known: here.input.choices };
  return here.input.kind === 'lookup' ? { ask } : undefined;
}
