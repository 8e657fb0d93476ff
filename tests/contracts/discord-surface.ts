import type { OptionValue } from '../fakes/discord/command-line.js';
import type { Seen } from '../fakes/discord/seen.js';
import { startOnDiscord } from '../flows/discord-harness.js';
import { kitchenSink } from './kitchen-sink.js';
import type { Sight, Surface } from './surface.js';

/** Real discord.js against the fake Discord. */
export const discordSurface: Surface = {
  name: 'Discord',
  hasLimits: true,
  async start() {
    const on = await startOnDiscord({ more: [kitchenSink()], times: { answerWithinMs: 120 } });
    await on.discord.waitFor(() => on.discord.commands().length > 0);
    const spot = on.ana.in(on.guild);
    return {
      runs: async (command, options = {}) => sight(await spot.runs(`/${command}`, typed(options, on.guild.general))),
      suggestions: async (command, option, text) =>
        (await spot.types(`/${command}`, option, text)).map(({ value }) => String(value)),
      violations: () => on.discord.violations,
      stop: () => on.stop(),
    };
  },
};

const MARKS = /(?<!\\)(\*\*bold|~~no|\|\|spoiler|<[@#]|<t:|<\/orgs|<id:|\[click\]\()|^# heading|^> quote/gmu;

/** Marks that no backslash disarms; in a code span nothing is one. */
function marksIn(text: string): string[] {
  return text.replace(/`+[^`]*`+/gu, '').match(MARKS) ?? [];
}

/** Discord's client sends numbers as numbers, yes or no as true or false, and channels that were picked. */
function typed(options: Record<string, string>, channel: { id: string }): Record<string, OptionValue> {
  const as: Record<string, (text: string) => OptionValue> = {
    count: Number,
    sure: (text) => text === 'yes',
    channel: () => channel,
  };
  return Object.fromEntries(Object.entries(options).map(([name, text]) => [name, as[name]?.(text) ?? text]));
}

function sight(seen: Seen): Sight {
  return {
    text: seen.text,
    buttons: seen.buttons,
    form: seen.modal?.labels,
    files: [
      ...seen.images.flatMap(({ attachment }) => (attachment ? [attachment.name] : [])),
      ...seen.files.map(({ name }) => name),
    ],
    marks: [...seen.pings, ...marksIn(seen.text)],
    isPrivate: seen.isEphemeral,
    press: async (label) => sight(await seen.press(label)),
    choose: async (placeholder, labels) => sight(await seen.choose(placeholder, labels)),
    submits: async (values) => sight(await seen.submits(values)),
  };
}
