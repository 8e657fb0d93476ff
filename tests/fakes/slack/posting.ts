import { asString, type Dict } from './json.js';
import { ELEMENTS } from './limits/element-limits.js';
import { type Content, checkMessage } from './limits/message-limits.js';
import type { Occasion } from './sights.js';
import { fileLookup, type Stage } from './stage.js';
import type { ChannelRecord, FileRecord, MessageRecord, World } from './world.js';

/** A message about to be posted. */
export interface Draft extends Content {
  from: string;
  byApp: boolean;
  threadTs?: string;
  metadata?: Dict;
  ephemeralFor?: string;
  files?: FileRecord[];
}

/** Checks the content and writes down what Slack takes but people suffer from. @throws SlackError as `checkMessage`. */
export function contentOf(stage: Stage, where: string, args: Dict, teamId: string, maxText?: number): Content {
  const remark = (what: string) => stage.violations.push(`${where}: ${what}`);
  return checkMessage(args, { files: fileLookup(stage, teamId), remark, ...(maxText ? { maxText } : {}) });
}

/** Puts a message where it belongs and shows it to those who see it. */
export function post(stage: Stage, channel: ChannelRecord, draft: Draft, occasion?: Occasion): MessageRecord {
  const message: MessageRecord = {
    files: [],
    ...draft,
    ts: stage.world.nextTs(),
    teamId: channel.teamId,
    channelId: channel.id,
    blocks: withIds(stage.world, draft.blocks),
    isEdited: false,
    isDeleted: false,
  };
  channel.messages.push(message);
  if (message.byApp) show(stage, message, occasion);
  return message;
}

/** New content in place of the old; blocks that are not sent again are gone. */
export function edit(stage: Stage, message: MessageRecord, content: Content, occasion?: Occasion): void {
  Object.assign(message, content, { blocks: withIds(stage.world, content.blocks), isEdited: true });
  show(stage, message, occasion);
}

export function remove(stage: Stage, message: MessageRecord, occasion?: Occasion): void {
  message.isDeleted = true;
  show(stage, message, occasion);
}

function show(stage: Stage, message: MessageRecord, occasion?: Occasion): void {
  stage.sights.show({
    surface: { kind: 'message', message },
    channelId: message.channelId,
    ...(message.ephemeralFor ? { userId: message.ephemeralFor } : {}),
    ...(occasion ? { occasion } : {}),
  });
}

/** Slack gives blocks and elements the ids the app left out. */
export function withIds(world: World, blocks: Dict[]): Dict[] {
  return blocks.map((block) => {
    const filled: Dict = { ...block, block_id: block.block_id ?? world.nextId('b') };
    if (Array.isArray(block.elements)) filled.elements = block.elements.map((element) => withActionId(world, element));
    if (block.accessory) filled.accessory = withActionId(world, block.accessory as Dict);
    if (block.element) filled.element = withActionId(world, block.element as Dict);
    return filled;
  });
}

function withActionId(world: World, element: Dict): Dict {
  const type = asString(element.type);
  const isInteractive = type !== 'image' && (ELEMENTS.actions.has(type) || ELEMENTS.input.has(type));
  return isInteractive ? { ...element, action_id: element.action_id ?? world.nextId('a') } : element;
}
