import { startRollcall } from '../main.js';
import { createLogger, errorFacts } from '../shared/logger.js';
import { configuration, tell } from './environment.js';

/** Runs the product until SIGINT or SIGTERM; then lets what runs finish, and ends with 0. */
export async function start(): Promise<void> {
  const config = configuration();
  const logger = createLogger(config.logLevel);
  process.on('unhandledRejection', (error) => {
    logger.fatal({ error: errorFacts(error) }, 'unhandled rejection');
    process.exit(1);
  });
  // Heard from the beginning: starting can take a while, when a platform does not answer.
  const toldToStop = new Promise<void>((resolve) => {
    process.on('SIGINT', resolve);
    process.on('SIGTERM', resolve);
  });
  const rollcall = await startRollcall(config, { logger });
  logger.info({ port: rollcall.port }, 'running');
  if (config.isPlayground) {
    tell(`the playground is open at http://localhost:${rollcall.port}`);
    tell('It runs on this computer alone, with invented people. Press Ctrl+C to stop.');
  }
  await toldToStop;
  await rollcall.stop();
  logger.info('stopped');
  process.exit(0);
}
