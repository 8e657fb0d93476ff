import type { KeyObject } from 'node:crypto';
import { existsSync } from 'node:fs';
import { countWords } from '../bot/numbers.js';
import type { Config } from '../config.js';
import { resealSecrets } from '../db/sealed-columns.js';
import { isInUse } from '../db/sqlite-dialect.js';
import { findKeys, keyFileOf, writeKeyFile } from '../encryption.js';
import { StartProblem } from '../platforms/platform.js';
import { createSecretBox, makeKey, SecretProblem } from '../shared/secret-box.js';
import { configuration, tell, withDatabase } from './environment.js';

/** `rollcall keys rotate` */
export async function rotateKeys(): Promise<void> {
  await sealAnew(configuration());
}

/**
 * Seals every secret in the database anew. With `ENCRYPTION_KEY` that is by its first key, and the others can go
 * afterwards; without it a new key takes the place of the one beside the database. The product must be stopped, as it
 * knows the keys it was started with only.
 */
export async function sealAnew(config: Config): Promise<void> {
  if (!existsSync(config.databaseFile)) {
    throw new StartProblem(`There is no database at ${config.databaseFile} yet, so there is nothing to encrypt anew.`);
  }
  if (isInUse(config.databaseFile)) {
    throw new StartProblem(`${config.databaseFile} is in use. Stop Rollcall first, then change the keys.`);
  }
  await (config.encryptionKeys.length > 0 ? useNewestOfSetting(config) : replaceKeyFile(config));
}

async function useNewestOfSetting(config: Config): Promise<void> {
  const { keys, file } = findKeys(config);
  const resealed = await reseal(config, keys);
  tell(`${countWords(resealed, 'secret')} sealed anew with the first key of ENCRYPTION_KEY.`);
  tell(`Keys after the first are not needed any more${file ? `, and neither is ${file}` : ''}.`);
}

/** The new key stands in the file before anything is sealed with it, and the old one until everything is. */
async function replaceKeyFile(config: Config): Promise<void> {
  const file = keyFileOf(config);
  const before = findKeys(config).keys;
  const made = makeKey();
  writeKeyFile(file, [made, ...before]);
  const resealed = await reseal(config, [made, ...before]).catch((error: unknown) => {
    if (before.length > 0) writeKeyFile(file, before);
    throw error;
  });
  writeKeyFile(file, [made]);
  tell(
    `${countWords(resealed, 'secret')} sealed anew; ${file} holds the new key. Keep a copy of it apart from the backups.`,
  );
}

async function reseal(config: Config, [first, ...others]: readonly KeyObject[]): Promise<number> {
  if (!first) throw new StartProblem('There is no key to seal with. Set ENCRYPTION_KEY.');
  const box = createSecretBox([first, ...others]);
  try {
    return await withDatabase(config, ({ connection }) => resealSecrets(connection, box));
  } catch (error) {
    if (!(error instanceof SecretProblem)) throw error;
    throw new StartProblem(
      'A secret in the database opens with none of the keys, so nothing was changed. Add the key it was sealed with to ' +
        'ENCRYPTION_KEY after a comma, or connect again what it belongs to. `npx rollcall doctor` counts them.',
    );
  }
}
