import { z } from 'zod';
import { MemberId, OrgId } from '../../domain/ids.js';
import { defineAction } from '../actions.js';

const Whom = z.object({ org: OrgId, member: MemberId });

/** A page of an org's admins. */
export const adminsPage = defineAction(
  'admins.page',
  z.object({ org: OrgId, page: z.number().int().min(0).max(10_000) }),
  'anyone',
);
/** The question before somebody becomes an admin, or no longer is one. */
export const askToAdd = defineAction('admins.ask-add', Whom, 'anyone');
export const askToRemove = defineAction('admins.ask-remove', Whom, 'anyone');
export const confirmAdd = defineAction('admins.add', Whom, 'anyone');
export const confirmRemove = defineAction('admins.remove', Whom, 'anyone');
