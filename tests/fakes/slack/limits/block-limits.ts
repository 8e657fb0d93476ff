import { asDict, asDicts, asString, type Dict, isDict } from '../json.js';
import { checkElement, ELEMENTS } from './element-limits.js';
import { checkImageSource, type FileLookup } from './image-limits.js';
import { checkList, checkString, lengthOf, type Problems } from './problems.js';
import { checkTable } from './table-limits.js';
import { checkText } from './text-limits.js';

export type BlockPlace = 'message' | 'modal' | 'home';

const MAX_BLOCKS = { message: 50, modal: 100, home: 100 };
const ONLY_IN_MESSAGES = new Set(['markdown', 'table', 'data_table', 'data_visualization', 'file']);
/** Known to Slack and not looked into here. */
const UNCHECKED = new Set([
  'rich_text',
  'video',
  'file',
  'alert',
  'card',
  'carousel',
  'container',
  'data_visualization',
]);

interface Check {
  problems: Problems;
  files: FileLookup;
  place: BlockPlace;
}

/** Every block on its own, and what counts across them: number, ids, tables, markdown, the one focused input. */
export function checkBlocks(problems: Problems, pointer: string, value: unknown, place: BlockPlace, files: FileLookup) {
  const min = place === 'message' ? 0 : 1;
  const blocks = checkList(problems, pointer, value, { min: place === 'home' ? 0 : min, max: MAX_BLOCKS[place] });
  blocks.forEach((block, index) => {
    checkBlock({ problems, files, place }, `${pointer}/${index}`, block);
  });
  checkBlockIds(problems, pointer, asDicts(blocks));
  checkTotals(problems, pointer, asDicts(blocks));
}

function checkBlockIds(problems: Problems, pointer: string, blocks: Dict[]): void {
  const seen = new Set<unknown>();
  blocks.forEach(({ block_id: id }, index) => {
    if (id !== undefined && seen.has(id)) {
      problems.add(`${pointer}/${index}/block_id`, `block_id "${id}" already exists`);
    }
    seen.add(id);
  });
}

function checkTotals(problems: Problems, pointer: string, blocks: Dict[]): void {
  const markdown = blocks.filter(({ type }) => type === 'markdown').map(({ text }) => lengthOf(asString(text)));
  if (markdown.reduce((sum, length) => sum + length, 0) > 12_000) {
    problems.add(pointer, 'markdown blocks must be less than 12001 characters in all');
  }
  if (blocks.filter(({ type }) => type === 'table' || type === 'data_table').length > 1) {
    problems.add(pointer, 'only_one_table_allowed');
  }
  if (blocks.filter((block) => asDict(block.element).focus_on_load === true).length > 1) {
    problems.add(pointer, 'only one element may have focus_on_load');
  }
}

function checkBlock(check: Check, pointer: string, block: unknown): void {
  const { problems, place } = check;
  if (!isDict(block)) {
    problems.add(pointer, 'must be a block');
    return;
  }
  checkString(problems, `${pointer}/block_id`, block.block_id, { max: 255 });
  const type = asString(block.type);
  if (place !== 'message' && ONLY_IN_MESSAGES.has(type)) {
    problems.add(`${pointer}/type`, `unsupported type: ${type}`);
    return;
  }
  const kind = KINDS[type];
  if (kind) kind(check, pointer, block);
  else if (!UNCHECKED.has(type)) problems.add(`${pointer}/type`, `unsupported type: ${type || 'none'}`);
}

const KINDS: Record<string, (check: Check, pointer: string, block: Dict) => void> = {
  divider: () => {},
  section: checkSection,
  actions: checkActions,
  context: checkContext,
  input: checkInputBlock,
  header: ({ problems }, pointer, block) =>
    checkText(problems, `${pointer}/text`, block.text, { max: 150, plain: true }),
  image: ({ problems, files }, pointer, block) => {
    checkImageSource(problems, pointer, block, files);
    checkText(problems, `${pointer}/title`, block.title, { max: 2000, plain: true, optional: true });
  },
  markdown: ({ problems }, pointer, block) =>
    checkString(problems, `${pointer}/text`, block.text, { max: 12_000, required: true }),
  table: ({ problems }, pointer, block) => checkTable(problems, pointer, block, { maxRows: 100, maxText: 10_000 }),
  data_table: ({ problems }, pointer, block) => checkTable(problems, pointer, block, { maxRows: 101, maxText: 20_000 }),
};

function checkSection({ problems, files }: Check, pointer: string, block: Dict): void {
  if (block.text === undefined && block.fields === undefined) {
    problems.add(pointer, 'missing required field: text or fields');
    return;
  }
  checkText(problems, `${pointer}/text`, block.text, { max: 3000, optional: true });
  if (block.fields !== undefined) {
    checkList(problems, `${pointer}/fields`, block.fields, { max: 10 }).forEach((field, index) => {
      checkText(problems, `${pointer}/fields/${index}`, field, { max: 2000 });
    });
  }
  if (block.accessory !== undefined)
    checkElement(problems, `${pointer}/accessory`, block.accessory, 'accessory', files);
}

function checkActions({ problems, files }: Check, pointer: string, block: Dict): void {
  const seen = new Set<unknown>();
  checkList(problems, `${pointer}/elements`, block.elements, { max: 25 }).forEach((element, index) => {
    const at = `${pointer}/elements/${index}`;
    checkElement(problems, at, element, 'actions', files);
    const id = asDict(element).action_id;
    if (id !== undefined && seen.has(id)) problems.add(`${at}/action_id`, `action_id "${id}" already exists`);
    seen.add(id);
  });
}

function checkContext({ problems, files }: Check, pointer: string, block: Dict): void {
  checkList(problems, `${pointer}/elements`, block.elements, { max: 10 }).forEach((element, index) => {
    const at = `${pointer}/elements/${index}`;
    if (asDict(element).type === 'image') checkImageSource(problems, at, asDict(element), files);
    else checkText(problems, at, element, { max: 3000 });
  });
}

function checkInputBlock({ problems, files }: Check, pointer: string, block: Dict): void {
  checkText(problems, `${pointer}/label`, block.label, { max: 2000, plain: true });
  checkText(problems, `${pointer}/hint`, block.hint, { max: 2000, plain: true, optional: true });
  checkElement(problems, `${pointer}/element`, block.element, 'input', files);
}

/** Every element of a block that has an `action_id` of its own. */
export function elementsIn(block: Dict): Dict[] {
  const inside = [...asDicts(block.elements), ...asDicts([block.accessory]), ...asDicts([block.element])];
  return inside.filter(({ type }) => ELEMENTS.actions.has(asString(type)) || ELEMENTS.input.has(asString(type)));
}
