import { Mark } from './icons.js';

const HUES = 8;

/** A colour that stays the same for the same thing; one of the style sheet's eight. */
export function hueOf(key: string): string {
  let sum = 8;
  for (const letter of key) sum = (sum * 17 + (letter.codePointAt(0) ?? 0)) % 9973;
  return `hue-${sum % HUES}`;
}

/** Up to two first letters. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0] ?? name];
  return letters
    .map((word) => [...(word ?? '?')][0] ?? '')
    .join('')
    .toUpperCase();
}

/** A person's round picture: their initials. */
export function Avatar({ id, name, size }: { id: string; name: string; size?: 'small' | 'large' }) {
  return (
    <span class={`avatar ${hueOf(id)} ${size ?? ''}`} aria-hidden="true">
      {initials(name)}
    </span>
  );
}

export function BotAvatar({ size }: { size?: 'small' | 'large' }) {
  return (
    <span class={`avatar bot ${size ?? ''}`} aria-hidden="true">
      <Mark />
    </span>
  );
}
