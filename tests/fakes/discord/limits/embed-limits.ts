import { asList, asRecord, asText, type Json } from '../json.js';
import type { Problems } from '../problems.js';

/** Embeds: their own limits and 6,000 characters over all. @see developers/resources/message, "Embed Limits" */
export function checkEmbeds(problems: Problems, embeds: unknown): void {
  const list = asList(embeds).map(asRecord);
  problems.count(['embeds'], list.length, { max: 10 });
  list.forEach((embed, index) => {
    checkEmbed(problems, ['embeds', index], embed);
  });
  const total = list.flatMap(textsOf).reduce((sum, text) => sum + text.length, 0);
  if (total > 6000) problems.add(['embeds'], 'MAX_EMBED_SIZE_EXCEEDED', `Embed size exceeds maximum size of 6000`);
}

function checkEmbed(problems: Problems, path: (string | number)[], embed: Json): void {
  problems.optionalText([...path, 'title'], embed.title, { max: 256 });
  problems.optionalText([...path, 'description'], embed.description, { max: 4096 });
  problems.optionalText([...path, 'footer', 'text'], asRecord(embed.footer).text, { max: 2048 });
  problems.optionalText([...path, 'author', 'name'], asRecord(embed.author).name, { max: 256 });
  const fields = asList(embed.fields).map(asRecord);
  problems.count([...path, 'fields'], fields.length, { max: 25 });
  fields.forEach((field, index) => {
    problems.text([...path, 'fields', index, 'name'], field.name, { min: 1, max: 256 });
    problems.text([...path, 'fields', index, 'value'], field.value, { min: 1, max: 1024 });
  });
}

/** Everything readable in an embed, in reading order; it is also what counts towards the 6,000. */
export function textsOf(embed: Json): string[] {
  const fields = asList(embed.fields).map(asRecord);
  return [
    asRecord(embed.author).name,
    embed.title,
    embed.description,
    ...fields.flatMap(({ name, value }) => [name, value]),
    asRecord(embed.footer).text,
  ].map(asText);
}
