// Rollcall as `rollcall start` runs it, with one command more, and a word to the benchmark when all is connected.
import { command } from '../../dist/src/bot/registry.js';
import { show } from '../../dist/src/bot/reply.js';
import { message } from '../../dist/src/bot/views.js';
import { readConfig } from '../../dist/src/config.js';
import { startRollcall } from '../../dist/src/main.js';
import { createLogger } from '../../dist/src/shared/logger.js';

/** The same fixed text that the bare bots answer with, through everything that a command of ours goes through. */
const answer = show(message('Fixed text.'));
const ping = command({
  name: 'ping',
  description: 'Answers with fixed text',
  access: 'anyone',
  run: async () => answer,
});

const logger = createLogger('error');
const rollcall = await startRollcall(readConfig(process.env), { logger, more: [{ commands: [ping] }] });
for (;;) {
  const ready = await fetch(`http://127.0.0.1:${rollcall.port}/readyz`);
  if (ready.ok) break;
  await new Promise((resolve) => setTimeout(resolve, 5));
}
process.send?.({ kind: 'ready', rss: process.memoryUsage().rss });
process.on('SIGTERM', () => rollcall.stop().then(() => process.exit(0)));
