import { encodeAction } from '../../bot/action-codec.js';
import type { FieldInput, FormInstance } from '../../bot/forms.js';
import type { OptionInput } from '../../bot/options.js';
import type { Command } from '../../bot/registry.js';
import { toRichText } from '../../bot/text.js';
import type { AttachedFile, Block, Button, ImageFile, ListItem, Select, View } from '../../bot/views.js';
import { type KeptFiles, pngSize } from './kept-files.js';
import type { WireBlock, WireButton, WireCommand, WireFieldInput, WireForm, WireItem, WireView } from './wire.js';

/** A view as the page gets it. Nothing is cut: the page has room for all, and wraps. */
export function wireView({ title, tone, blocks }: View, files: KeptFiles): WireView {
  return {
    ...(title === undefined ? {} : { title: toRichText(title) }),
    tone: tone ?? 'plain',
    blocks: blocks.map((block) => wireBlock(block, files)),
  };
}

function wireBlock(block: Block, files: KeptFiles): WireBlock {
  switch (block.kind) {
    case 'text':
    case 'note':
      return { kind: block.kind, text: toRichText(block.text) };
    case 'fields':
      return { kind: 'fields', fields: block.fields.map(({ label, value }) => ({ label, value: toRichText(value) })) };
    case 'list':
      return { kind: 'list', items: block.items.map(wireItem) };
    case 'buttons':
      return { kind: 'buttons', buttons: block.buttons.map(wireButton) };
    case 'select':
      return wireSelect(block);
    case 'pager':
      return {
        kind: 'pager',
        page: block.page,
        pages: block.pages,
        ...(block.previous ? { previous: encodeAction(block.previous) } : {}),
        ...(block.next ? { next: encodeAction(block.next) } : {}),
      };
    case 'image':
      return wireImage(block.image, files);
    case 'file':
      return wireFile(block.file, files);
    case 'divider':
      return { kind: 'divider' };
  }
}

function wireItem({ title, lines, button }: ListItem): WireItem {
  return {
    title: toRichText(title),
    lines: lines.map(toRichText),
    ...(button ? { button: wireButton(button) } : {}),
  };
}

function wireButton(button: Button): WireButton {
  if (button.kind === 'link') return button;
  const { label, action, style } = button;
  return { kind: 'action', label, id: encodeAction(action), ...(style ? { style } : {}) };
}

function wireSelect({ placeholder, action, options, most = 1, least = 1 }: Select): WireBlock {
  return {
    kind: 'select',
    placeholder,
    id: encodeAction(action),
    options: options.map(({ isChosen = false, ...option }) => ({ ...option, isChosen })),
    most,
    least,
  };
}

function wireImage({ name, type, bytes, alt }: ImageFile, files: KeptFiles): WireBlock {
  return { kind: 'image', name, alt, url: files.keep({ name, type, bytes }), ...pngSize(bytes) };
}

function wireFile({ name, type, bytes }: AttachedFile, files: KeptFiles): WireBlock {
  return { kind: 'file', name, type, url: files.keep({ name, type, bytes }), sizeBytes: bytes.byteLength };
}

/** A form as the page gets it; its id holds the form's name and payload. */
export function wireForm({ form, payload, title, submitLabel, fields }: FormInstance): WireForm {
  return {
    id: encodeAction({ action: form, payload }),
    title,
    submitLabel,
    fields: fields.map(({ name, label, hint, isRequired, input, initial }) => ({
      name,
      label,
      ...(hint === undefined ? {} : { hint }),
      isRequired,
      input: wireInput(input),
      initial: initial ?? (input.kind === 'choices' ? [] : ''),
    })),
  };
}

function wireInput(input: FieldInput): WireFieldInput {
  switch (input.kind) {
    case 'line':
      return { kind: 'line', least: input.least ?? 0, most: input.most, placeholder: input.placeholder ?? '' };
    case 'paragraph':
      return { kind: 'paragraph', most: input.most, placeholder: input.placeholder ?? '' };
    case 'choice':
    case 'choices':
      return { kind: input.kind, choices: [...input.choices] };
    case 'yes-no':
      return { kind: 'yes-no' };
    case 'lookup':
      return { kind: 'lookup', placeholder: input.placeholder ?? 'Type to search' };
  }
}

/** A command as the page's palette shows it. */
export function wireCommand({ name, description, options }: Command): WireCommand {
  return {
    name,
    description,
    options: Object.entries(options).map(([option, { description: about, isRequired, example, input }]) => ({
      name: option,
      description: about,
      isRequired,
      example,
      input: wireOptionInput(input),
    })),
  };
}

function wireOptionInput(input: OptionInput): WireCommand['options'][number]['input'] {
  switch (input.kind) {
    case 'text':
    case 'lookup':
      return { kind: input.kind, most: input.most };
    case 'channel':
      return { kind: 'lookup', most: input.most };
    case 'integer':
      return { kind: 'integer', least: input.least, most: input.most };
    case 'yes-no':
      return {
        kind: 'choice',
        choices: [
          { value: 'yes', label: 'Yes' },
          { value: 'no', label: 'No' },
        ],
      };
    case 'choice':
      return { kind: 'choice', choices: [...input.choices] };
  }
}
