import { expect, it } from 'vitest';
import { z } from 'zod';
import { aVisitor } from '../../tests/builders/bot.js';
import { defineForm, lineField } from './forms.js';
import { createKeptForms, openKeptForm } from './kept-forms.js';

const ana = aVisitor().account;
const ben = { ...ana, accountId: '700000000000000002' };
const form = defineForm({
  name: 'a.form',
  payload: z.object({}),
  title: 'A form',
  fields: { line: lineField('A line', { most: 10 }) },
}).with({});

it('opens for whoever typed it, until they are forgotten', () => {
  const forms = createKeptForms();
  const keyOf = (account: typeof ana) => openKeptForm.payload.parse(forms.keep(account, form).payload).key;
  const [ofAna, another, ofBen] = [keyOf(ana), keyOf(ana), keyOf(ben)];
  expect(forms.find(ana, ofAna)).toBe(form);
  expect(forms.find(ben, ofAna)).toBeUndefined();
  forms.forget(ana);
  expect([forms.find(ana, ofAna), forms.find(ana, another)]).toEqual([undefined, undefined]);
  expect(forms.find(ben, ofBen)).toBe(form);
});
