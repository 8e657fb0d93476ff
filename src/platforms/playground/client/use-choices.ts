import { useEffect, useState } from 'preact/hooks';
import type { WireChoice } from '../wire.js';

const WAIT_MS = 120;

/**
 * What may be picked for the text typed so far: of a closed list, those that fit; of a lookup, what the server offers,
 * asked once the typing pauses. An answer to an older text is dropped.
 */
export function useChoices(
  text: string,
  source: { known: readonly WireChoice[] } | { ask: (text: string) => Promise<WireChoice[]> } | undefined,
  key: string | undefined,
): readonly WireChoice[] {
  const [offered, setOffered] = useState<{ key: string | undefined; text: string; choices: readonly WireChoice[] }>();
  const isAsking = source !== undefined && 'ask' in source;

  // `key` names the source; its function is new at every draw
  useEffect(() => {
    if (!source || !('ask' in source)) return;
    let isStale = false;
    const timer = setTimeout(async () => {
      const choices = await source.ask(text).catch(() => []);
      if (!isStale) setOffered({ key, text, choices });
    }, WAIT_MS);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [text, key, isAsking]);

  if (!source) return [];
  const wanted = plain(text);
  if ('ask' in source) {
    if (!offered || offered.key !== key) return [];
    // Until the answer to this text is there, only what fits it anyway: Enter must never pick what was meant before.
    return offered.text === text
      ? offered.choices
      : offered.choices.filter(({ label }) => plain(label).includes(wanted));
  }
  const fitting = source.known.filter(({ value, label }) => plain(label).includes(wanted) || plain(value) === wanted);
  // With a choice already made, all of them are offered, to pick another.
  return source.known.some(({ label }) => plain(label) === wanted) ? source.known : fitting;
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}
