import { InteractionResponseType } from 'discord.js';
import type { Choice } from '../../bot/options.js';
import type { Callbacks } from './callbacks.js';
import { LIMITS } from './limits.js';
import type { Incoming } from './parse-interaction.js';
import { renderPlain } from './render-text.js';

/** Suggestions later than this would come after the next key was pressed. */
const SUGGEST_WITHIN_MS = 2_000;

/** Answers with suggestions, with none when they take too long: there is no place to show an error. */
export async function answerSuggestions(
  callbacks: Callbacks,
  incoming: Incoming,
  suggesting: Promise<Choice[]>,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const none = new Promise<Choice[]>((resolve) => {
    timer = setTimeout(() => resolve([]), SUGGEST_WITHIN_MS);
  });
  const found = await Promise.race([suggesting.catch(() => []), none]);
  clearTimeout(timer);
  const type = InteractionResponseType.ApplicationCommandAutocompleteResult;
  await callbacks.send(incoming, { type, data: { choices: choicesJson(found) } });
}

/** At most 25 with words and values of up to 100 characters; a longer value could not come back as it is. */
export function choicesJson(choices: readonly Choice[]): { name: string; value: string }[] {
  return choices
    .filter(({ value }) => value.length >= 1 && value.length <= LIMITS.choiceText)
    .slice(0, LIMITS.choices)
    .map(({ value, label }) => ({ name: renderPlain(label, LIMITS.choiceText) || value, value }));
}
