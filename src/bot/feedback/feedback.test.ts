import { afterEach, describe, expect, it } from 'vitest';
import { type Attending, startAttending } from '../../../tests/builders/attending.js';
import { formOf, viewOf } from '../../../tests/builders/bot.js';
import type { Person } from '../../../tests/builders/going.js';
import { encodeAction } from '../action-codec.js';
import type { Reply } from '../reply.js';
import { addQuestion, chooseVisibility, removeQuestion, switchRecaps } from './feedback-actions.js';

let on: Attending;
let tomas: Person;
let ana: Person;
afterEach(() => on.stop());

async function start() {
  on = await startAttending();
  await on.holds('evt-talk', '2026-03-10T14:00:00Z');
  tomas = await on.admin();
  ana = await on.person();
  await on.answer(ana, 'evt-talk', 'going');
}

const settings = () => on.run(tomas, 'manage feedback');

async function asks(text: string, kind: string, choices = ''): Promise<Reply> {
  return on.fills(tomas, await settings(), 'Add a question', { text, kind, choices });
}

function select(reply: Reply, placeholder: string, value: string): Promise<Reply> {
  const found = viewOf(reply).blocks.find((block) => block.kind === 'select' && block.placeholder === placeholder);
  if (found?.kind !== 'select') throw new Error('There is no such select.');
  return on.tap(tomas, encodeAction(found.action), [value]);
}

/** The form that a member gets. */
async function memberForm() {
  const [message] = on.messagesTo(ana);
  if (!message) throw new Error('They were asked.');
  if (message.text.includes('Did you attend?')) await on.press(ana, message, 'Yes');
  const label = on.labelsOf(message).find((one) => one.endsWith('comment')) ?? '';
  return { message, form: formOf(await on.pressIn(ana, { kind: 'show', view: message.view }, label)) };
}

const log = async () => on.textOf(await on.run(tomas, 'manage audit'));

describe('the form builder', () => {
  it('makes a form that members then get, filled in with what they said, and stores each answer with its question', async () => {
    await start();
    expect(on.textOf(await settings())).toContain('What was good, and what could be better?');
    await asks('What did you like?', 'line');
    await asks('More of it?', 'choice', 'Yes\nNo\n');
    await asks('The room', 'stars');
    await on.until('2026-03-10T18:00:00Z');
    const { message, form } = await memberForm();
    expect(form.fields.map(({ label }) => label)).toEqual(['What did you like?', 'More of it?', 'The room']);
    const [line = '', choice = '', stars = ''] = form.fields.map(({ name }) => name);
    await on.comments(ana, message, { [line]: 'Tea', [choice]: 'c1', [stars]: '4' });
    const [row] = await on.feedback(ana);
    expect(JSON.parse(row?.answers ?? '')).toEqual([
      { question: 'What did you like?', kind: 'text', answer: 'Tea' },
      { question: 'More of it?', kind: 'choice', answer: 'No' },
      { question: 'The room', kind: 'stars', answer: '4' },
    ]);
    const again = (await memberForm()).form;
    expect(again.fields.map(({ initial }) => initial)).toEqual(['Tea', 'c1', '4']);
  });

  it('keeps old answers readable when the form changes, also while somebody writes', async () => {
    await start();
    await asks('First?', 'text');
    await on.until('2026-03-10T18:00:00Z');
    const { message, form } = await memberForm();
    const card = await on.pressIn(tomas, await settings(), 'Change');
    await on.fills(tomas, card, 'Edit', { text: 'Second?', kind: 'text', choices: '' });
    const [name = ''] = form.fields.map((field) => field.name);
    await on.sends(ana, form, { [name]: 'Yes' });
    expect(JSON.parse((await on.feedback(ana))[0]?.answers ?? '')).toMatchObject([
      { question: 'First?', answer: 'Yes' },
    ]);
    await on.until('2026-03-10T18:05:00Z');
    const next = formOf(await on.pressIn(ana, { kind: 'show', view: message.view }, 'Change the comment'));
    expect(next.fields.map(({ label }) => label)).toEqual(['Second?']);
    await on.sends(ana, next, { [next.fields[0]?.name ?? '']: 'Also' });
    expect(JSON.parse((await on.feedback(ana))[0]?.answers ?? '')).toMatchObject([
      { question: 'Second?', answer: 'Also' },
      { question: 'First?', answer: 'Yes' },
    ]);
  });

  it('moves and removes questions, takes no more than four, and none twice', async () => {
    await start();
    for (const text of ['A?', 'B?', 'C?', 'D?']) await asks(text, 'text');
    const full = await settings();
    expect(on.buttonsIn(full)).not.toContain('Add a question');
    const view = () => settings().then(on.textOf);
    const card = await on.pressIn(tomas, full, 'Change');
    await on.pressIn(tomas, card, 'Move down');
    expect(await view()).toMatch(/B\?[\s\S]*A\?[\s\S]*C\?[\s\S]*D\?/);
    await on.pressIn(tomas, card, 'Move down');
    expect(await view()).toMatch(/B\?[\s\S]*A\?[\s\S]*C\?[\s\S]*D\?/);
    await on.pressIn(tomas, card, 'Remove');
    expect(on.textOf(await on.pressIn(tomas, card, 'Edit'))).toContain('no longer in your form');
    const twice = await asks('B?', 'text');
    expect(twice).toMatchObject({ kind: 'correct', problems: { text: expect.stringContaining('already') } });
    const few = await asks('E?', 'choice', 'One\nOne');
    expect(few).toMatchObject({ kind: 'correct', problems: { choices: expect.stringContaining('two different') } });
  });

  it('shows the real form as a preview, of which nothing is stored', async () => {
    await start();
    await asks('Mood?', 'choice', 'Good\nBad');
    const form = formOf(await on.pressIn(tomas, await settings(), 'Preview'));
    expect(form.fields.map(({ label }) => label)).toEqual(['Mood?']);
    expect(on.textOf(await on.sends(tomas, form, { [form.fields[0]?.name ?? '']: 'c0' }))).toContain(
      'Nothing was stored',
    );
    expect(await on.feedback(tomas)).toEqual([]);
  });
});

