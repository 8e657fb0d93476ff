import { createHmac, randomBytes } from 'node:crypto';

/**
 * An address in the form in which it is kept: the same for the same address under this installation's key, and no way
 * back. Case and spaces around it do not count; dots and tags do, as only the mail server knows what they mean.
 */
export function emailHash(key: string, email: string): string {
  return createHmac('sha256', key).update(email.trim().toLowerCase()).digest('base64url');
}

/** A key for `emailHash`, made once an installation. */
export function newEmailKey(): string {
  return randomBytes(32).toString('base64url');
}
