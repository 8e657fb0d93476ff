import { type Component, flatten, isSelect, Kind } from './components.js';
import { asRecord, asText, type Json } from './json.js';
import { textsOf } from './limits/embed-limits.js';
import type { Attachment, StoredMessage } from './world.js';

/** A button as a person sees it. */
export interface SeenButton {
  label: string;
  style: number;
  isDisabled: boolean;
  url?: string;
}

/** A select as a person sees it. Entity selects have no options of their own. */
export interface SeenSelect {
  placeholder: string;
  kind: number;
  options: string[];
  /** The labels picked beforehand. */
  preset: string[];
  isDisabled: boolean;
}

/** A picture: an upload by its name or one from the web by its address, and what it is said to show. */
export interface SeenImage {
  source: string;
  alt: string | undefined;
  attachment?: Attachment;
}

/** Everything readable, in order, markdown as sent. Buttons, selects and alternative texts are told separately. */
export function readText({
  content,
  embeds,
  components,
}: {
  content: string;
  embeds: Json[];
  components: Component[];
}): string {
  const ofComponents = flatten(components).map(textOf);
  return [content, ...embeds.flatMap(textsOf), ...ofComponents].filter((text) => text !== '').join('\n');
}

function textOf({ type, content, label, description }: Component): string {
  if (type === Kind.textDisplay) return content ?? '';
  return type === Kind.label ? [label, description].filter(Boolean).join('\n') : '';
}

export function buttonsIn(components: Component[]): Component[] {
  return flatten(components).filter(({ type }) => type === Kind.button);
}

export function selectsIn(components: Component[]): Component[] {
  return flatten(components).filter(isSelect);
}

/** A button's words; one that has only an emoji goes by that. */
export function buttonLabel({ label, emoji }: Component): string {
  return label ?? emoji?.name ?? '';
}

export function describeButton(button: Component): SeenButton {
  const { style = 2, disabled = false, url } = button;
  return { label: buttonLabel(button), style, isDisabled: disabled, ...(url && { url }) };
}

export function describeSelect({ type, placeholder = '', options = [], disabled = false }: Component): SeenSelect {
  const preset = options.filter((option) => option.default).map(({ label }) => label);
  return { placeholder, kind: type, options: options.map(({ label }) => label), preset, isDisabled: disabled };
}

/** The pictures of a message: in galleries, beside sections, in embeds, and attached ones outside layouts. */
export function imagesIn(message: StoredMessage, visible: readonly Attachment[]): SeenImage[] {
  const shown = flatten(message.components).flatMap(({ type, media, description, items }) => {
    if (type === Kind.mediaGallery)
      return (items ?? []).map((item) => ({ url: item.media.url, alt: item.description }));
    return type === Kind.thumbnail && media ? [{ url: media.url, alt: description }] : [];
  });
  const embedded = message.embeds
    .flatMap((embed) => [asText(asRecord(embed.image).url), asText(asRecord(embed.thumbnail).url)])
    .filter((url) => url !== '')
    .map((url) => ({ url, alt: undefined }));
  const listed = [...shown, ...embedded].map(({ url, alt }) => sourceOf(url, alt, message.attachments));
  const loose = visible.filter(
    ({ name, type }) => type.startsWith('image/') && !listed.some(({ source }) => source === name),
  );
  return [
    ...listed,
    ...loose.map((attachment) => ({ source: attachment.name, alt: attachment.description, attachment })),
  ];
}

function sourceOf(url: string, alt: string | undefined, attachments: readonly Attachment[]): SeenImage {
  const name = url.startsWith('attachment://') ? url.slice('attachment://'.length) : undefined;
  const attachment = attachments.find((candidate) => candidate.name === name);
  return { source: name ?? url, alt, ...(attachment && { attachment }) };
}
