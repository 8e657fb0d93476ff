import { DateTime } from 'luxon';
import { z } from 'zod';
import { defineAction, onAction } from '../../src/bot/actions.js';
import { choiceField, defineForm, lineField, onForm, paragraphField } from '../../src/bot/forms.js';
import * as options from '../../src/bot/options.js';
import { type BotModule, command } from '../../src/bot/registry.js';
import { replace, show } from '../../src/bot/reply.js';
import { bold, code, commandName, italic, link, rich, time } from '../../src/bot/text.js';
import * as views from '../../src/bot/views.js';

/** A picture of one pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Text that would do harm on some platform if it were taken for more than text. */
export const HOSTILE = [
  '**bold** _it_ ~~no~~ `code` ||spoiler||',
  '@everyone @here <@700000000000000001> <!channel> <!here> <@U0123>',
  '[click](https://evil.example) <https://evil.example|click>',
  '# heading\n- list\n> quote\n-# small',
  '<script>alert(1)</script><img src=x onerror=alert(1)> &amp; &lt;',
  '<t:1:R> </orgs browse:1> <#1> <id:home>',
  'שלום مرحبا \u202egnirts\u202c 👩‍🔬🏳️‍🌈',
].join('\n');

export const touch = defineAction('sink.touch', z.object({ what: z.string() }), 'anyone');
export const choose = defineAction('sink.choose', z.object({}), 'anyone');
export const inPlace = defineAction('sink.in-place', z.object({ count: z.number() }), 'anyone');
export const openForm = defineAction('sink.open-form', z.object({}), 'anyone');
export const slowTap = defineAction('sink.slow-tap', z.object({ ms: z.number() }), 'anyone');

export const sinkForm = defineForm({
  name: 'sink.form',
  payload: z.object({ about: z.string() }),
  access: 'anyone',
  title: 'Everything a form can have',
  submitLabel: 'Send',
  fields: {
    line: lineField('A line', { most: 20, isRequired: true, hint: 'Up to 20 characters' }),
    paragraph: paragraphField('A paragraph', { most: 400 }),
    colour: choiceField('Colour', { red: 'Red', green: 'Green' }),
  },
});

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Commands of every kind that a surface must be able to carry, and views of every kind that it must be able to draw. */
export function kitchenSink({ slowMs = 300 }: { slowMs?: number } = {}): BotModule {
  const fruits = ['apple', 'banana', 'cherry', 'Ünïcødé pear'];
  const suggest = async (_actor: unknown, text: string) =>
    fruits.filter((fruit) => fruit.includes(text)).map((fruit) => ({ value: fruit, label: fruit }));
  return {
    groups: { sink: 'Everything there is, for tests' },
    commands: [
      command({
        name: 'sink options',
        description: 'Says what its options arrived as',
        access: 'anyone',
        options: {
          fruit: options.required(options.lookupOption('A fruit', suggest, { example: 'apple' })),
          text: options.textOption('Text', { most: 100 }),
          count: options.integerOption('Count', { least: 1, most: 9 }),
          sure: options.yesNoOption('Sure'),
          colour: options.choiceOption('Colour', { red: 'Red', light_green: 'Light green' }),
          days: options.choicesOption('Days', { mon: 'Monday', tue: 'Tuesday' }),
          within: options.durationOption('How far ahead'),
          since: options.dateOption('Since when', 'ago'),
        },
        run: async (_actor, { within, ...values }) =>
          show(views.message(JSON.stringify({ ...values, within: within?.toISO() }))),
      }),
      command({
        name: 'sink view',
        description: 'Shows every kind of block',
        access: 'anyone',
        run: async () => show(everyBlock()),
      }),
      command({
        name: 'sink hostile',
        description: 'Shows text that wants to be more than text',
        access: 'anyone',
        run: async () => show(hostileView()),
      }),
      command({
        name: 'sink huge',
        description: 'Shows more than any platform takes',
        access: 'anyone',
        run: async () => show(hugeView()),
      }),
      command({
        name: 'sink empty',
        description: 'Shows blocks with nothing in them',
        access: 'anyone',
        run: async () => show(emptyView()),
      }),
      command({
        name: 'sink files',
        description: 'Sends a picture and a file',
        access: 'anyone',
        run: async () => show(filesView()),
      }),
      command({
        name: 'sink form',
        description: 'Opens a form',
        access: 'anyone',
        run: async () => ({
          kind: 'form',
          form: sinkForm.with({ about: 'tests' }, { line: 'before', colour: 'green' }),
        }),
      }),
      command({
        name: 'sink deep down',
        description: 'A command of three words',
        access: 'anyone',
        run: async () => show(views.message('deep down')),
      }),
      command({
        name: 'sink slow',
        description: 'Takes its time',
        access: 'anyone',
        run: async () => {
          await wait(slowMs);
          return show(views.message('slow, but there'));
        },
      }),
      command({
        name: 'sink slow-form',
        description: 'Takes its time, then opens a form',
        access: 'anyone',
        run: async () => {
          await wait(slowMs);
          return { kind: 'form', form: sinkForm.with({ about: 'late' }) };
        },
      }),
      command({
        name: 'sink throw',
        description: 'Fails',
        access: 'anyone',
        run: async () => {
          throw new Error('a secret that no log and no person may see');
        },
      }),
    ],
    actions: [
      onAction(touch, async (_actor, { what }) => show(views.message(`touched ${what}`))),
      onAction(choose, async (_actor, _payload, values) => show(views.message(`chose ${values.join('+')}`))),
      onAction(inPlace, async (_actor, { count }) => replace(countView(count))),
      onAction(openForm, async () => ({ kind: 'form', form: sinkForm.with({ about: 'a tap' }) })),
      onAction(slowTap, async (_actor, { ms }) => {
        await wait(ms);
        return replace(views.message('slow tap done'));
      }),
    ],
    forms: [
      onForm(sinkForm, async (_actor, { about }, values) => show(views.message(`${about}: ${JSON.stringify(values)}`))),
    ],
  };
}

