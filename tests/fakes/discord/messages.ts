import { type Component, flatten, mediaOf } from './components.js';
import { DiscordError, invalidBody, refusals } from './discord-errors.js';
import { asList, asNumber, asRecord, asText, isGiven, type Json } from './json.js';
import { checkMessage, Flag } from './limits/message-limits.js';
import type { OpenapiCheck } from './openapi-check.js';
import type { Problem, Problems } from './problems.js';
import type { UploadedFile } from './request-body.js';
import type { Attachment, Channel, StoredMessage, World } from './world.js';

/** What a request wants to send. `schema` names the body's schema in Discord's specification. */
export interface MessageDraft {
  schema: string;
  body: Json;
  files: UploadedFile[];
}

/** Where and as whose a new message appears. */
export interface Posting {
  channel: Channel;
  ephemeralTo?: string | undefined;
  interactionId?: string | undefined;
}

/** The default limit for one file. @see developers/reference, "Uploading Files" */
const MAX_FILE_BYTES = 10 * 1024 * 1024;
const SENDABLE = Flag.suppressEmbeds | Flag.suppressNotifications | Flag.layout;

/** Creates and changes messages, refusing what Discord would refuse. */
export function createMessages({ world, checkSpec }: { world: World; checkSpec: OpenapiCheck }) {
  /** Refuses a body that breaks the specification or the documented limits, naming everything at once. */
  function verify(schema: string | undefined, body: unknown, check: () => Problems): void {
    const broken = schema === undefined ? [] : checkSpec(schema, body);
    const fromSpec = broken.map((message): Problem => ({ path: [], code: 'SPECIFICATION', message }));
    const problems = [...listProblems(check, fromSpec), ...fromSpec];
    if (problems.length > 0) throw invalidBody(problems);
  }

  function checkDraft({ schema, body, files }: MessageDraft, kept: Attachment[], edited?: StoredMessage): void {
    if (files.some(({ bytes }) => bytes.length > MAX_FILE_BYTES)) throw refusals.tooLarge();
    verify(schema, body, () =>
      checkMessage(body, {
        // The ephemeral flag means something at an interaction's answer only; its callers allow it.
        allowedFlags: SENDABLE | (schema === 'MessageCreateRequest' ? 0 : Flag.ephemeral),
        attachmentNames: new Set([...kept, ...files].map(({ name }) => name)),
        attachmentCount: kept.length + files.length,
        ...(edited && { edited }),
      }),
    );
  }

  /** @throws DiscordError when the body is refused. */
  function post(draft: MessageDraft, { channel, ephemeralTo, interactionId }: Posting): StoredMessage {
    checkDraft(draft, []);
    const message: StoredMessage = {
      ...emptyMessage(channel, ephemeralTo),
      ...(interactionId !== undefined && { interactionId }),
      flags: (asNumber(draft.body.flags) & ~Flag.ephemeral) | (ephemeralTo === undefined ? 0 : Flag.ephemeral),
    };
    if (isGiven(draft.body.nonce)) message.nonce = draft.body.nonce as string | number;
    fill(message, draft, []);
    return store(message, channel);
  }

  /** The "is thinking…" a deferral shows until it is edited. */
  function postPlaceholder({ channel, ephemeralTo, interactionId }: Posting): StoredMessage {
    const message = emptyMessage(channel, ephemeralTo);
    message.flags |= Flag.loading;
    if (interactionId !== undefined) message.interactionId = interactionId;
    return store(message, channel);
  }

  /** Changes the given fields and leaves the others; the ephemeral flag stays as it was. */
  function edit(message: StoredMessage, draft: MessageDraft): StoredMessage {
    const kept = keptAttachments(message, draft.body);
    checkDraft(draft, kept, message);
    const added = asNumber(draft.body.flags) & Flag.layout;
    message.flags = (message.flags & ~Flag.loading) | added;
    message.editedAt = Date.now();
    fill(message, draft, kept);
    return message;
  }

  /** A message a person wrote. */
  function postAsPerson(authorId: string, channel: Channel, content: string): StoredMessage {
    return store({ ...emptyMessage(channel), authorId, content }, channel);
  }

  function emptyMessage(channel: Channel, ephemeralTo?: string): StoredMessage {
    return {
      id: world.nextId(),
      channelId: channel.id,
      authorId: world.botId,
      content: '',
      embeds: [],
      components: [],
      attachments: [],
      flags: ephemeralTo === undefined ? 0 : Flag.ephemeral,
      ...(ephemeralTo !== undefined && { ephemeralTo }),
      createdAt: Date.now(),
      isDeleted: false,
    };
  }

  function fill(message: StoredMessage, { body, files }: MessageDraft, kept: Attachment[]): void {
    if (body.content !== undefined) message.content = asText(body.content);
    if (body.embeds !== undefined) message.embeds = asList(body.embeds).map(asRecord);
    if (body.components !== undefined) message.components = numbered(asList(body.components) as Component[]);
    if (body.allowed_mentions !== undefined) message.allowedMentions = asRecord(body.allowed_mentions);
    const added = files.map((file) => ({ ...file, id: world.nextId() }));
    message.attachments = [...kept, ...added];
  }

  function store(message: StoredMessage, channel: Channel): StoredMessage {
    world.messages.set(message.id, message);
    if (message.nonce !== undefined) world.nonces.set(`${channel.id} ${message.nonce}`, message);
    if (message.ephemeralTo === undefined) channel.lastMessageId = message.id;
    return message;
  }

  return { verify, post, postPlaceholder, postAsPerson, edit };
}

export type Messages = ReturnType<typeof createMessages>;

/** A check may stumble over a body of the wrong shape; when the specification has said so already, that is the answer. */
function listProblems(check: () => Problems, fromSpec: Problem[]): Problem[] {
  try {
    return check().list;
  } catch (error) {
    if (error instanceof DiscordError || fromSpec.length === 0) throw error;
    return [];
  }
}

/** An edit that lists attachments keeps those it names; one that does not keeps all. */
function keptAttachments(message: StoredMessage, body: Json): Attachment[] {
  if (body.attachments === undefined) return message.attachments;
  const ids = new Set(asList(body.attachments).map((attachment) => String(asRecord(attachment).id)));
  return message.attachments.filter(({ id }) => ids.has(id));
}

/** Discord gives every component a number of its own. */
function numbered(components: Component[]): Component[] {
  const copy = structuredClone(components);
  const all = flatten(copy);
  const taken = new Set(all.map(({ id }) => id));
  let next = 1;
  for (const component of all.filter(({ id }) => !id)) {
    while (taken.has(next)) next += 1;
    component.id = next;
    next += 1;
  }
  return copy;
}

/** The attachments a person sees: in a layout only those a component shows. */
export function visibleAttachments(message: StoredMessage): Attachment[] {
  if (!(message.flags & Flag.layout)) return message.attachments;
  const shown = new Set(flatten(message.components).flatMap((component) => mediaOf(component).map(({ url }) => url)));
  return message.attachments.filter(({ name }) => shown.has(`attachment://${name}`));
}
