import type { types } from '@slack/bolt';
import type { Select, SelectOption } from '../../bot/views.js';
import type { IdsOfView } from './action-ids.js';
import { cut, LIMITS } from './limits.js';
import { plainObject } from './render-text.js';

/** A menu that acts as soon as something is chosen. It has no value of its own, so its id says what it does. */
export function renderSelect(select: Select, ids: IdsOfView): types.ActionsBlock | types.SectionBlock {
  const options = slackOptions(select.options, ids);
  const chosen = options.filter((_option, position) => shownOptions(select.options)[position]?.isChosen);
  const placeholder = plainObject(select.placeholder, LIMITS.placeholder);
  const action_id = ids.action(select.action);
  if (options.length === 0) return { type: 'section', text: placeholder };
  const most = select.most ?? 1;
  if (most === 1 && select.least !== 0) {
    const initial = chosen[0] ? { initial_option: chosen[0] } : {};
    return { type: 'actions', elements: [{ type: 'static_select', action_id, placeholder, options, ...initial }] };
  }
  // Slack takes menus of several choices in a section only, and a section needs words.
  const initial = chosen.length > 0 ? { initial_options: chosen.slice(0, most) } : {};
  return {
    type: 'section',
    text: placeholder,
    accessory: {
      type: 'multi_static_select',
      action_id,
      placeholder,
      options,
      max_selected_items: Math.max(most, 1),
      ...initial,
    },
  };
}

/** Options that Slack takes: up to 100, the chosen ones kept, each value once. */
function shownOptions(options: readonly SelectOption[]): SelectOption[] {
  const unique = options.filter(({ value }, position) => options.findIndex((one) => one.value === value) === position);
  if (unique.length <= LIMITS.options) return unique;
  const others = LIMITS.options - unique.filter(({ isChosen }) => isChosen).length;
  let shown = 0;
  return unique.filter(({ isChosen }) => isChosen || shown++ < others).slice(0, LIMITS.options);
}

function slackOptions(options: readonly SelectOption[], ids: IdsOfView): types.PlainTextOption[] {
  return shownOptions(options).map(({ label, value, description }) =>
    slackOption({ label, value: ids.value(value), description }),
  );
}

/** One option of any menu. */
export function slackOption({
  label,
  value,
  description,
}: {
  label: string;
  value: string;
  description?: string | undefined;
}): types.PlainTextOption {
  return {
    text: plainObject(label.trim() === '' ? value : label, LIMITS.optionText),
    value: cut(value, LIMITS.optionValue),
    ...(description?.trim() ? { description: plainObject(description, LIMITS.optionText) } : {}),
  };
}