describe('who sees it, and when', () => {
  it('is promised to members before they say anything, and asks for no words that nobody reads', async () => {
    await start();
    await select(await settings(), 'Who sees what people say', 'aggregated');
    await on.until('2026-03-10T18:00:00Z');
    const [message] = on.messagesTo(ana);
    if (!message) throw new Error('They were asked.');
    await on.press(ana, message, 'Yes');
    expect(message.text).toContain('averages and counts alone');
    expect(on.labelsOf(message)).not.toContain('Add a comment');
    await on.press(ana, message, '2 ★');
    expect((await on.feedback(ana)).map(({ visibility }) => visibility)).toEqual(['aggregated']);
  });

  it('keeps the promise of a message that stands there from before', async () => {
    await start();
    await select(await settings(), 'Who sees what people say', 'anonymous');
    await on.until('2026-03-10T18:00:00Z');
    const [message] = on.messagesTo(ana);
    if (!message) throw new Error('They were asked.');
    await on.press(ana, message, 'Yes');
    await select(await settings(), 'Who sees what people say', 'attributed');
    await on.press(ana, message, '2 ★');
    expect((await on.feedback(ana)).map(({ visibility }) => visibility)).toEqual(['anonymous']);
  });

  it('keeps the stricter promise when two accounts become one', async () => {
    await start();
    const slack = await on.onSlack();
    await on.answer(slack, 'evt-talk', 'going');
    await on.until('2026-03-10T18:30:00Z');
    const [one, other] = [on.messagesTo(ana)[0], on.messagesTo(slack)[0]];
    if (!one || !other) throw new Error('Both were asked.');
    await on.press(ana, one, 'Yes');
    await on.press(ana, one, '2 ★');
    await select(await settings(), 'Who sees what people say', 'anonymous');
    await on.press(slack, other, 'Yes');
    await on.press(slack, other, '3 ★');
    await select(await settings(), 'Who sees what people say', 'attributed');
    await on.link(ana, slack);
    // Either of the two may be the one that stays.
    const kept = [...(await on.feedback(ana)), ...(await on.feedback(slack))];
    expect(kept.map(({ visibility }) => visibility)).toEqual(['anonymous']);
  });

  it('asks after as many hours as the org wants', async () => {
    await start();
    await select(await settings(), 'When people are asked', '4');
    await on.until('2026-03-10T19:59:00Z');
    expect(on.timesOf(ana)).toEqual([]);
    await on.until('2026-03-10T20:01:00Z');
    expect(on.timesOf(ana)).toEqual(['2026-03-10T20:00']);
    await select(await settings(), 'When people are asked', '40');
    expect(on.textOf(await settings())).toContain('4 hours after the end');
  });

  it('is noted in the audit log, once for each change', async () => {
    await start();
    await select(await settings(), 'Who sees what people say', 'anonymous');
    await select(await settings(), 'Who sees what people say', 'anonymous');
    await on.pressIn(tomas, await settings(), 'Switch recaps off');
    await asks('Mood?', 'text');
    const words = await log();
    expect(words.match(/shown without names/g)).toHaveLength(1);
    expect(words).toContain('switched recaps off');
    expect(words).toContain('“Mood?”');
  });

  it('is for admins of the org alone', async () => {
    await start();
    const org = on.org.id;
    const replies = [
      await on.run(ana, 'manage feedback', { org: on.org.slug }),
      await on.tap(ana, encodeAction(chooseVisibility.with({ org })), ['attributed']),
      await on.tap(ana, encodeAction(switchRecaps.with({ org, isOn: false })), []),
      await on.tap(ana, encodeAction(addQuestion.with({ org })), []),
      await on.tap(ana, encodeAction(removeQuestion.with({ org, question: 'x' })), []),
    ];
    for (const reply of replies) expect(on.textOf(reply)).toContain('admins');
  });
});
