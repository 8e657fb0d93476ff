// Rollcall as `rollcall start` runs it, with one command more, and a word to the benchmark when all is connected.
import { command, createLogger, message, readConfig, show, startRollcall } from '../../dist/src/cli/embedding.js';

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
