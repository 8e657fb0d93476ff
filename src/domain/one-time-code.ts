import { createHash } from 'node:crypto';
import { customAlphabet } from 'nanoid';

/** How long a one-time code works, in minutes; product.md section 3, `/profile link` and `/manage connect`. */
export const ONE_TIME_CODE_MINUTES = 10;

/** No 0 and O, 1, I and L, U and V: 40 random bits in 8 characters that are told apart when copied by hand. */
const randomCode = customAlphabet('23456789ABCDEFGHJKMNPQRSTWXYZ', 8);

/** A fresh code, as a person reads it: `K7QM-2WXA`. */
export function newOneTimeCode(): string {
  const code = randomCode();
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** A code as short as it gets: case, spaces, hyphens and the option's name before it do not matter. */
export function tidyOneTimeCode(code: string): string {
  return code
    .replace(/^\s*code:/iu, '')
    .replace(/[^0-9A-Za-z]/gu, '')
    .toUpperCase();
}

/** What is kept of a code, so that whoever reads the database cannot use it. */
export function hashOfOneTimeCode(code: string): string {
  return createHash('sha256').update(tidyOneTimeCode(code)).digest('hex');
}