/** Every kind of block, once. */
export function everyBlock(): views.View {
  const at = DateTime.fromISO('2026-03-01T18:00:00Z', { zone: 'utc' });
  return {
    title: rich`Every kind of ${bold('block')}`,
    tone: 'good',
    blocks: [
      views.paragraph(
        rich`Plain, ${bold('bold')}, ${italic('italic')}, ${code('code')}, ${link('a link', 'https://example.org/?a=1&b=2')}, ${time(at, 'moment')}, ${commandName('help')}.`,
      ),
      views.fields({ label: 'One', value: 'first' }, { label: 'Two', value: rich`${bold('second')}` }),
      { kind: 'divider' },
      views.list([
        {
          title: 'With a button',
          lines: ['one line', 'another'],
          button: views.button('Touch', touch.with({ what: 'it' })),
        },
        { title: 'Without', lines: [] },
      ]),
      views.buttons(
        views.button('Count', inPlace.with({ count: 1 }), 'primary'),
        views.button('Fill in', openForm.with({})),
        views.button('Slow', slowTap.with({ ms: 300 }), 'danger'),
        views.linkButton('Elsewhere', 'https://example.org/'),
      ),
      {
        kind: 'select',
        placeholder: 'Pick some',
        action: choose.with({}),
        most: 2,
        options: [
          { value: 'a', label: 'Alpha', description: 'the first' },
          { value: 'b', label: 'Beta', isChosen: true },
          { value: 'c', label: 'Gamma' },
        ],
      },
      ...views.pager({ page: 1, pages: 3 }, (page) => inPlace.with({ count: page })),
      views.note('Small print.'),
    ],
  };
}

function countView(count: number): views.View {
  return views.message(`count ${count}`, views.buttons(views.button('Count', inPlace.with({ count: count + 1 }))));
}

/** The same hostile text in every place that takes text. */
export function hostileView(): views.View {
  return {
    title: HOSTILE,
    blocks: [
      views.paragraph(HOSTILE),
      views.paragraph(
        rich`${bold(HOSTILE)} ${italic(HOSTILE)} ${code(HOSTILE)} ${link(HOSTILE, 'https://example.org/')}`,
      ),
      views.note(HOSTILE),
      views.fields({ label: HOSTILE, value: HOSTILE }),
      views.list([{ title: HOSTILE, lines: [HOSTILE], button: views.button(HOSTILE, touch.with({ what: 'x' })) }]),
      {
        kind: 'select',
        placeholder: HOSTILE,
        action: choose.with({}),
        options: [{ value: 'a', label: HOSTILE, description: HOSTILE }],
      },
    ],
  };
}

/** Beyond every limit: long texts, many items, many buttons, long payloads. */
export function hugeView(): views.View {
  const long = 'A very long text with 👩‍🔬 in it. '.repeat(200);
  return {
    title: long,
    blocks: [
      ...Array.from({ length: 12 }, () => views.paragraph(long)),
      views.fields(...Array.from({ length: 30 }, (_, index) => ({ label: `${index} ${long}`, value: long }))),
      views.list(
        Array.from({ length: 60 }, (_, index) => ({
          title: `${index} ${long}`,
          lines: [long, long],
          button: views.button(`Touch ${index} ${long}`, touch.with({ what: `${index} ${'x'.repeat(400)}` })),
        })),
      ),
      views.buttons(
        ...Array.from({ length: 9 }, (_, index) => views.button(`Button ${index}`, touch.with({ what: 'the same' }))),
      ),
      {
        kind: 'select',
        placeholder: long,
        action: choose.with({}),
        options: Array.from({ length: 40 }, (_, index) => ({ value: `${index}`, label: `${index} ${long}` })),
      },
      ...views.pager({ page: 4, pages: 5_000 }, (page) => inPlace.with({ count: page })),
      views.note(long),
    ],
  };
}

/** Nothing where something is expected. */
export function emptyView(): views.View {
  return {
    title: '',
    blocks: [
      views.paragraph(''),
      views.note('   '),
      views.fields(),
      views.fields({ label: '', value: '' }),
      views.list([]),
      views.buttons(),
      views.list([{ title: '', lines: [''] }]),
    ],
  };
}

function filesView(): views.View {
  return {
    title: 'A picture and a file',
    blocks: [
      { kind: 'image', image: { name: 'dot.png', type: 'image/png', bytes: PIXEL, alt: 'One red dot' } },
      { kind: 'file', file: { name: 'list.csv', type: 'text/csv', bytes: Buffer.from('name\r\nAna\r\n') } },
    ],
  };
}
