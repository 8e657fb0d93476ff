import { z } from 'zod';
import { MemberId, OrgId } from '../../domain/ids.js';
import { defineAction } from '../actions.js';

const ARole = z.object({ org: OrgId, member: MemberId });

export const adminsPage = defineAction(
  'admins.page',
  z.object({ org: OrgId, page: z.number().int().min(0).max(10_000) }),
  'anyone',
);
export const confirmAdd = defineAction('admins.add', ARole);
/** Asks once. */
export const askToRemove = defineAction('admins.ask-remove', ARole);
export const confirmRemove = defineAction('admins.remove', ARole);
