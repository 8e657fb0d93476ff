import { z } from 'zod';
import { InviteId, OrgId } from '../../domain/ids.js';
import { defineAction } from '../actions.js';

const AnInvite = z.object({ invite: InviteId });

// Whoever manages a space may look after its invites without being a member; the service decides.
export const invitesPage = defineAction(
  'invites.page',
  z.object({ org: OrgId, page: z.number().int().min(0).max(10_000) }),
  'anyone',
);
/** Asks once. */
export const askToRevoke = defineAction('invites.ask-revoke', AnInvite, 'anyone');
export const confirmRevoke = defineAction('invites.revoke', AnInvite, 'anyone');
