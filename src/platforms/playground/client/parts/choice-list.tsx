import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** A row of a list that is steered from an input: where the focus stays. */
export interface Row {
  key: string;
  group?: string;
  content: ComponentChildren;
}

/** The list above or below an input, with one row marked; the arrow keys are the input's. */
export function ChoiceList(props: {
  id: string;
  label: string;
  rows: readonly Row[];
  active: number;
  pick: (position: number) => void;
}) {
  const { id, label, rows, active, pick } = props;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div class="choices" id={id} role="listbox" aria-label={label} ref={list} tabIndex={-1}>
      {rows.map(({ key, group, content }, position) => (
        <div key={key} role="presentation">
          {group !== undefined && group !== rows[position - 1]?.group && (
            <div class="choices-group" role="presentation">
              {group}
            </div>
          )}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the input's, where the focus stays */}
          <div
            id={`${id}-${position}`}
            role="option"
            tabIndex={-1}
            class="choice"
            aria-selected={position === active}
            // Pressing the mouse would take the focus away from the input.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => pick(position)}
          >
            {content}
          </div>
        </div>
      ))}
    </div>
  );
}

/** Where an arrow key leads in a list of so many rows; nothing for other keys. -1 means no row. */
export function stepInList(key: string, active: number, count: number): number | undefined {
  if (count === 0) return undefined;
  if (key === 'ArrowDown') return (active + 1) % count;
  if (key === 'ArrowUp') return active <= 0 ? count - 1 : active - 1;
  return undefined;
}
