import { asDict, asDicts, asString, type Dict } from './json.js';
import { elementsIn } from './limits/block-limits.js';
import { checkView } from './limits/view-limits.js';
import { withIds } from './posting.js';
import type { Occasion } from './sights.js';
import { SlackError } from './slack-error.js';
import { fileLookup, type Stage } from './stage.js';
import type { ViewRecord } from './world.js';

const MAX_STACK = 3;

/** Opens a modal on its own, in place of any that was open. */
export function openModal(stage: Stage, occasion: Occasion, content: Dict): ViewRecord {
  for (const open of stage.world.stackOf(occasion.userId)) open.isOpen = false;
  return addModal(stage, occasion, content);
}

/** Puts a modal on top of the one that is open. @throws SlackError `push_limit_reached` beyond three. */
export function pushModal(stage: Stage, occasion: Occasion, content: Dict): ViewRecord {
  const below = stage.world.stackOf(occasion.userId);
  if (below.length >= MAX_STACK) throw new SlackError('push_limit_reached');
  return addModal(stage, occasion, content, below.at(-1));
}

function addModal(stage: Stage, occasion: Occasion, content: Dict, below?: ViewRecord): ViewRecord {
  const id = stage.world.nextId('V');
  const view: ViewRecord = {
    ...newView(stage, id, occasion.userId, occasion.teamId),
    kind: 'modal',
    rootId: below?.rootId ?? id,
    previousId: below?.id ?? null,
    isOpen: true,
    openedBy: occasion,
    ...(occasion.channelId ? { channelId: occasion.channelId } : {}),
  };
  setContent(stage, view, content);
  stage.world.views.set(id, view);
  stage.sights.show({ surface: { kind: 'modal', view }, userId: view.userId, occasion });
  return view;
}

function newView(stage: Stage, id: string, userId: string, teamId: string) {
  const hash = `${stage.world.nextTs()}.fake`;
  return { id, teamId, userId, content: {}, hash, rootId: id, previousId: null, typed: new Map(), publishes: 0 };
}

/** New content in an open view; what the person typed survives where block id and action id stay equal. */
export function updateView(stage: Stage, view: ViewRecord, content: Dict, occasion?: Occasion): void {
  setContent(stage, view, content);
  const surface = { kind: view.kind, view } as const;
  stage.sights.show({ surface, userId: view.userId, ...(occasion ? { occasion } : {}) });
}

function setContent(stage: Stage, view: ViewRecord, content: Dict): void {
  const checked = checkView(content, view.kind, fileLookup(stage, view.teamId));
  view.content = { ...checked, blocks: withIds(stage.world, asDicts(checked.blocks)) };
  view.hash = `${stage.world.nextTs()}.fake`;
  const before = view.typed;
  view.typed = new Map();
  for (const block of asDicts(view.content.blocks)) {
    for (const element of elementsIn(block))
      keepTyped(view, before, asString(block.block_id), asString(element.action_id));
  }
}

function keepTyped(view: ViewRecord, before: Map<string, Dict>, blockId: string, actionId: string): void {
  const value = before.get(blockId)?.[actionId];
  if (value !== undefined) view.typed.set(blockId, { ...view.typed.get(blockId), [actionId]: value });
}

/** Publishes someone's Home tab. */
export function publishHome(stage: Stage, userId: string, teamId: string, content: Dict): ViewRecord {
  const view: ViewRecord =
    stage.world.homeOf(userId) ??
    ({ ...newView(stage, stage.world.nextId('V'), userId, teamId), kind: 'home', isOpen: true } as const);
  setContent(stage, view, content);
  view.publishes += 1;
  stage.world.views.set(view.id, view);
  stage.sights.show({ surface: { kind: 'home', view }, userId });
  return view;
}

/** A view as Slack describes it to the app. */
export function viewPayload(stage: Stage, view: ViewRecord): Dict {
  const { blocks, title, submit, close, callback_id, private_metadata, external_id } = view.content;
  const team = stage.world.teams.get(view.teamId);
  return {
    id: view.id,
    team_id: view.teamId,
    app_id: stage.settings.appId,
    app_installed_team_id: view.teamId,
    bot_id: team?.botId,
    type: view.kind,
    blocks,
    title: title ?? null,
    submit: submit ?? null,
    close: close ?? null,
    callback_id: asString(callback_id),
    private_metadata: asString(private_metadata),
    external_id: asString(external_id),
    clear_on_close: view.content.clear_on_close === true,
    notify_on_close: view.content.notify_on_close === true,
    hash: view.hash,
    root_view_id: view.rootId,
    previous_view_id: view.previousId,
    state: { values: stateValues(view) },
  };
}

/** `state.values` as it stands: what was typed, else what the view started with, else nothing in each element's shape. */
export function stateValues(view: { content: Dict; typed: Map<string, Dict> }): Dict {
  const values: Dict = {};
  for (const block of asDicts(view.content.blocks)) {
    const blockId = asString(block.block_id);
    for (const element of elementsIn(block)) {
      const actionId = asString(element.action_id);
      const value = asDict(view.typed.get(blockId))[actionId] ?? initialValue(element);
      if (value !== undefined) values[blockId] = { ...asDict(values[blockId]), [actionId]: value };
    }
  }
  return values;
}

/** What an element holds before anyone touched it; nothing for buttons and menus without memory. */
export function initialValue(element: Dict): Dict | undefined {
  const type = asString(element.type);
  const shape = SHAPES[type] ?? (type.startsWith('multi_') ? multiShape(type) : undefined);
  if (!shape) return undefined;
  const [field, initial, empty] = shape;
  return { type, [field]: element[initial] ?? empty };
}

type Shape = readonly [field: string, initial: string, empty: unknown];

const VALUE: Shape = ['value', 'initial_value', null];
const OPTION: Shape = ['selected_option', 'initial_option', null];
const SHAPES: Record<string, Shape> = {
  plain_text_input: VALUE,
  email_text_input: VALUE,
  url_text_input: VALUE,
  number_input: VALUE,
  static_select: OPTION,
  external_select: OPTION,
  radio_buttons: OPTION,
  checkboxes: ['selected_options', 'initial_options', []],
  datepicker: ['selected_date', 'initial_date', null],
  timepicker: ['selected_time', 'initial_time', null],
  datetimepicker: ['selected_date_time', 'initial_date_time', null],
  users_select: ['selected_user', 'initial_user', null],
  channels_select: ['selected_channel', 'initial_channel', null],
  conversations_select: ['selected_conversation', 'initial_conversation', null],
  rich_text_input: ['rich_text_value', 'initial_value', null],
  file_input: ['files', 'initial_files', []],
};

function multiShape(type: string): Shape {
  const kind = type.replace('multi_', '').replace('_select', '');
  if (kind === 'static' || kind === 'external') return ['selected_options', 'initial_options', []];
  return [`selected_${kind}`, `initial_${kind}`, []];
}

/** The field of `state.values` an element's value stands in. */
export function valueField(type: string): string {
  return (SHAPES[type] ?? multiShape(type))[0];
}
