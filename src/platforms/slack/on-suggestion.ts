import type { types } from '@slack/bolt';
import type { z } from 'zod';
import type { Desk } from './desk.js';
import { LIMITS } from './limits.js';
import { readMetadata } from './modal-metadata.js';
import { type SuggestionPayload, whoActs } from './payloads.js';
import { fieldOfBlock } from './render-form.js';
import { slackOption } from './render-select.js';
import { within } from './within.js';

/**
 * What a menu offers while somebody types. The words as typed are always among it, at the end: a menu takes nothing
 * that it did not offer, and an invite code is in no list.
 */
export async function suggestOptions(
  { ids, visitors, bot, timings }: Desk,
  payload: z.output<typeof SuggestionPayload>,
): Promise<types.PlainTextOption[]> {
  const field = fieldOfBlock(payload.block_id);
  const { form, conversation } = await readMetadata(ids, payload.view?.private_metadata ?? '');
  if (field === undefined || form === undefined) return [];
  const text = payload.value;
  const visitor = await visitors.find({ ...whoActs(payload), channelId: conversation?.channelId });
  const offered = visitor
    ? ((await within(bot.suggestField(visitor, { id: form, field, text }), timings.acknowledgeMs)) ?? [])
    : [];
  const fitting = offered.filter(({ value }) => value !== '' && [...value].length <= LIMITS.optionValue);
  const unique = fitting.filter(({ value }, position) => fitting.findIndex((one) => one.value === value) === position);
  const typed = text.trim();
  const isOffered = unique.some((one) =>
    [one.value, one.label].some((name) => name.toLowerCase() === typed.toLowerCase()),
  );
  const own = typed === '' || isOffered ? [] : [{ value: typed, label: `“${typed}”` }];
  return [...unique.slice(0, LIMITS.options - own.length), ...own].map(slackOption);
}
