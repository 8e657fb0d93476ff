import { asDict, asDicts, asString, type Dict, textOf } from './json.js';
import { elementsIn } from './limits/block-limits.js';
import type { Place } from './payloads.js';
import type { Surface } from './sights.js';

/** An image as a person meets it: what it shows in words, and where it comes from. */
export interface SeenImage {
  alt: string;
  url?: string;
  slackFile?: Dict;
}

/** An element on screen with the names a person could call it by and the words around it. */
export interface SeenElement {
  place: Place;
  block: Dict;
  element: Dict;
  names: string[];
  near: string;
}

/** Everything readable on a surface, in order, with markup as it was sent. Labels of buttons stand elsewhere. */
export function textOn(surface: Surface): string {
  if (surface.kind === 'error') return surface.text;
  if (surface.kind === 'modal')
    return lines([textOf(surface.view.content.title), ...blocksOn(surface).map(textInBlock)]);
  if (surface.kind === 'home') return lines(blocksOn(surface).map(textInBlock));
  const { message } = surface;
  if (message.isDeleted) return '';
  const body = message.blocks.length > 0 ? message.blocks.map(textInBlock) : [message.text];
  return lines([
    ...body,
    ...message.attachments.map((one) => lines([asString(one.text), ...asDicts(one.blocks).map(textInBlock)])),
  ]);
}

function lines(parts: string[]): string {
  return parts.filter((part) => part !== '').join('\n');
}

export function blocksOn(surface: Surface): Dict[] {
  if (surface.kind === 'error') return [];
  if (surface.kind !== 'message') return asDicts(surface.view.content.blocks);
  return surface.message.isDeleted ? [] : surface.message.blocks;
}

function textInBlock(block: Dict): string {
  const type = asString(block.type);
  if (type === 'markdown') return asString(block.text);
  if (type === 'rich_text') return richText(block);
  if (type === 'image') return textOf(block.title);
  if (type === 'context') return lines(asDicts(block.elements).map((element) => asString(element.text)));
  if (type === 'input') return lines([textOf(block.label), textOf(block.hint)]);
  if (type === 'table' || type === 'data_table') return tableText(block);
  return lines([textOf(block.text), ...asDicts(block.fields).map((field) => asString(field.text))]);
}

function tableText(block: Dict): string {
  const rows = Array.isArray(block.rows) ? block.rows : [];
  const cell = (one: Dict) => (one.type === 'rich_text' ? richText(one) : String(one.text ?? one.value ?? ''));
  return lines(rows.map((row) => asDicts(row).map(cell).join(' | ')));
}

function richText(node: Dict): string {
  if (typeof node.text === 'string') return node.text;
  if (typeof node.url === 'string') return node.url;
  return asDicts(node.elements).map(richText).join('');
}

export function imagesOn(surface: Surface): SeenImage[] {
  return blocksOn(surface).flatMap((block) => {
    const inside = [block, asDict(block.accessory), ...asDicts(block.elements)];
    return inside.filter(({ type }) => type === 'image').map(toImage);
  });
}

function toImage({ alt_text, image_url, slack_file }: Dict): SeenImage {
  return {
    alt: asString(alt_text),
    ...(typeof image_url === 'string' ? { url: image_url } : {}),
    ...(slack_file ? { slackFile: asDict(slack_file) } : {}),
  };
}

/** Every interactive element on a surface. */
export function elementsOn(surface: Surface): SeenElement[] {
  if (surface.kind === 'error') return [];
  const place: Place = surface.kind === 'message' ? { message: surface.message } : { view: surface.view };
  const blocks = blocksOn(surface);
  return blocks.flatMap((block, index) => {
    const near = lines([...textsAbove(blocks, index), textInBlock(block)]);
    return elementsIn(block).map((element) => ({ place, block, element, near, names: namesOf(block, element) }));
  });
}

/** Buttons in a row of their own belong to the text right above them. */
function textsAbove(blocks: Dict[], index: number): string[] {
  if (blocks[index]?.type !== 'actions') return [];
  const texts: string[] = [];
  for (let above = index - 1; above >= 0; above -= 1) {
    const block = blocks[above] as Dict;
    if (block.type === 'divider' || block.type === 'actions') break;
    texts.unshift(textInBlock(block));
    if (block.type === 'section') break;
  }
  return texts;
}

function namesOf(block: Dict, element: Dict): string[] {
  if (element.type === 'button') return [textOf(element.text)];
  const names = [textOf(block.label), textOf(element.placeholder), block.type === 'section' ? textOf(block.text) : ''];
  const named = names.filter((name) => name !== '');
  return named.length > 0 ? named : [asString(element.accessibility_label) || asString(element.action_id)];
}
