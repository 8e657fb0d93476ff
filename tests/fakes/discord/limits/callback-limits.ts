import { asList, asNumber, asRecord, type Json } from '../json.js';
import { Problems } from '../problems.js';
import { Flag } from './message-limits.js';

/** Interaction types and callback types. @see developers/interactions/receiving-and-responding */
const COMPONENT = 3;
const AUTOCOMPLETE = 4;
const FORM = 5;
export const CALLBACK = { message: 4, deferredMessage: 5, deferredUpdate: 6, update: 7, choices: 8, modal: 9 };

/** Updates answer components only, forms open first and never from a form, suggestions answer suggestions. */
export function checkCallback(
  interaction: { type: number; sourceMessageId?: string | undefined },
  body: Json,
): { problems: Problems; schema: string | undefined } {
  const type = asNumber(body.type);
  const isOnMessage = interaction.sourceMessageId !== undefined && [COMPONENT, FORM].includes(interaction.type);
  const fits: Record<number, boolean> = {
    [CALLBACK.message]: interaction.type !== AUTOCOMPLETE,
    [CALLBACK.deferredMessage]: interaction.type !== AUTOCOMPLETE,
    [CALLBACK.deferredUpdate]: isOnMessage,
    [CALLBACK.update]: isOnMessage,
    [CALLBACK.choices]: interaction.type === AUTOCOMPLETE,
    [CALLBACK.modal]: interaction.type !== FORM && interaction.type !== AUTOCOMPLETE,
  };
  const problems = new Problems();
  if (!fits[type]) {
    const message = `Callback type ${type} does not answer an interaction of type ${interaction.type}.`;
    problems.add(['type'], 'INTERACTION_APPLICATION_COMMAND_INVALID_CALLBACK_TYPE', message);
  }
  const flags = asNumber(asRecord(body.data).flags);
  if (type === CALLBACK.deferredMessage && flags & ~Flag.ephemeral) {
    problems.add(['data', 'flags'], 'BASE_TYPE_CHOICES', 'A deferral may only be ephemeral.');
  }
  const schemas: Record<number, string> = {
    [CALLBACK.deferredMessage]: 'CreateMessageInteractionCallbackRequest',
    [CALLBACK.deferredUpdate]: 'UpdateMessageInteractionCallbackRequest',
  };
  return { problems, schema: schemas[type] };
}

/** At most 25 suggestions with names and values of at most 100 characters. */
export function checkChoices(data: Json): Problems {
  const problems = new Problems();
  const choices = asList(data.choices).map(asRecord);
  problems.count(['data', 'choices'], choices.length, { max: 25 });
  choices.forEach(({ name, value }, index) => {
    problems.text(['data', 'choices', index, 'name'], name, { min: 1, max: 100 });
    if (typeof value === 'string') problems.text(['data', 'choices', index, 'value'], value, { min: 1, max: 100 });
  });
  return problems;
}
