import { isDict } from '../json.js';
import { checkString, lengthOf, type Problems } from './problems.js';

interface TextRule {
  max: number;
  plain?: boolean;
  optional?: boolean;
}

const TEXT_FIELDS = {
  plain_text: new Set(['type', 'text', 'emoji']),
  mrkdwn: new Set(['type', 'text', 'verbatim']),
};

/** A text object: 1 to `max` code points, never empty; `plain` where Slack takes `plain_text` only. */
export function checkText(problems: Problems, pointer: string, value: unknown, rule: TextRule): void {
  if (value === undefined && rule.optional) return;
  if (!isDict(value)) {
    problems.add(pointer, 'must be a text object');
    return;
  }
  const { type, text } = value;
  if (type !== 'plain_text' && type !== 'mrkdwn') {
    problems.add(`${pointer}/type`, 'must be a valid text type');
    return;
  }
  if (rule.plain && type !== 'plain_text') problems.add(`${pointer}/type`, 'must be plain_text');
  if (typeof text !== 'string' || text === '') problems.add(`${pointer}/text`, 'must be more than 0 characters');
  else if (lengthOf(text) > rule.max) problems.add(`${pointer}/text`, `must be less than ${rule.max + 1} characters`);
  for (const field of Object.keys(value)) {
    if (!TEXT_FIELDS[type].has(field)) problems.add(`${pointer}/${field}`, 'no additional properties allowed');
  }
}

/** Title 100, text 300, both buttons 30. */
export function checkConfirm(problems: Problems, pointer: string, value: unknown): void {
  if (value === undefined) return;
  if (!isDict(value)) {
    problems.add(pointer, 'must be a confirm object');
    return;
  }
  checkText(problems, `${pointer}/title`, value.title, { max: 100, plain: true });
  checkText(problems, `${pointer}/text`, value.text, { max: 300 });
  checkText(problems, `${pointer}/confirm`, value.confirm, { max: 30, plain: true });
  checkText(problems, `${pointer}/deny`, value.deny, { max: 30, plain: true });
}

/** A link Slack would open: http, https, mailto or a `slack://` deep link. */
export function checkUrl(problems: Problems, pointer: string, value: unknown, required = false): void {
  checkString(problems, pointer, value, { max: 3000, required });
  if (typeof value === 'string' && !/^(https?:\/\/\S+|mailto:\S+|slack:\/\/\S+)$/.test(value)) {
    problems.add(pointer, 'must be a valid URL');
  }
}
