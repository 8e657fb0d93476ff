import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIStringSelectComponent,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import type { Button, Pager, Select, SelectOption } from '../../bot/views.js';
import type { MakeCustomId } from './custom-ids.js';
import { LIMITS, oneLine } from './limits.js';
import { renderPlain } from './render-text.js';

/** A row of buttons, or one with a select. */
export type Row = APIActionRowComponent<APIButtonComponent | APIStringSelectComponent>;

/** Whether Discord can make a button of it: an address must be one of the web and short enough. */
export function isDrawable(button: Button): boolean {
  if (button.kind === 'action') return true;
  return button.url.length <= LIMITS.buttonUrl && URL.canParse(button.url) && /^https?:/i.test(button.url);
}

/** A button. Its words are plain: Discord shows no mark-up there. */
export async function renderButton(button: Button, makeId: MakeCustomId): Promise<APIButtonComponent> {
  const label = renderPlain(button.label, LIMITS.buttonLabel) || '…';
  if (button.kind === 'link') return { type: ComponentType.Button, style: ButtonStyle.Link, label, url: button.url };
  return { type: ComponentType.Button, style: styleOf(button), label, custom_id: await makeId(button.action) };
}

const STYLES = { plain: ButtonStyle.Secondary, primary: ButtonStyle.Primary, danger: ButtonStyle.Danger } as const;

function styleOf({ style }: Extract<Button, { kind: 'action' }>) {
  return STYLES[style ?? 'plain'];
}

/** A row of up to five buttons. */
export async function renderButtonRow(row: readonly Button[], makeId: MakeCustomId): Promise<Row> {
  const components: APIButtonComponent[] = [];
  for (const button of row) components.push(await renderButton(button, makeId));
  return { type: ComponentType.ActionRow, components };
}

/** Previous, where we are, Next. At an end that side stands there but cannot be tapped, so that nothing jumps. */
export async function renderPager({ page, pages, previous, next }: Pager, makeId: MakeCustomId): Promise<Row> {
  const side = async (label: string, to: Pager['next']): Promise<APIButtonComponent> => ({
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label,
    custom_id: to ? await makeId(to) : `end:${label}`,
    disabled: to === undefined,
  });
  const where: APIButtonComponent = {
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label: `${page + 1} / ${pages}`,
    custom_id: 'end:page',
    disabled: true,
  };
  return {
    type: ComponentType.ActionRow,
    components: [await side('Previous', previous), where, await side('Next', next)],
  };
}

/** The options of a select as Discord takes them: at most 25, each value once. */
export function usableOptions(options: readonly SelectOption[]): SelectOption[] {
  const seen = new Set<string>();
  return options
    .filter(({ value }) => {
      const isUsable = value.length >= 1 && value.length <= LIMITS.optionText && !seen.has(value);
      seen.add(value);
      return isUsable;
    })
    .slice(0, LIMITS.selectOptions);
}

/** A select in its row. The caller makes sure that there is something to choose. */
export async function renderSelect(select: Select, makeId: MakeCustomId): Promise<Row> {
  const options = usableOptions(select.options);
  const most = Math.max(1, Math.min(select.most ?? 1, options.length));
  const component: APIStringSelectComponent = {
    type: ComponentType.StringSelect,
    custom_id: await makeId(select.action),
    min_values: Math.max(0, Math.min(select.least ?? 1, most)),
    max_values: most,
    options: renderOptions(options, most),
  };
  const placeholder = renderPlain(select.placeholder, LIMITS.placeholder);
  if (placeholder !== '') component.placeholder = placeholder;
  return { type: ComponentType.ActionRow, components: [component] };
}

/** Options with their words cut to size, and no more of them chosen beforehand than may be. */
export function renderOptions(options: readonly SelectOption[], mostChosen: number) {
  let chosen = 0;
  return options.map(({ value, label, description, isChosen = false }) => {
    if (isChosen) chosen += 1;
    const about = description === undefined ? '' : renderPlain(description, LIMITS.optionText);
    return {
      value,
      label: renderPlain(label, LIMITS.optionText) || renderPlain(oneLine(value), LIMITS.optionText) || '…',
      ...(about !== '' && { description: about }),
      ...(isChosen && chosen <= mostChosen && { default: true }),
    };
  });
}
