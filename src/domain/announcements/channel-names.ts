import type { NamedChannel } from '../notifications/channel.js';

/** A channel as somebody writes it, `#Events` or `<#400…>`, without what stands around its name or id. */
export function plainName(text: string): string {
  return text
    .trim()
    .replace(/^<#([^|>]*).*>$/u, '$1')
    .replace(/^#/u, '')
    .trim();
}

/** The channel of that id or name; names in any case. */
export function findNamed(channels: readonly NamedChannel[], text: string): NamedChannel | undefined {
  const plain = plainName(text);
  const folded = plain.toLowerCase();
  return (
    channels.find(({ channelId }) => channelId === plain) ?? channels.find(({ name }) => name.toLowerCase() === folded)
  );
}
