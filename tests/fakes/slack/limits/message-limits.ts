import { asDicts, asString, type Dict, isDict } from '../json.js';
import { SlackError } from '../slack-error.js';
import { checkBlocks } from './block-limits.js';
import type { FileLookup } from './image-limits.js';
import { lengthOf, Problems } from './problems.js';

/** What of a message's content Slack keeps. */
export interface Content {
  text: string;
  blocks: Dict[];
  attachments: Dict[];
}

const CUT_AT = 40_000;

/**
 * The content of a message, wherever it came in: the Web API, a response URL or an acknowledgement.
 *
 * @param remark told about what Slack accepts and people suffer from: blocks without text, text it would split or cut.
 * @throws SlackError `no_text`, `msg_too_long`, `markdown_text_conflict`, `too_many_attachments`, `invalid_blocks`.
 */
export function checkMessage(
  args: Dict,
  { files, remark, maxText }: { files: FileLookup; remark: (what: string) => void; maxText?: number },
): Content {
  const text = asString(args.text);
  const markdown = asString(args.markdown_text);
  const blocks = args.blocks ?? [];
  const attachments = asDicts(args.attachments);
  if (markdown && (text || args.blocks !== undefined)) throw new SlackError('markdown_text_conflict');
  if (lengthOf(markdown) > 12_000) throw new SlackError('msg_too_long');
  checkAllBlocks(blocks, attachments, files);
  const isBare = asDicts(blocks).length === 0 && attachments.length === 0;
  if (isBare && (text || markdown).trim() === '') throw new SlackError('no_text');
  if (maxText !== undefined && lengthOf(text) > maxText) throw new SlackError('msg_too_long');
  if (lengthOf(text) > 4000) remark('text of more than 4000 characters is split or cut');
  if (!isBare && text.trim() === '') remark('blocks without text: notifications and screen readers get nothing');
  return { text: [...(text || markdown)].slice(0, CUT_AT).join(''), blocks: asDicts(blocks), attachments };
}

function checkAllBlocks(blocks: unknown, attachments: Dict[], files: FileLookup): void {
  if (attachments.length > 100) throw new SlackError('too_many_attachments');
  const problems = new Problems();
  checkBlocks(problems, '/blocks', blocks, 'message', files);
  attachments.forEach((attachment, index) => {
    if (attachment.blocks === undefined) return;
    checkBlocks(problems, `/attachments/${index}/blocks`, attachment.blocks, 'message', files);
  });
  problems.throwAs('invalid_blocks');
}

/** Metadata is an event type and an object beside it. @throws SlackError `invalid_metadata_format`. */
export function checkMetadata(value: unknown): Dict | undefined {
  if (value === undefined) return undefined;
  const isSound = isDict(value) && typeof value.event_type === 'string' && isDict(value.event_payload);
  if (!isSound) throw new SlackError('invalid_metadata_format');
  return value;
}
