import type { Seen } from '../fakes/slack/seen.js';
import { startOnSlack } from '../flows/slack-harness.js';
import { kitchenSink } from './kitchen-sink.js';
import type { Sight, Surface } from './surface.js';

/** Real Bolt against the fake Slack. */
export const slackSurface: Surface = {
  name: 'Slack',
  hasLimits: true,
  async start() {
    const on = await startOnSlack({
      more: [kitchenSink()],
      timings: { acknowledgeMs: 120 },
      // Everything here has an answer, which for a picture may take its time on a busy machine.
      slack: { afterCloseMs: 8_000, patienceMs: 15_000 },
    });
    const { ana, general, slack } = on;
    const runs = async (command: string, options: Record<string, string> = {}) => {
      const [first = '', ...rest] = command.split(' ');
      const given = Object.entries(options).map(([name, value]) => `${name}:"${value}"`);
      return ana.in(general).runs(`/${first}`, [...rest, ...given].join(' '));
    };
    return {
      runs: async (command, options) => sight(await runs(command, options), () => ana.inbox()),
      async suggestions(command, option, text) {
        const label = option.replace(/^./, (first) => first.toUpperCase());
        return (await runs(command)).typesInto(label, text);
      },
      violations: () => slack.violations,
      stop: () => on.stop(),
    };
  },
};

/** What stands between < and > in text that Slack reads marks in; plain text objects have none. */
function marksIn(block: unknown): string[] {
  if (typeof block !== 'object' || block === null) return [];
  const { type, text } = block as { type?: unknown; text?: unknown };
  if (type === 'mrkdwn' && typeof text === 'string') return text.match(/<[@!#]|<https?:..evil/gu) ?? [];
  return Object.values(block).flatMap(marksIn);
}

function sight(seen: Seen, inbox: () => Seen[]): Sight {
  return {
    text: seen.text,
    buttons: seen.buttons,
    form: seen.modal && seen.modal.inputs.length > 0 ? seen.inputs : undefined,
    files: [...seen.images.map(({ alt }) => alt), ...inbox().flatMap(({ files }) => files.map(({ name }) => name))],
    marks: seen.surfaces.flatMap((one) => (one.kind === 'message' ? one.message.blocks.flatMap(marksIn) : [])),
    isPrivate: seen.isEphemeral,
    press: async (label) => sight(await seen.press(label), inbox),
    choose: async (placeholder, labels) => sight(await seen.choose(placeholder, labels), inbox),
    submits: async (values) => sight(await seen.submits(values), inbox),
  };
}
