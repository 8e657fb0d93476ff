import type { Migration } from 'kysely';
import * as groundFloor from './migrations/2026-11-22T14-00-ground-floor.js';
import * as slackInstallations from './migrations/2026-11-24T13-00-slack-installations.js';

/**
 * Every migration by its name, in the order in which they run. A merged one is frozen: the next change is a new file.
 * The list is written out, so that what runs is what was compiled, from a checkout and from a build alike.
 */
export const migrations: Record<string, Migration> = {
  '2026-11-22T14-00-ground-floor': groundFloor,
  '2026-11-24T13-00-slack-installations': slackInstallations,
};
