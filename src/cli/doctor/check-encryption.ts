import { existsSync, statSync } from 'node:fs';
import type { Config } from '../../config.js';
import { checkSecrets, type KeyCheck } from '../../db/sealed-columns.js';
import { boxAtHand, findKeys, type KeyRing } from '../../encryption.js';
import { StartProblem } from '../../platforms/platform.js';
import { withDatabaseAsItIs } from '../environment.js';
import { type Finding, fine, look, wrong } from './finding.js';

const ABOUT = 'Encryption';

/** The keys: where they are, who can read them, and whether they open every secret in the database. */
export async function checkEncryption(config: Config): Promise<Finding[]> {
  try {
    const ring = findKeys(config);
    return [keyFinding(config, ring), ...(await secretFindings(config))];
  } catch (error) {
    if (error instanceof StartProblem) return [wrong(ABOUT, error.message)];
    throw error;
  }
}

function keyFinding({ encryptionKeys }: Config, { file }: KeyRing): Finding {
  if (file && (statSync(file).mode & 0o077) !== 0) {
    return wrong(ABOUT, `others on this machine may read ${file}. Run: chmod 600 ${file}`);
  }
  if (encryptionKeys.length > 0) return fine(ABOUT, 'the key is in ENCRYPTION_KEY.');
  if (!file) return look(ABOUT, 'ENCRYPTION_KEY is not set; the first start makes a key beside the database.');
  return look(
    ABOUT,
    `the key is in ${file}, beside what it locks. Better: put what is in it into ENCRYPTION_KEY. Keep a copy in any case.`,
  );
}

async function secretFindings(config: Config): Promise<Finding[]> {
  if (!existsSync(config.databaseFile)) return [];
  const box = boxAtHand(config);
  const check = await withDatabaseAsItIs(config.databaseFile, (connection) => checkSecrets(connection, box));
  // A damaged database, or one from before there were secrets, has a finding of its own.
  return check ? [secretFinding(check)] : [];
}

function secretFinding({ secrets, current, closed }: KeyCheck): Finding {
  const about = 'Secrets';
  if (closed > 0) {
    return wrong(
      about,
      `${closed} of ${secrets} open with none of the keys. Add the key they were sealed with to ENCRYPTION_KEY after a ` +
        'comma, or connect again what they belong to.',
    );
  }
  const old = secrets - current;
  if (old > 0)
    return look(about, `${old} of ${secrets} still need an old key. Stop Rollcall and run: npx rollcall keys rotate`);
  return fine(about, secrets === 0 ? 'none are stored.' : `all ${secrets} open.`);
}
