import {
  type APIComponentInContainer,
  type APIContainerComponent,
  type APITextDisplayComponent,
  ComponentType,
  MessageFlags,
  type RawFile,
} from 'discord.js';
import type { View } from '../../bot/views.js';
import type { KeptTexts } from '../../shared/kept-texts.js';
import { customIdsOfMessage, type MakeCustomId } from './custom-ids.js';
import { fitParts } from './fit-parts.js';
import { cut, LIMITS, oneLine } from './limits.js';
import { renderButton, renderButtonRow, renderPager, renderSelect } from './render-controls.js';
import type { FindCommandId } from './render-text.js';
import { fairMost } from './text-budget.js';
import { moreItems, type Part, partsOf } from './view-parts.js';

/** A message as Discord takes it, for creating and for changing one alike. */
export interface DiscordMessage {
  body: {
    flags: number;
    components: APIContainerComponent[];
    /** Nobody is ever notified by what stands in a view. */
    allowed_mentions: { parse: [] };
    /** The files this message has from now on; on a change the earlier ones go. */
    attachments: { id: string; filename: string }[];
  };
  files: RawFile[];
}

/** What rendering needs to know of the rest of the adapter. */
export interface RenderParts {
  keptTexts: KeptTexts;
  findCommandId: FindCommandId;
  /** Cards that stay right for everybody, by their view, for those shown again and again, such as `/help`. */
  drawn: WeakMap<View, DiscordMessage>;
}

/** The edge of a card, by its mood. */
const ACCENTS = { plain: 0x5b6ee1, good: 0x3ba55d, careful: 0xe0a33a, bad: 0xd64550 } as const;

/**
 * Draws a view as one card of Components V2. Whatever is too long or too much is cut; nothing is refused.
 *
 * @see https://docs.discord.com/developers/components/reference
 */
export async function renderView(
  view: View,
  { keptTexts, findCommandId, drawn }: RenderParts,
): Promise<DiscordMessage> {
  const known = drawn.get(view);
  if (known) return known;
  const { parts, uploads } = partsOf(view, { findCommandId });
  const fitting = fitParts(parts, (count) => moreItems(count, { findCommandId }));
  const most = fairMost(
    fitting.map((part) => (part.kind === 'text' || part.kind === 'item' ? part.write().length : 0)),
    LIMITS.text,
  );
  const ids = customIdsOfMessage(keptTexts);
  const components: APIComponentInContainer[] = [];
  for (const part of fitting) components.push(await renderPart(part, most, ids.make));
  const shown = uploads.filter(({ name }) =>
    fitting.some((part) => (part.kind === 'image' || part.kind === 'file') && part.name === name),
  );
  const message: DiscordMessage = {
    body: {
      flags: MessageFlags.IsComponentsV2,
      components: [
        {
          type: ComponentType.Container,
          accent_color: ACCENTS[view.tone ?? 'plain'],
          components: components.length > 0 ? components : [textDisplay('Nothing to show here.')],
        },
      ],
      allowed_mentions: { parse: [] },
      attachments: shown.map(({ name }, index) => ({ id: String(index), filename: name })),
    },
    files: shown.map(({ name, type, bytes }) => ({ name, contentType: type, data: Buffer.from(bytes) })),
  };
  if (shown.length === 0 && !ids.hasKept()) drawn.set(view, message);
  return message;
}

async function renderPart(part: Part, most: number, makeId: MakeCustomId): Promise<APIComponentInContainer> {
  switch (part.kind) {
    case 'text':
      return textDisplay(part.write(most));
    case 'item':
      return renderItem(part, most, makeId);
    case 'buttons':
      return renderButtonRow(part.buttons, makeId);
    case 'select':
      return renderSelect(part.select, makeId);
    case 'pager':
      return renderPager(part.pager, makeId);
    case 'image': {
      const description = cut(oneLine(part.alt), LIMITS.altText);
      const media = { url: `attachment://${part.name}` };
      return { type: ComponentType.MediaGallery, items: [description === '' ? { media } : { media, description }] };
    }
    case 'file':
      return { type: ComponentType.File, file: { url: `attachment://${part.name}` } };
    case 'divider':
      return { type: ComponentType.Separator, divider: true, spacing: 1 };
  }
}

async function renderItem(
  { write, button }: Extract<Part, { kind: 'item' }>,
  most: number,
  makeId: MakeCustomId,
): Promise<APIComponentInContainer> {
  const text = textDisplay(write(most));
  if (!button) return text;
  return { type: ComponentType.Section, components: [text], accessory: await renderButton(button, makeId) };
}

function textDisplay(content: string): APITextDisplayComponent {
  return { type: ComponentType.TextDisplay, content: content === '' ? '…' : content };
}
