import type { DateTime } from 'luxon';
import { customAlphabet } from 'nanoid';
import type { InviteId, MemberId, OrgId } from '../ids.js';

/** A way past an org's approval, for whoever holds its code. A revoked or used-up one is kept. */
export interface Invite {
  id: InviteId;
  orgId: OrgId;
  /** As it is stored and compared; `shownCode` is how people see it. */
  code: string;
  /** How many people it lets in; without an end when undefined. */
  mostUses: number | undefined;
  uses: number;
  expiresAt: DateTime | undefined;
  revokedAt: DateTime | undefined;
  createdAt: DateTime;
  /** Nobody for somebody who manages a space without being a member, or who was erased. */
  createdBy: MemberId | undefined;
}

/** Why an invite lets nobody in any more. */
export type EndedInvite = 'expired' | 'revoked' | 'used-up';
export type InviteState = 'valid' | EndedInvite;

/** Most people that an invite with a number of uses may let in. */
export const MOST_USES = 10_000;

/** How an invite stands; one that was revoked is that, whatever else it is. */
export function inviteState(invite: Invite, now: DateTime): InviteState {
  if (invite.revokedAt) return 'revoked';
  if (invite.expiresAt && invite.expiresAt <= now) return 'expired';
  return invite.mostUses !== undefined && invite.uses >= invite.mostUses ? 'used-up' : 'valid';
}

/** No 0, O, 1, I, L or U, which look alike, and no other vowels, so that chance spells no words. */
const ALPHABET = '23456789BCDFGHJKMNPQRSTVWXZ';
const LENGTH = 10;
const CODE = new RegExp(`^[${ALPHABET}]{${LENGTH}}$`);

/** A code that nobody guesses: some 47 random bits. */
export const newInviteCode: () => string = customAlphabet(ALPHABET, LENGTH);

/**
 * The code that a text holds: typed in any case, with or without its hyphen, or as the whole link. Nothing for a text
 * that cannot be a code, such as an org's name.
 */
export function readInviteCode(text: string): string | undefined {
  const fromLink = /\/join\/([^/?#\s]+)/u.exec(text)?.[1];
  const code = (fromLink ?? text).replace(/[\s‐-―-]/gu, '').toUpperCase();
  return CODE.test(code) ? code : undefined;
}

/** A code as people see it: in two halves, which are easier to read out and to type. */
export function shownCode(code: string): string {
  return `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`;
}

/** The page that shows the org and how to join it; product.md section 3, `/manage invite`. */
export function inviteLink({ publicUrl, slug, code }: { publicUrl: string; slug: string; code: string }): string {
  return `${publicUrl}/o/${slug}/join/${shownCode(code)}`;
}
