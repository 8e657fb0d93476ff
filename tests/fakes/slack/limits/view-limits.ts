import { asDicts, asString, type Dict, isDict } from '../json.js';
import { SlackError } from '../slack-error.js';
import { checkBlocks } from './block-limits.js';
import type { FileLookup } from './image-limits.js';
import { checkString, Problems } from './problems.js';
import { checkText } from './text-limits.js';

const MAX_VIEW_BYTES = 250 * 1024;

/**
 * A modal or a Home tab as it was sent.
 *
 * @throws SlackError `view_too_large` beyond 250 KB, `invalid_arguments` with pointers for everything else.
 */
export function checkView(view: unknown, expected: 'modal' | 'home', files: FileLookup): Dict {
  if (!isDict(view)) throw invalid('/view', 'must be a view');
  if (Buffer.byteLength(JSON.stringify(view)) > MAX_VIEW_BYTES) throw new SlackError('view_too_large');
  if (view.type !== expected) throw invalid('/view/type', `must be ${expected}`);
  const problems = new Problems();
  if (expected === 'modal') checkModalFrame(problems, view);
  checkString(problems, '/view/private_metadata', view.private_metadata, { max: 3000 });
  checkString(problems, '/view/callback_id', view.callback_id, { max: 255 });
  checkString(problems, '/view/external_id', view.external_id, { max: 255 });
  checkBlocks(problems, '/view/blocks', view.blocks, expected, files);
  problems.throwAs('invalid_arguments');
  return view;
}

function checkModalFrame(problems: Problems, view: Dict): void {
  checkText(problems, '/view/title', view.title, { max: 24, plain: true });
  checkText(problems, '/view/submit', view.submit, { max: 24, plain: true, optional: true });
  checkText(problems, '/view/close', view.close, { max: 24, plain: true, optional: true });
  const hasInput = asDicts(view.blocks).some((block) => asString(block.type) === 'input');
  if (hasInput && view.submit === undefined) {
    problems.add('/view/submit', 'submit is required when an input block is within blocks array');
  }
}

function invalid(pointer: string, what: string): SlackError {
  const problems = new Problems();
  problems.add(pointer, what);
  return new SlackError('invalid_arguments', { response_metadata: { messages: problems.messages } });
}
