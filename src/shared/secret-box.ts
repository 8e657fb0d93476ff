import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

/** Where a secret is kept. It opens in no other place, so that rows cannot be swapped for one another. */
export interface SecretPlace {
  table: string;
  column: string;
  rowId: string;
}

/** Locks secrets such as tokens before they are stored. */
export interface SecretBox {
  /** The secret as it may stand in the database: `v1.keyId.iv.ciphertext.tag`, each part base64url. */
  seal(secret: string, place: SecretPlace): string;
  /** @throws SecretProblem when it was sealed with a key we lack, changed, or moved here from another place. */
  open(sealed: string, place: SecretPlace): string;
  /** Whether it is sealed with the key that seals now, so that older keys are not needed for it. */
  isCurrent(sealed: string): boolean;
}

/** Why a sealed secret stays closed. */
export class SecretProblem extends Error {
  override readonly name = 'SecretProblem';
  /** `unknown-key`: none of our keys sealed it. `not-sound`: changed since, moved, or no sealed secret at all. */
  readonly code: 'unknown-key' | 'not-sound';

  constructor(code: SecretProblem['code']) {
    super(code);
    this.code = code;
  }
}

const VERSION = 'v1';
const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM. The first key seals; the others only open what they sealed before. */
export function createSecretBox(keys: readonly [KeyObject, ...KeyObject[]]): SecretBox {
  const byId = new Map(keys.map((key) => [keyId(key), key]));
  const [current] = keys;
  const currentId = keyId(current);

  return {
    seal(secret, place) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(CIPHER, current, iv, { authTagLength: TAG_BYTES });
      cipher.setAAD(boundTo(place, currentId));
      const ciphertext = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return [VERSION, currentId, ...[iv, ciphertext, cipher.getAuthTag()].map(toText)].join('.');
    },

    open(sealed, place) {
      const [version, id = '', ivText = '', ciphertext = '', tagText = '', ...more] = sealed.split('.');
      const [iv, tag] = [fromText(ivText), fromText(tagText)];
      const isLaidOut = version === VERSION && iv.length === IV_BYTES && tag.length === TAG_BYTES && more.length === 0;
      if (!isLaidOut) throw new SecretProblem('not-sound');
      const key = byId.get(id);
      if (!key) throw new SecretProblem('unknown-key');
      try {
        const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
        decipher.setAAD(boundTo(place, id));
        decipher.setAuthTag(tag);
        return Buffer.concat([decipher.update(fromText(ciphertext)), decipher.final()]).toString('utf8');
      } catch {
        throw new SecretProblem('not-sound');
      }
    },

    isCurrent: (sealed) => sealed.startsWith(`${VERSION}.${currentId}.`),
  };
}

/** A new key. As an object of the platform's it shows its bytes to no log. */
export function makeKey(): KeyObject {
  return createSecretKey(randomBytes(KEY_BYTES));
}

/** Reads keys of 32 bytes as base64 with commas or line ends between; nothing if any of them is none. */
export function readKeys(text: string): KeyObject[] | undefined {
  const words = text.split(/[\s,]+/u).filter((word) => word !== '');
  const isSound = words.every((word) => /^[A-Za-z0-9+/_-]{43}=?$/.test(word));
  return isSound ? words.map((word) => createSecretKey(Buffer.from(word, 'base64'))) : undefined;
}

/** A key as base64, for a file or a setting that holds keys. */
export function writeKey(key: KeyObject): string {
  return key.export().toString('base64');
}

/** Names a key without telling anything of it. */
export function keyId(key: KeyObject): string {
  return createHash('sha256').update('rollcall key id').update(key.export()).digest('base64url').slice(0, 8);
}

/** What the seal vouches for besides the secret itself. */
function boundTo({ table, column, rowId }: SecretPlace, id: string): Buffer {
  return Buffer.from(JSON.stringify([VERSION, id, table, column, rowId]), 'utf8');
}

const toText = (bytes: Buffer): string => bytes.toString('base64url');
const fromText = (text: string): Buffer => Buffer.from(text, 'base64url');
