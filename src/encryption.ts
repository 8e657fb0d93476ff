import type { KeyObject } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartProblem } from './platforms/platform.js';
import type { Logger } from './shared/logger.js';
import { createSecretBox, makeKey, readKeys, type SecretBox, writeKey } from './shared/secret-box.js';

interface KeySettings {
  /** Of `ENCRYPTION_KEY`; the first seals. */
  encryptionKeys: readonly KeyObject[];
  databaseFile: string;
}

/** The keys at hand: those of `ENCRYPTION_KEY` first, then those of the file beside the database. */
export interface KeyRing {
  keys: KeyObject[];
  /** The key file, when it is there. */
  file: string | undefined;
}

/** Where the key is kept that Rollcall makes for itself. */
export function keyFileOf({ databaseFile }: Pick<KeySettings, 'databaseFile'>): string {
  return `${databaseFile}.key`;
}

/**
 * The keys at hand, without making one.
 *
 * @throws StartProblem when the file beside the database holds something else.
 */
export function findKeys({ encryptionKeys, databaseFile }: KeySettings): KeyRing {
  const file = keyFileOf({ databaseFile });
  if (databaseFile === ':memory:' || !existsSync(file)) return { keys: [...encryptionKeys], file: undefined };
  const kept = readKeys(readFileSync(file, 'utf8'));
  if (!kept?.length) {
    throw new StartProblem(`${file} does not hold a key of 32 bytes in base64. Put the right one back, or remove it.`);
  }
  return { keys: [...encryptionKeys, ...kept], file };
}

/**
 * The box for secrets in the database. Without `ENCRYPTION_KEY` a key is made at the first start and kept beside the
 * database, for its owner alone; moving it into the setting needs no rotation, as the file's key goes on opening.
 */
export function openSecretBox(settings: KeySettings, logger: Logger): SecretBox {
  const [first, ...others] = findKeys(settings).keys;
  if (first) return createSecretBox([first, ...others]);
  if (settings.databaseFile === ':memory:') return createSecretBox([makeKey()]);
  if (makeKeyFile(keyFileOf(settings))) {
    logger.warn(
      { file: keyFileOf(settings) },
      'ENCRYPTION_KEY is not set: made a key beside the database. Whoever copies both can read the secrets in it',
    );
  }
  return boxAtHand(settings);
}

/** Makes a key file where there is none; of two processes that start at once, one makes it for both. */
function makeKeyFile(file: string): boolean {
  mkdirSync(dirname(file), { recursive: true });
  try {
    writeFileSync(file, `${writeKey(makeKey())}\n`, { mode: 0o600, flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * The same box for looking on: no key is made, and where there is none nothing opens.
 *
 * @throws StartProblem as `findKeys` does.
 */
export function boxAtHand(settings: KeySettings): SecretBox {
  const [first = makeKey(), ...others] = findKeys(settings).keys;
  return createSecretBox([first, ...others]);
}

/** Puts other keys into the key file, whole or not at all, readable by its owner only. */
export function writeKeyFile(file: string, keys: readonly KeyObject[]): void {
  const arriving = `${file}.arriving`;
  writeFileSync(arriving, `${keys.map(writeKey).join('\n')}\n`, { mode: 0o600 });
  chmodSync(arriving, 0o600);
  renameSync(arriving, file);
}
