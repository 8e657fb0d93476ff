import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { defineForm, lineField, onForm } from '../../src/bot/forms.js';
import { type BotModule, command } from '../../src/bot/registry.js';
import { show } from '../../src/bot/reply.js';
import { message } from '../../src/bot/views.js';
import { DomainError } from '../../src/domain/errors.js';
import { kitchenSink } from '../contracts/kitchen-sink.js';
import { type OnSlack, type OnSlackOptions, startOnSlack } from './slack-harness.js';

const wordForm = defineForm({
  name: 'slow.form',
  payload: z.object({}),
  access: 'anyone',
  title: 'Slow',
  fields: { word: lineField('Word', { most: 20, isRequired: true }) },
  fieldFor: { 'profile.name-missing': 'word' },
});

/** A form whose answer takes longer than Slack waits. */
const slowForm: BotModule = {
  groups: { slow: 'Slow things' },
  commands: [
    command({
      name: 'slow form',
      description: 'A slow form',
      access: 'anyone',
      run: async () => ({ kind: 'form', form: wordForm.with({}) }),
    }),
  ],
  forms: [
    onForm(wordForm, async (_actor, _payload, { word }) => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      if (word === 'bad') throw new DomainError({ code: 'profile.name-missing' });
      return show(message(`You wrote ${word}.`));
    }),
  ],
};

let on: OnSlack;
const start = async (options: OnSlackOptions = {}) => {
  on = await startOnSlack(options);
  await on.agrees(on.ana);
  return on;
};

afterEach(async () => {
  expect(on.slack.violations).toEqual([]);
  await on.stop();
});

it('opens the profile as it is, keeps what was typed when something is wrong, and saves', async () => {
  const { ana, general } = await start();
  const form = await ana.in(general).runs('/profile', 'edit');
  expect(form.modal).toMatchObject({ title: 'Your profile', submit: 'Save' });
  expect(form.valueOf('Name')).toMatchObject({ value: 'Ana Souza' });
  const wrong = await form.submits({
    Name: '  \u200b ',
    Headline: 'Biology, *really*',
    'Career stage': 'Student',
    Skills: Array.from({ length: 40 }, (_, index) => `s${index}`).join(', '),
  });
  expect(wrong.modal?.title).toBe('Your profile');
  expect(Object.keys(wrong.errors)).toHaveLength(1);
  expect(wrong.valueOf('Headline')).toMatchObject({ value: 'Biology, *really*' });
  const saved = await wrong.submits({ Name: 'Ana S.', Skills: 'python, policy' });
  expect(saved.text).toContain('Saved.');
  expect(saved.isEphemeral).toBe(true);
  const member = await on.memberOf(ana);
  expect(member?.profile).toMatchObject({ name: 'Ana S.', headline: 'Biology, *really*', careerStage: 'student' });

  const again = await ana.in(general).runs('/profile', 'edit');
  expect(again.valueOf('Headline')).toMatchObject({ value: 'Biology, *really*' });
  expect(again.valueOf('Career stage')).toMatchObject({ selected_option: { value: 'student' } });
});

it('turns the message whose button opened the form into its outcome', async () => {
  const { ana, general } = await start();
  const profile = await ana.in(general).runs('/profile', 'show');
  const form = await profile.press('Edit profile');
  const saved = await form.submits({ Name: 'Ana' });
  expect(saved.text).toContain('Saved.');
  expect(saved.message.ts).toBe(profile.message.ts);
});

it('answers a form that took long in the conversation, and keeps what was typed even then', async () => {
  const { ana, general } = await start({ more: [slowForm], timings: { acknowledgeMs: 50 } });
  const form = await ana.in(general).runs('/slow', 'form');
  const wrong = await form.submits({ Word: 'bad' });
  expect(wrong.text).toContain('Not saved yet. What you typed is kept.');
  const again = await wrong.press('Correct it');
  expect(again.valueOf('Word')).toMatchObject({ value: 'bad' });
  expect((await again.submits({ Word: 'good' })).text).toContain('You wrote good.');
});

it('writes a direct message when the form comes back after its response URL is used up', async () => {
  let ahead = 0;
  const { ana, general } = await start({ slack: { now: () => Date.now() + ahead } });
  const form = await ana.in(general).runs('/profile', 'edit');
  ahead = 31 * 60_000;
  const saved = await form.submits({ Name: 'Ana' });
  expect(saved.text || ana.inbox().at(-1)?.text).toContain('Saved.');
  expect(ana.inbox()).toHaveLength(1);
});

it('keeps a form that is longer than a modal can carry', async () => {
  const { ana, general } = await start({ more: [kitchenSink()] });
  const form = await ana.in(general).runs('/sink', `options text:"${'x'.repeat(3000)}"`);
  expect(form.modal?.privateMetadata.length).toBeLessThan(3000);
  await form.typesInto('Fruit', 'app');
  expect((await form.submits({ Fruit: 'apple' })).text).toContain('That is 3000 characters; it takes up to 100.');
});
