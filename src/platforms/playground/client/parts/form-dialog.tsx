import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { WireForm } from '../../wire.js';
import { FieldView } from './form-fields.js';
import { CloseIcon } from './icons.js';

export type Typed = Record<string, string | string[]>;

/** A form that is open: where from, and what is wrong with what was typed. */
export interface OpenForm {
  form: WireForm;
  problems: Record<string, string>;
  /** The message it was opened from. */
  message: number | undefined;
}

/** A form over the chat. What was typed is kept when it is closed, and is there again when it is opened anew. */
export function FormDialog(props: {
  open: OpenForm;
  drafts: Map<string, Typed>;
  draftKey: string;
  submit: (typed: Typed) => Promise<void>;
  close: () => void;
}) {
  const { open, drafts, draftKey, submit, close } = props;
  const { form, problems } = open;
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState<Typed>(() => ({
    ...Object.fromEntries(form.fields.map(({ name, initial }) => [name, initial])),
    ...drafts.get(draftKey),
  }));
  const [isSending, setSending] = useState(false);
  const [summary, setSummary] = useState('');

  useLayoutEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    element?.querySelector<HTMLElement>('input, textarea, select')?.focus();
    return () => {
      if (before instanceof HTMLElement && document.contains(before)) before.focus();
    };
  }, []);
  useEffect(() => {
    if (Object.keys(problems).length === 0) return;
    setSummary('Not saved yet. Please look at the marked fields.');
    dialog.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [problems]);

  const change = (name: string, value: string | string[]) => {
    const next = { ...typed, [name]: value };
    setTyped(next);
    drafts.set(draftKey, next);
  };
  const send = async () => {
    if (isSending) return;
    setSending(true);
    setSummary('');
    await submit(typed).finally(() => setSending(false));
  };
  return (
    <dialog class="form-dialog" ref={dialog} aria-labelledby="form-title" onClose={close}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <header>
          <h2 id="form-title" dir="auto">
            {form.title}
          </h2>
          <button
            type="button"
            class="icon-button"
            aria-label="Close"
            title="Close (Esc)"
            onClick={() => dialog.current?.close()}
          >
            <CloseIcon />
          </button>
        </header>
        <div class="form-body">
          {form.fields.map((field) => (
            <FieldView
              key={field.name}
              form={form.id}
              field={field}
              value={typed[field.name] ?? ''}
              problem={problems[field.name]}
              change={(value) => change(field.name, value)}
            />
          ))}
        </div>
        <footer>
          <p class="problem" role="alert">
            {summary}
          </p>
          <button type="button" class="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="submit" class={`button primary ${isSending ? 'busy' : ''}`} aria-disabled={isSending}>
            <span class="button-label">{form.submitLabel}</span>
          </button>
        </footer>
      </form>
    </dialog>
  );
}
