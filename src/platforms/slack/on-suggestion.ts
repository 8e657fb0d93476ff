import type { types } from '@slack/bolt';
import type { z } from 'zod';
import type { Choice } from '../../bot/options.js';
import { fold } from '../../shared/fold.js';
import type { Desk } from './desk.js';
import { LIMITS } from './limits.js';
import { readMetadata } from './modal-metadata.js';
import { type SuggestionPayload, whoActs } from './payloads.js';
import { fieldOfBlock } from './render-form.js';
import { slackOption } from './render-select.js';
import { within } from './within.js';

type Suggestion = z.output<typeof SuggestionPayload>;

/**
 * What a menu offers while somebody types. The words as typed are always among it, at the end: a menu takes nothing
 * that it did not offer, and an invite code is in no list.
 */
export async function suggestOptions(desk: Desk, payload: Suggestion): Promise<types.PlainTextOption[]> {
  const offered = (await within(findChoices(desk, payload), desk.timings.acknowledgeMs)) ?? [];
  const fitting = offered.filter(({ value }) => value !== '' && [...value].length <= LIMITS.optionValue);
  const unique = fitting.filter(({ value }, position) => fitting.findIndex((one) => one.value === value) === position);
  const typed = payload.value.trim();
  const isOffered = unique.some(({ value, label }) => [value, label].some((name) => fold(name) === fold(typed)));
  const own = typed === '' || isOffered ? [] : [{ value: typed, label: `“${typed}”` }];
  return [...unique.slice(0, LIMITS.options - own.length), ...own].map(slackOption);
}

async function findChoices({ ids, visitors, bot }: Desk, payload: Suggestion): Promise<Choice[]> {
  const field = fieldOfBlock(payload.block_id);
  const { form, conversation } = await readMetadata(ids, payload.view?.private_metadata ?? '');
  if (field === undefined || form === undefined) return [];
  const visitor = await visitors.find({ ...whoActs(payload), channelId: conversation?.channelId });
  return visitor ? bot.suggestField(visitor, { id: form, field, text: payload.value }) : [];
}
