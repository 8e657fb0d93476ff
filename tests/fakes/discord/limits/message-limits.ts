import type { Component } from '../components.js';
import { refusals } from '../discord-errors.js';
import { asList, asNumber, asRecord, isGiven, type Json } from '../json.js';
import { Problems } from '../problems.js';
import { checkEmbeds } from './embed-limits.js';
import { checkActionRows, checkLayout } from './layout-limits.js';

/** The message flags the fake knows. @see developers/resources/message, "Message Flags" */
export const Flag = {
  suppressEmbeds: 1 << 2,
  ephemeral: 1 << 6,
  loading: 1 << 7,
  suppressNotifications: 1 << 12,
  layout: 1 << 15,
} as const;

/** What a message's body is checked against besides itself. */
export interface MessageContext {
  /** The flags a sender may set here. */
  allowedFlags: number;
  /** The names `attachment://` may refer to: what is uploaded, and on an edit what is kept. */
  attachmentNames: ReadonlySet<string>;
  attachmentCount: number;
  /** The message as it stands, when this body edits it. */
  edited?: { flags: number; content: string; embeds: Json[]; components: Component[] };
}

/**
 * A message about to be sent or edited, by the limits of Discord's documentation.
 *
 * @throws DiscordError 50006 when nothing would be shown, 30015 for more than ten attachments.
 * @see developers/resources/message; developers/components/reference
 */
export function checkMessage(body: Json, context: MessageContext): Problems {
  const problems = new Problems();
  const components = (
    isGiven(body.components) ? asList(body.components) : (context.edited?.components ?? [])
  ) as Component[];
  const flags = asNumber(body.flags) | ((context.edited?.flags ?? 0) & Flag.layout);
  if (context.attachmentCount > 10) throw refusals.tooManyAttachments();
  if (asNumber(body.flags) & ~context.allowedFlags) {
    problems.add(['flags'], 'BASE_TYPE_CHOICES', `Flags ${body.flags} cannot be set here.`);
  }
  if (typeof body.nonce === 'string') problems.text(['nonce'], body.nonce, { max: 25 });
  checkMentions(problems, body);
  checkAttachmentList(problems, body);
  if (flags & Flag.layout) {
    checkNothingClassic(problems, body, context);
    checkLayout(problems, components, context);
    if (components.length === 0) problems.add(['components'], 'BASE_TYPE_REQUIRED', 'A layout needs components.');
    return problems;
  }
  checkClassic(problems, body, components);
  if (isEmpty(body, components, context) && problems.list.length === 0) throw refusals.emptyMessage();
  return problems;
}

function checkClassic(problems: Problems, body: Json, components: Component[]): void {
  problems.optionalText(['content'], body.content, { max: 2000 });
  checkEmbeds(problems, body.embeds);
  checkActionRows(problems, components);
}

/** With the V2 flag there is no content, embed, poll or sticker, not even one left from before the edit. */
function checkNothingClassic(problems: Problems, body: Json, { edited }: MessageContext): void {
  const isLeft = {
    content: (body.content === undefined ? edited?.content : body.content) || false,
    embeds: asList(body.embeds === undefined ? edited?.embeds : body.embeds).length > 0,
    poll: isGiven(body.poll),
    sticker_ids: asList(body.sticker_ids).length > 0,
  };
  for (const [field, given] of Object.entries(isLeft)) {
    const code = 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2';
    if (given) problems.add([field], code, `The '${field}' field cannot be used with MessageFlags.IS_COMPONENTS_V2`);
  }
}

function isEmpty(body: Json, components: Component[], { attachmentCount, edited }: MessageContext): boolean {
  const content = body.content === undefined ? edited?.content : body.content;
  const embeds = asList(body.embeds === undefined ? edited?.embeds : body.embeds);
  const hasMore = isGiven(body.poll) || asList(body.sticker_ids).length > 0;
  return !content && embeds.length === 0 && components.length === 0 && attachmentCount === 0 && !hasMore;
}

/** A kind of mention is either parsed or listed by id, not both; at most 100 ids each. */
function checkMentions(problems: Problems, body: Json): void {
  const { parse, ...listed } = asRecord(body.allowed_mentions);
  for (const kind of ['users', 'roles']) {
    const ids = asList(listed[kind]);
    const path = ['allowed_mentions', kind];
    problems.count(path, ids.length, { max: 100 });
    if (ids.length > 0 && asList(parse).includes(kind)) {
      problems.add(
        path,
        'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
        `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
      );
    }
  }
}

function checkAttachmentList(problems: Problems, body: Json): void {
  asList(body.attachments)
    .map(asRecord)
    .forEach((attachment, index) => {
      problems.optionalText(['attachments', index, 'description'], attachment.description, { max: 1024 });
    });
}
