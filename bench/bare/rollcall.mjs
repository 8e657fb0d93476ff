// Rollcall as `rollcall start` runs it, with a word to the benchmark when every platform is connected.
import { readConfig } from '../../dist/src/config.js';
import { startRollcall } from '../../dist/src/main.js';
import { createLogger } from '../../dist/src/shared/logger.js';

const rollcall = await startRollcall(readConfig(process.env), { logger: createLogger('error') });
for (;;) {
  const ready = await fetch(`http://127.0.0.1:${rollcall.port}/readyz`);
  if (ready.ok) break;
  await new Promise((resolve) => setTimeout(resolve, 5));
}
process.send?.({ kind: 'ready', rss: process.memoryUsage().rss });
process.on('SIGTERM', () => rollcall.stop().then(() => process.exit(0)));
