import { useRef, useState } from 'preact/hooks';
import type { WireOutcome } from '../wire.js';
import { api, type Standing, wordsOf } from './api.js';
import { writeCommand } from './commands.js';
import type { OpenForm, Typed } from './parts/form-dialog.js';
import type { Toast } from './parts/toasts.js';
import type { LiveChat } from './use-chat.js';

/** What was typed into forms and not sent, by person and form; it outlives a switch of person. */
const drafts = new Map<string, Typed>();

/** What one does in the chat, and what comes of it: messages, forms, and words when it did not work. */
export function useActing(parts: {
  standing: Standing;
  chat: LiveChat;
  toast: (toast: Toast) => void;
  focusMessage: (id: number) => void;
}) {
  const { standing, chat, toast, focusMessage } = parts;
  const [form, setForm] = useState<OpenForm>();
  const [waiting, setWaiting] = useState(0);
  const history = useRef<string[]>([]);

  /** Shows what came of something; `from` is the message that it was done in. */
  const settle = (outcome: WireOutcome, from: number | undefined) => {
    switch (outcome.kind) {
      case 'message':
        chat.upsert(outcome.message);
        break;
      case 'form':
        setForm({ form: outcome.form, problems: {}, message: from });
        break;
      case 'correct':
        setForm({ form: outcome.form, problems: outcome.problems, message: from });
    }
  };
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setWaiting((count) => count + 1);
    try {
      await work();
    } catch (error) {
      toast({ text: wordsOf(error), tone: 'bad' });
    } finally {
      setWaiting((count) => count - 1);
    }
  };
  const draftKey = form ? `${standing.as} ${form.form.id}` : '';

  return {
    form,
    drafts,
    draftKey,
    history: history.current,
    isWaiting: waiting > 0,

    runCommand(name: string, options: Record<string, string>): void {
      const line = writeCommand(name, options);
      history.current = [...history.current.filter((one) => one !== line), line].slice(-50);
      void attempt(async () => settle(await api.command(standing, name, options), undefined));
    },

    say(text: string): void {
      void attempt(async () => settle(await api.say(standing, text), undefined));
    },

    press: (message: number, id: string, values: string[] = []): Promise<void> =>
      attempt(async () => {
        const outcome = await api.press(standing, message, id, values);
        settle(outcome, message);
        if (outcome.kind === 'message') focusMessage(outcome.message.id);
      }),

    submit: (typed: Typed): Promise<void> =>
      attempt(async () => {
        if (!form) return;
        const { message, form: sent } = form;
        const outcome = await api.submit(standing, { message, id: sent.id, fields: typed });
        settle(outcome, message);
        if (outcome.kind !== 'message') return;
        // After a mistake of ours nothing was saved, so what was typed is still worth keeping.
        const { body } = outcome.message;
        if (body.kind === 'text' || body.view.tone !== 'bad') drafts.delete(draftKey);
        setForm(undefined);
        focusMessage(outcome.message.id);
      }),

    closeForm: () => setForm(undefined),

    dismiss(message: number): void {
      void attempt(async () => {
        await api.dismiss(standing, message);
        chat.remove(message);
      });
    },
  };
}
