import { plainText } from '../../src/bot/text.js';
import type {
  WireBlock,
  WireButton,
  WireForm,
  WireMessage,
  WireOutcome,
  WireView,
} from '../../src/platforms/playground/wire.js';
import { startPlayground } from '../playground/start-playground.js';
import { kitchenSink } from './kitchen-sink.js';
import type { Sight, Surface } from './surface.js';

const ACTING = { as: 'noor-haddad' };

/**
 * The playground's server, spoken to as its page does. It hands text over as text, so nothing is a mark; what the page
 * draws of it is looked at in its own browser tests.
 */
export const playgroundSurface: Surface = {
  name: 'Playground',
  hasLimits: false,
  async start() {
    const running = await startPlayground({ more: [kitchenSink()] });
    const state = (await (await fetch(`${running.url}/playground/state?as=${ACTING.as}`)).json()) as {
      servers: { key: string; channels: { id: string }[] }[];
    };
    const where = `${state.servers[0]?.key}/${state.servers[0]?.channels[0]?.id}`;
    const post = async <Answer>(path: string, body: object): Promise<Answer> => {
      const response = await fetch(`${running.url}/playground/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: running.url },
        body: JSON.stringify({ ...ACTING, where, ...body }),
      });
      const answer: unknown = await response.json();
      if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`);
      return answer as Answer;
    };
    return {
      runs: async (name, options = {}) => sight(await post<WireOutcome>('command', { name, options }), post),
      async suggestions(command, option, text) {
        const { choices } = await post<{ choices: { value: string }[] }>('suggest', { of: { command, option }, text });
        return choices.map(({ value }) => value);
      },
      violations: () => [],
      stop: () => running.stop(),
    };
  },
};

type Post = <Answer>(path: string, body: object) => Promise<Answer>;

function sight(outcome: WireOutcome, post: Post): Sight {
  if (outcome.kind === 'message') return messageSight(outcome.message, post);
  return formSight(outcome.form, outcome.kind === 'correct' ? Object.values(outcome.problems).join('\n') : '', post);
}

function messageSight(message: WireMessage, post: Post): Sight {
  const view: WireView = message.body.kind === 'view' ? message.body.view : { tone: 'plain', blocks: [] };
  const buttons = view.blocks.flatMap(buttonsOf);
  const press = (id: string, values: string[] = []) => post<WireOutcome>('press', { message: message.id, id, values });
  return {
    text: [plainText(view.title ?? []), ...view.blocks.map(textOf)].join('\n'),
    buttons: buttons.map(({ label }) => label),
    form: undefined,
    files: view.blocks.flatMap((block) => (block.kind === 'image' || block.kind === 'file' ? [block.name] : [])),
    marks: [],
    isPrivate: message.isPrivate,
    async press(label) {
      const found = buttons.find((button) => button.label === label);
      if (found?.kind !== 'action') throw new Error(`No button "${label}".`);
      return sight(await press(found.id), post);
    },
    async choose(placeholder, labels) {
      const select = view.blocks.find((block) => block.kind === 'select' && block.placeholder === placeholder);
      if (select?.kind !== 'select') throw new Error(`No select "${placeholder}".`);
      const values = select.options.filter(({ label }) => labels.includes(label)).map(({ value }) => value);
      return sight(await press(select.id, values), post);
    },
    submits: async () => {
      throw new Error('There is no form.');
    },
  };
}

function formSight(form: WireForm, problems: string, post: Post): Sight {
  return {
    text: [form.title, problems].join('\n'),
    buttons: [],
    form: form.fields.map(({ label }) => label),
    files: [],
    marks: [],
    isPrivate: true,
    press: async () => {
      throw new Error('A form has no buttons.');
    },
    choose: async () => {
      throw new Error('A form has no selects of its own.');
    },
    async submits(values) {
      const fields = Object.fromEntries(
        form.fields.map(({ name, label, input, initial }) => {
          const given = values[label];
          if (given === undefined) return [name, initial];
          const choices = input.kind === 'choice' || input.kind === 'choices' ? input.choices : [];
          return [name, choices.find((choice) => choice.label === given)?.value ?? given];
        }),
      );
      return sight(await post<WireOutcome>('submit', { id: form.id, fields }), post);
    },
  };
}

function buttonsOf(block: WireBlock): WireButton[] {
  if (block.kind === 'buttons') return block.buttons;
  if (block.kind === 'list') return block.items.flatMap(({ button }) => (button ? [button] : []));
  if (block.kind !== 'pager') return [];
  return [
    ...(block.previous ? [{ kind: 'action' as const, label: 'Previous', id: block.previous }] : []),
    ...(block.next ? [{ kind: 'action' as const, label: 'Next', id: block.next }] : []),
  ];
}

function textOf(block: WireBlock): string {
  if (block.kind === 'text' || block.kind === 'note') return plainText(block.text);
  if (block.kind === 'fields') return block.fields.map(({ label, value }) => `${label} ${plainText(value)}`).join('\n');
  if (block.kind === 'list')
    return block.items.flatMap(({ title, lines }) => [title, ...lines].map(plainText)).join('\n');
  if (block.kind === 'image') return block.alt;
  if (block.kind === 'file') return block.name;
  if (block.kind === 'pager') return `Page ${block.page + 1} of ${block.pages}`;
  return '';
}
