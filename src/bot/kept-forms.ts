import { LRUCache } from 'lru-cache';
import { nanoid } from 'nanoid';
import { z } from 'zod';
import type { Account } from '../domain/members/account.js';
import { type ActionRef, defineAction } from './actions.js';
import type { FormInstance } from './forms.js';

/**
 * Forms waiting for a tap: some platforms can open a form only in answer to a fresh tap, and never again after an error.
 * They hold what people typed, so they live in memory only, for an hour; whoever comes later runs the command again.
 */
export const openKeptForm = defineAction('forms.open', z.object({ key: z.string().max(30) }), 'anyone');

const KEPT_MS = 60 * 60 * 1000;
const MOST_KEPT = 1_000;

export interface KeptForms {
  /** A tap that opens the form, for this account alone. */
  keep(account: Account, form: FormInstance): ActionRef;
  find(account: Account, key: string): FormInstance | undefined;
  /** Drops whatever this account typed. */
  forget(account: Account): void;
}

export function createKeptForms(): KeptForms {
  const kept = new LRUCache<string, { owner: string; form: FormInstance }>({ max: MOST_KEPT, ttl: KEPT_MS });
  const ownerOf = ({ platform, teamId, accountId }: Account) => `${platform}/${teamId}/${accountId}`;
  return {
    keep(account, form) {
      const key = nanoid(12);
      kept.set(key, { owner: ownerOf(account), form });
      return openKeptForm.with({ key });
    },
    find(account, key) {
      const found = kept.get(key);
      return found?.owner === ownerOf(account) ? found.form : undefined;
    },
    forget(account) {
      for (const [key, { owner }] of kept) if (owner === ownerOf(account)) kept.delete(key);
    },
  };
}
