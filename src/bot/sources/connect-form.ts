import { z } from 'zod';
import { OrgId } from '../../domain/ids.js';
import { defineForm, lineField } from '../forms.js';

/** How an org's calendar is reached: a key, or else a public address. */
export const connectForm = defineForm({
  name: 'sources.connect-form',
  payload: z.object({ org: OrgId }),
  access: 'anyone',
  title: 'Connect a lu.ma calendar',
  submitLabel: 'Find it',
  fields: {
    apiKey: lineField('API key', {
      most: 300,
      hint: 'With Luma Plus: Settings → Developer. It is stored encrypted and never shown.',
    }),
    feed: lineField('Or: calendar id or iCal link', {
      most: 2_000,
      hint: 'Without Luma Plus: the link behind “Add iCal Subscription”.',
      placeholder: 'cal-…',
    }),
  },
  fieldFor: { 'sources.nothing-told': 'apiKey', 'sources.bad-key': 'apiKey', 'sources.bad-feed': 'feed' },
});
