import type { TargetedKeyboardEvent } from 'preact';
import { useState } from 'preact/hooks';
import { api } from '../api.js';
import { useSurface } from '../surface.js';
import { useChoices } from '../use-choices.js';
import { ChoiceList, stepInList } from './choice-list.js';

/** A field that offers what there is while one types; something else may be sent all the same. */
export function LookupField(props: {
  common: Record<string, unknown> & { id: string };
  form: string;
  field: string;
  value: string;
  placeholder: string;
  change: (value: string) => void;
}) {
  const { common, form, field, value, placeholder, change } = props;
  const { standing } = useSurface();
  const [shown, setShown] = useState(value);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const choices = useChoices(
    shown,
    isOpen ? { ask: (text) => api.suggest(standing, { form, field }, text) } : undefined,
    field,
  );
  const list = `${common.id}-list`;
  const isListOpen = isOpen && choices.length > 0;

  const pick = (position: number) => {
    const choice = choices[position];
    if (!choice) return;
    setShown(choice.label);
    change(choice.value);
    setOpen(false);
    setActive(-1);
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLInputElement>) => {
    const step = stepInList(event.key, active, choices.length);
    if (step !== undefined) {
      setOpen(true);
      setActive(step);
    } else if (event.key === 'Enter' && isListOpen && active >= 0) pick(active);
    else if (event.key === 'Escape' && isListOpen) setOpen(false);
    else return;
    event.preventDefault();
  };
  return (
    <div class="lookup">
      <input
        {...common}
        type="text"
        dir="auto"
        autocomplete="off"
        role="combobox"
        aria-expanded={isListOpen}
        aria-autocomplete="list"
        aria-controls={isListOpen ? list : undefined}
        aria-activedescendant={isListOpen && active >= 0 ? `${list}-${active}` : undefined}
        value={shown}
        placeholder={placeholder}
        onInput={(event) => {
          const text = event.currentTarget.value;
          setShown(text);
          change(text);
          setOpen(true);
          setActive(text.trim() === '' ? -1 : 0);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      {isListOpen && (
        <ChoiceList
          id={list}
          label="Suggestions"
          rows={choices.map(({ value: one, label }) => ({ key: one, content: <span dir="auto">{label}</span> }))}
          active={active}
          pick={pick}
        />
      )}
    </div>
  );
}
