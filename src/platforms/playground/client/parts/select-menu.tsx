import type { TargetedKeyboardEvent } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { WireSelect } from '../../wire.js';
import type { Pressing } from './card.js';
import { CheckIcon, DownIcon } from './icons.js';

/** A choice that acts as soon as it is made; where several can be chosen, once "Apply" is pressed. */
export function SelectMenu({ select, pressing }: { select: WireSelect; pressing: Pressing }) {
  const [isOpen, setOpen] = useState(false);
  const initial = select.options.filter(({ isChosen }) => isChosen).map(({ value }) => value);
  const [chosen, setChosen] = useState(initial);
  const opener = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const isMany = select.most > 1;
  const shown = select.options.filter(({ value }) => initial.includes(value)).map(({ label }) => label);

  // the first option takes the focus when the list opens
  useLayoutEffect(() => {
    if (!isOpen) return;
    setChosen(initial);
    const options = [...(list.current?.querySelectorAll<HTMLElement>('[role=option]') ?? [])];
    (options.find((option) => option.ariaSelected === 'true') ?? options[0])?.focus();
  }, [isOpen]);

  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };
  const choose = (value: string) => {
    if (!isMany) {
      close();
      return pressing.press(select.id, [value]);
    }
    const isChosen = chosen.includes(value);
    if (isChosen) setChosen(chosen.filter((one) => one !== value));
    else if (chosen.length < select.most) setChosen([...chosen, value]);
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>) => {
    const options = [...(list.current?.querySelectorAll<HTMLElement>('[role=option]') ?? [])];
    const at = options.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: options.length - 1 }[event.key];
    if (to !== undefined) options[Math.max(0, Math.min(options.length - 1, to))]?.focus();
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const isEnough = chosen.length >= select.least && chosen.length <= select.most;

  return (
    <div class="select">
      <button
        type="button"
        ref={opener}
        class="select-opener"
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        aria-disabled={pressing.busy !== undefined}
        onClick={() => (isOpen ? close() : pressing.busy === undefined && setOpen(true))}
      >
        <span class="select-words" dir="auto">
          {shown.length > 0 ? (
            <>
              <span class="select-label">{select.placeholder}: </span>
              {shown.join(', ')}
            </>
          ) : (
            select.placeholder
          )}
        </span>
        <DownIcon />
      </button>
      {isOpen && (
        <div class="select-panel">
          <div
            id={id}
            ref={list}
            role="listbox"
            tabIndex={-1}
            aria-label={select.placeholder}
            aria-multiselectable={isMany}
            onKeyDown={onKeyDown}
          >
            {select.options.map(({ value, label, description }) => (
              <button
                type="button"
                key={value}
                role="option"
                class="select-option"
                aria-selected={chosen.includes(value)}
                onClick={() => choose(value)}
              >
                <span class="select-tick">{chosen.includes(value) && <CheckIcon />}</span>
                <span class="select-option-words">
                  <span dir="auto">{label}</span>
                  {description && (
                    <span class="select-option-about" dir="auto">
                      {description}
                    </span>
                  )}
                </span>
              </button>
            ))}
          </div>
          {isMany && (
            <div class="select-foot">
              <span>
                {chosen.length} chosen{select.most < select.options.length ? `, up to ${select.most}` : ''}
              </span>
              <button
                type="button"
                class="button primary"
                aria-disabled={!isEnough}
                onClick={() => {
                  if (!isEnough) return;
                  close();
                  pressing.press(select.id, chosen);
                }}
              >
                Apply
              </button>
            </div>
          )}
        </div>
      )}
    </div>
  );
}
