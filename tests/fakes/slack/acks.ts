import type { Outcome } from './envelopes.js';
import { asDict, asString, type Dict, isDict } from './json.js';
import { checkOptionGroups, checkOptions } from './limits/option-limits.js';
import { Problems } from './limits/problems.js';
import { respond } from './response-urls.js';
import type { Occasion } from './sights.js';
import { codeOf } from './slack-error.js';
import { noting, type Stage } from './stage.js';
import { pushModal, updateView } from './views.js';
import type { ViewRecord } from './world.js';

/** Shows a person that something went wrong, as Slackbot or the modal's banner does. */
export function showError(stage: Stage, occasion: Occasion, code: string): void {
  const text = code === 'app_did_not_respond' ? 'The app did not respond.' : `This failed with the error "${code}".`;
  stage.sights.show({ surface: { kind: 'error', code, text }, userId: occasion.userId, occasion });
}

/** The payload of an acknowledgement in time; otherwise the person sees what went wrong and there is none. */
export function ackedInTime(stage: Stage, occasion: Occasion, outcome: Outcome): Dict | undefined {
  if (outcome.kind === 'acked') return outcome.payload;
  showError(stage, occasion, outcome.kind === 'timeout' ? 'operation_timeout' : 'app_did_not_respond');
  return undefined;
}

/** A command's acknowledgement may carry the answer; an empty one promises it for later. */
export function takeCommandAck(stage: Stage, occasion: Occasion, payload: Dict): void {
  if (Object.keys(payload).length === 0) return;
  try {
    noting(stage, 'command ack', () => respond(stage, occasion, payload, 'command ack'));
  } catch (error) {
    showError(stage, occasion, codeOf(error));
  }
}

/** Slack ignores what an acknowledged press carries, so nobody ever sees it. */
export function takeActionAck(stage: Stage, payload: Dict): void {
  if (Object.keys(payload).length > 0) stage.violations.push('block_actions ack: the payload is ignored');
}

/** What a submission led to: errors by block id, or how the stack of modals changed. */
export type Submitted = { kind: 'errors'; errors: Record<string, string> } | { kind: 'shown' } | { kind: 'closed' };

/** Nothing closes this modal, `clear` all of them; `update` and `push` show another; `errors` keeps it open. */
export function takeSubmissionAck(stage: Stage, occasion: Occasion, view: ViewRecord, payload: Dict): Submitted {
  const action = payload.response_action;
  if (action === 'errors') return { kind: 'errors', errors: inputErrors(stage, view, payload.errors) };
  if (action === 'update' || action === 'push') return showNext(stage, occasion, view, payload);
  if (action !== undefined && action !== 'clear')
    stage.violations.push(`view_submission ack: unknown action ${action}`);
  if (action === undefined && Object.keys(payload).length > 0) {
    stage.violations.push('view_submission ack: a payload without response_action');
  }
  const closing = action === 'clear' ? stage.world.stackOf(view.userId) : [view];
  for (const one of closing) one.isOpen = false;
  return { kind: 'closed' };
}

function showNext(stage: Stage, occasion: Occasion, view: ViewRecord, payload: Dict): Submitted {
  try {
    noting(stage, 'view_submission ack', () => {
      const content = asDict(payload.view);
      if (payload.response_action === 'push') pushModal(stage, occasion, content);
      else updateView(stage, view, content, occasion);
    });
  } catch (error) {
    showError(stage, occasion, codeOf(error));
  }
  return { kind: 'shown' };
}

/** Errors stand under input blocks only; any other block id is refused. */
function inputErrors(stage: Stage, view: ViewRecord, errors: unknown): Record<string, string> {
  const inputs = new Set<string>();
  for (const block of (view.content.blocks as Dict[]) ?? []) {
    if (block.type === 'input') inputs.add(asString(block.block_id));
  }
  const shown: Record<string, string> = {};
  for (const [blockId, text] of Object.entries(asDict(errors))) {
    if (!inputs.has(blockId) || typeof text !== 'string' || text === '') {
      stage.violations.push(`view_submission ack: error for "${blockId}", which is no input block or has no text`);
    } else shown[blockId] = text;
  }
  if (Object.keys(shown).length === 0) stage.violations.push('view_submission ack: errors without any');
  return shown;
}

/** The options of a suggestion's acknowledgement, up to 100; a payload Slack would refuse loads none. */
export function takeSuggestionAck(stage: Stage, payload: Dict): Dict[] {
  const problems = new Problems();
  const groups = payload.option_groups;
  const hasNone = Array.isArray(payload.options) && payload.options.length === 0;
  if (groups !== undefined) checkOptionGroups(problems, '/option_groups', groups);
  else if (!hasNone) checkOptions(problems, '/options', payload.options, { plain: true, max: 100 });
  if (problems.messages.length > 0) {
    stage.violations.push(`block_suggestion ack: ${problems.messages.join(' ')}`);
    return [];
  }
  const lists = groups === undefined ? [payload.options] : (groups as Dict[]).map(({ options }) => options);
  return lists.flatMap((options) => (options as unknown[]).filter(isDict));
}
