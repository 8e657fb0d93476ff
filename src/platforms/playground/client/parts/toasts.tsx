import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { CloseIcon } from './icons.js';

/** A short word on something that happened elsewhere, with at most one thing to do about it. */
export interface Toast {
  text: string;
  tone?: 'plain' | 'bad';
  action?: { label: string; run: () => void };
}

const SHOWN_MS = 8_000;
const MOST = 3;

export function useToasts() {
  const [toasts, setToasts] = useState<(Toast & { id: number })[]>([]);
  const next = useRef(0);
  const drop = useCallback((text: string) => setToasts((list) => list.filter((one) => one.text !== text)), []);
  const add = useCallback((toast: Toast) => {
    next.current += 1;
    const id = next.current;
    setToasts((list) => [...list.filter(({ text }) => text !== toast.text), { ...toast, id }].slice(-MOST));
  }, []);
  return { toasts, add, drop };
}

export function Toasts({
  toasts,
  drop,
}: {
  toasts: readonly (Toast & { id: number })[];
  drop: (text: string) => void;
}) {
  return (
    <div class="toasts" aria-live="polite">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} drop={() => drop(toast.text)} />
      ))}
    </div>
  );
}

function ToastCard({ toast, drop }: { toast: Toast; drop: () => void }) {
  const { text, tone = 'plain', action } = toast;
  const latest = useRef(drop);
  latest.current = drop;
  useEffect(() => {
    const timer = setTimeout(() => latest.current(), SHOWN_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class={`toast ${tone}`}>
      <span dir="auto">{text}</span>
      {action && (
        <button
          type="button"
          class="text-button"
          onClick={() => {
            drop();
            action.run();
          }}
        >
          {action.label}
        </button>
      )}
      <button type="button" class="icon-button small" aria-label="Close this notice" onClick={drop}>
        <CloseIcon />
      </button>
    </div>
  );
}
